/**
 * Whether a version is the wanted one or newer; null for what is no version. Packages add `+dfsg1` or `~rc`, a release before the
 * release is written `29.0.0-rc.1` and is older than `29.0.0`.
 */
export function notOlder(version: string, minimum: string): boolean | null {
  const match = /^(\d+)\.(\d+)(?:\.(\d+))?(-(?:rc|beta|alpha|dev)[.\w]*|~\w[.\w]*)?(?:[+-].*)?$/.exec(version);
  if (!match) return null;
  const seen = match.slice(1, 4).map((each) => Number(each ?? 0));
  const wanted = minimum.split('.').map(Number);
  const at = [0, 1, 2].find((place) => seen[place] !== (wanted[place] ?? 0));
  if (at === undefined) return match[4] === undefined;
  return seen[at]! > (wanted[at] ?? 0);
}
