/** A line that says what comes, and the lines of a file that the snippet printed behind it. */
export interface Section {
  head: string;
  content: string[];
}

/** Takes apart what a snippet printed of files: their lines begin with `|`, the snippet's own with a word. */
export function toSections(stdout: string): Section[] {
  const sections: Section[] = [];
  for (const line of stdout.split('\n')) {
    if (line.startsWith('|')) sections.at(-1)?.content.push(line.slice(1));
    else if (line !== '') sections.push({ head: line, content: [] });
  }
  return sections;
}
