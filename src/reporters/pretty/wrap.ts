export type Paint = (text: string) => string;

export const plain: Paint = (text) => text;

/**
 * `text` behind `label`, wrapped at spaces, the further lines hanging under the first word. A word is never cut: a path
 * that is longer than the page stays whole. Only the label is painted. A label that leaves little room stands alone.
 */
export function hanging(label: string, text: string, width: number, paint: Paint = plain): string[] {
  if (width - columns(label) < leastRoom) return [paint(label.trimEnd()), ...hanging('      ', text, width)];
  const indent = ' '.repeat(columns(label));
  const words = text.split(/ +/).filter(Boolean);
  const [first = '', ...rest] = fill(words, width - indent.length, label.trim() === '');
  return [paint(label) + first, ...rest.map((line) => indent + line)];
}

const leastRoom = 12;

/** Pads to a number of columns. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}

/** How many columns a terminal needs for a text without controls. */
export function columns(text: string): number {
  let sum = 0;
  for (const char of text) sum += wide.test(char) ? 2 : combining.test(char) ? 0 : 1;
  return sum;
}

function fill([first, ...words]: string[], width: number, bare: boolean): string[] {
  if (first === undefined) return [];
  const lines = [bare ? atLineStart(first) : first];
  for (const word of words) {
    const longer = `${lines.at(-1)} ${word}`;
    if (columns(longer) > width) lines.push(atLineStart(word));
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

/** Wrapping must not make a workflow command out of words that were harmless inside a line. */
function atLineStart(word: string): string {
  return word.startsWith('::') ? `\\${word}` : word;
}

const wide =
  /[\p{Emoji_Presentation}\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;
const combining = /\p{M}/u;
