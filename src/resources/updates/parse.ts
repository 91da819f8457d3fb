/** One package that apt would install. */
export interface Update {
  name: string;
  /** Whether an archive that has it is one for security. */
  security: boolean;
}

/** What apt would install. Null: its own count does not bear it out, or a line of it was not understood. */
export function parseUpgrade(lines: string[]): Update[] | null {
  const counted = lines.map((line) => summary.exec(line)).filter((each) => each !== null);
  if (counted.length !== 1) return null;
  const numbers = counted[0]!.groups!;
  const expected = ['upgraded', 'new', 'down', 'again'].reduce((sum, each) => sum + Number(numbers[each] ?? 0), 0);
  const installs = lines.filter((line) => line.startsWith('Inst '));
  const updates = installs.map(readInst);
  return updates.includes(null) || updates.length !== expected ? null : (updates as Update[]);
}

/** apt's Stats() in private-output.cc; with LC_ALL=C it is English. */
const summary =
  /^(?<upgraded>\d+) upgraded, (?<new>\d+) newly installed, (?:(?<again>\d+) reinstalled, )?(?:(?<down>\d+) downgraded, )?\d+ to remove and \d+ not upgraded\.$/;

/** `Inst openssl [3.0.9-1] (3.0.17-1 Debian:12.11/stable, Debian-Security:12/stable-security [amd64]) []` */
function readInst(line: string): Update | null {
  const match = /^Inst (\S+)(?: \[[^\]]+\])? \((\S+) (.+) \[[a-z0-9-]+\]\)/.exec(line);
  if (!match) return null;
  return { name: match[1]!, security: match[3]!.split(', ').some((each) => isSecurity(each)) };
}

/** Debian-Security:12/stable-security, Ubuntu:24.04/noble-security, UbuntuESMApps:24.04/noble-apps-security. */
export function isSecurity(name: string): boolean {
  return /[-/]security\b|Debian-Security|ESM/.test(name);
}

/** A security archive among the downloaded lists, and when its publisher signed it (seconds; null for not told). */
export interface Archive {
  file: string;
  signed: number | null;
}

/** The security archives of which apt has package lists. `lists` and `releases` are rows of the probe. */
export function securityArchives(lists: string[], releases: string[]): Archive[] {
  return lists.flatMap((list) => {
    const rows = releases.filter((row) => belongs(list, row.split('|')[0]!));
    const named = rows.filter((row) => !row.includes('|Date: ')).map((row) => row.split('|')[1]!);
    return named.some((each) => isSecurity(each)) ? [archive(list, rows)] : [];
  });
}

function archive(list: string, rows: string[]): Archive {
  const signed = Date.parse(rows.find((row) => row.includes('|Date: '))?.split('|Date: ')[1] ?? '');
  return { file: rows[0]?.split('|')[0] ?? list, signed: Number.isNaN(signed) ? null : signed / 1000 };
}

/** `…_dists_noble-security_main_binary-amd64_Packages` belongs to `…_dists_noble-security_InRelease`. */
function belongs(list: string, release: string): boolean {
  const base = release.replace(/(In)?Release$/, '');
  return base !== release && list.startsWith(base);
}
