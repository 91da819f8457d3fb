/**
 * Hands out names that are unique in a report. Readers drop a second test of the same name (GitLab) or take it for a
 * retry of the first (mikepenz/action-junit-report): a failure could vanish behind a pass.
 */
export function uniqueNames(): (name: string) => string {
  const taken = new Set<string>();
  return (name) => {
    let unique = name;
    for (let count = 2; taken.has(unique); count += 1) unique = `${name} (${count})`;
    taken.add(unique);
    return unique;
  };
}
