/** An installed package of which the lists hold something newer. */
export interface Update {
  name: string;
  /** Whether an archive that has a newer version is one for security. */
  security: boolean;
  /** Whether apt would install a newer version, were it told to upgrade. */
  candidate: boolean;
}

/** The rows of the probe that are about archives and versions. */
export interface Rows {
  newer: string[];
  from: string[];
  list: string[];
  release: string[];
}

/** What is newer than what is installed. Null: a newer version is of no archive, or of one that nothing is known about. */
export function newerVersions(rows: Rows): Update[] | null {
  const updates = new Map<string, Update>();
  for (const row of rows.newer) {
    const [name = '', version = '', candidate] = row.split('|');
    const security = isFromSecurity(rows, `${name}|${version}|`);
    if (security === null) return null;
    const known = updates.get(name);
    updates.set(name, {
      name,
      security: security || known?.security === true,
      candidate: candidate === version || known?.candidate === true,
    });
  }
  return [...updates.values()];
}

function isFromSecurity({ from, list, release }: Rows, prefix: string): boolean | null {
  const places = from.filter((row) => row.startsWith(prefix)).map((row) => row.slice(prefix.length));
  const each = places.map((place) => isSecurity(place.split(' ')[1] ?? '') || isOfSecurity(place, list, release));
  if (each.includes(true)) return true;
  return each.length === 0 || each.includes(null) ? null : false;
}

/** `http://deb.debian.org/debian-security trixie-security/main amd64 Packages`; null where its Release file is not known. */
function isOfSecurity(place: string, lists: string[], releases: string[]): boolean | null {
  const [base, folder, arch] = place.split(' ');
  const uris = [`${base}/dists/${folder}/binary-${arch}/Packages`, `${base}/${folder}Packages`];
  const list = lists.find((row) => uris.some((uri) => withoutEnding(row.split('|')[1] ?? '') === uri));
  if (list === undefined) return null;
  const names = namesOf(list, releases);
  return names.length === 0 ? null : names.some((name) => isSecurity(name));
}

/** Lists are downloaded as Packages.xz, and named so. */
const withoutEnding = (uri: string) => uri.replace(/(?<=\/Packages)\.[a-z0-9]+$/, '');

/** trixie-security, `Label: Debian-Security`, `Suite: noble-apps-security`, `Label: UbuntuESMApps`. */
export function isSecurity(name: string): boolean {
  return /[-/]security\b|Debian-Security|ESM/.test(name);
}

/** A security archive among the downloaded lists, and when its publisher signed it (seconds; null for not told). */
export interface Archive {
  file: string;
  signed: number | null;
}

/** The security archives of which apt has package lists. */
export function securityArchives(lists: string[], releases: string[]): Archive[] {
  return lists
    .filter((list) => namesOf(list, releases).some((name) => isSecurity(name)))
    .map((list) => archive(list, releases));
}

function archive(list: string, releases: string[]): Archive {
  const rows = releases.filter((row) => belongs(list, row));
  const signed = Date.parse(rows.find((row) => row.includes('|Date: '))?.split('|Date: ')[1] ?? '');
  return { file: rows[0]!.split('|')[0]!, signed: Number.isNaN(signed) ? null : signed / 1000 };
}

/** What the Release file of a list calls its archive. */
function namesOf(list: string, releases: string[]): string[] {
  return releases
    .filter((row) => belongs(list, row) && !row.includes('|Date: '))
    .map((row) => row.slice(row.indexOf('|') + 1));
}

/** `…_dists_noble-security_main_binary-amd64_Packages|http…` belongs to `…_dists_noble-security_InRelease|Label: Ubuntu`. */
function belongs(list: string, release: string): boolean {
  const file = release.split('|')[0]!;
  const base = file.replace(/(In)?Release$/, '');
  return base !== file && list.startsWith(base);
}
