import type { Config } from '../fail2ban/config.ts';
import { isWithin } from '../fail2ban/networks.ts';
import type { Jail, Server, SshdRecord } from '../fail2ban/server.ts';
import { unknown, value, type Told } from '../said.ts';

/** A record of the last second may be on its way to a file still, and one of the last few may not have been counted yet. */
const written = 1;
const settled = 5;

/** Whether what sshd writes about logins reaches the jail: by its newest records, and by what the jail made of failures. */
export function readsSshd(jail: Jail, { records, logLevel }: Server, config: Config | null): Told {
  if (logLevel === null) return unknown('sshd did not say how much it logs');
  // sshd calls QUIET `SILENT` when it is asked (log_levels in log.c).
  if (!/^(INFO|VERBOSE|DEBUG[123]?)$/.test(logLevel))
    return value(false, `sshd's LogLevel is ${logLevel}: it says nothing of failed logins`);
  if (records.length === 0)
    return unknown('sshd has written nothing about logins yet, so there is nothing to find in what it reads');
  const backend = config?.jails.find(({ name }) => name === jail.name)?.backend ?? '';
  if (/\bjournal(path|files|namespace)=/.test(backend))
    return unknown(`it reads a journal of its own: ${backend}`, 'needs-person');
  const unseen = overlooked(jail, records);
  if (unseen) return value(false, `it has not counted "${unseen.MESSAGE}"`);
  return jail.get.logpath.length > 0 ? inFiles(jail, records) : inJournal(jail, records);
}

/** A failure that must have been counted, in an address that is neither banned nor ignored, while the jail counts none. */
function overlooked({ status, banned, get }: Jail, records: SshdRecord[]): SshdRecord | undefined {
  const counted = new Map(status.flatMap(([, rows]) => rows)).get('Currently failed');
  if (counted !== 0 || get.ignorecommand || get.ignoreregex.length) return undefined;
  return records.find(
    ({ age, from, MESSAGE }) =>
      /^(Invalid user |User .* not allowed because not listed )/.test(MESSAGE) &&
      age > settled &&
      age < get.findtime &&
      from !== '' &&
      !banned.includes(from) &&
      !isWithin(from, [...get.ignoreip, '127.0.0.0/8', '::1']),
  );
}

function inFiles({ files }: Jail, records: SshdRecord[]): Told {
  const seen = Object.entries(files);
  const broken = seen
    .filter(([, found]) => typeof found === 'string')
    .map(([file, found]) => `${file}: ${String(found)}`);
  // The newest record that must be there by now; without one, any will do.
  const at = Math.max(
    0,
    records.findIndex(({ age }) => age > written),
  );
  const inside = seen.find(([, found]) => Array.isArray(found) && found.slice(0, at + 1).some(Boolean));
  if (inside) return value(true, `in ${inside[0]}`);
  if (records[at]!.age <= written) return unknown('sshd has only just written its first record about a login');
  const names = broken.join(', ') || seen.map(([file]) => file).join(', ');
  return value(false, `sshd's newest record, "${records[at]!.MESSAGE}", is not in ${names}`);
}

/** Fields as journalctl reads them: equal fields are alternatives, different ones must all match, lists are alternatives again. */
function inJournal({ get }: Jail, [newest]: SshdRecord[]): Told {
  const groups = get.journalmatch.map((terms) => terms.map((term) => term.split(/=(.*)/s) as [string, string]));
  const shown = get.journalmatch.map((terms) => terms.join(' ')).join(' + ') || 'the whole journal';
  if (groups.length === 0) return value(true, shown);
  if (groups.some((terms) => matches(terms, newest!))) return value(true, shown);
  const odd = groups.flat().find(([field]) => !(field in newest!));
  if (odd && !usual.includes(odd[0])) return unknown(`it reads records by ${odd[0]}, which was not asked`);
  return value(
    false,
    `it reads ${shown}, but sshd writes as ${usual.map((field) => `${field}=${newest![field]}`).join(' ')}`,
  );
}

const usual = ['_SYSTEMD_UNIT', '_COMM'];

function matches(terms: [string, string][], record: SshdRecord): boolean {
  const fields = [...new Set(terms.map(([field]) => field))];
  return fields.every((field) => terms.some(([name, text]) => name === field && String(record[field]) === text));
}
