import type { AptConfig } from '../apt_config/parse.ts';
import type { Archive } from './archives.ts';

/** One origin that upgrades may come from: name and pattern of each field that has to match. */
export type Origin = [field: keyof Archive, pattern: string][];

const fields: Record<string, keyof Archive> = {
  ...{ o: 'origin', origin: 'origin', l: 'label', label: 'label', a: 'archive', suite: 'archive', archive: 'archive' },
  ...{ c: 'component', component: 'component', site: 'site', n: 'codename', codename: 'codename' },
};

/**
 * The allowed origins as unattended-upgrades reads them (get_allowed_origins and match_whitelist_string): `id:suite` or `id suite`
 * of one list, `field=pattern,…` of the other. A text: the entry at which it would stop with an error.
 */
export function allowedOrigins(config: AptConfig, id: string, codename: string): Origin[] | string {
  const put = (text: string) => text.replaceAll('${distro_id}', id).replaceAll('${distro_codename}', codename);
  const short = config.list('Unattended-Upgrade::Allowed-Origins').map((entry) => fromShort(entry, put));
  const long = config.list('Unattended-Upgrade::Origins-Pattern').map((entry) => fromPattern(entry, put));
  const all = [...short, ...long];
  return all.find((each) => typeof each === 'string') ?? (all as Origin[]);
}

function fromShort(entry: string, put: (text: string) => string): Origin | string {
  const parts = /(?<!\\):/.test(entry) ? entry.split(/(?<!\\):/) : entry.trim().split(/\s+/);
  if (parts.length !== 2) return entry;
  const [origin, archive] = parts.map((part) => put(part.replaceAll('\\:', ':')).trim());
  return [
    ['origin', origin!],
    ['archive', archive!],
  ];
}

function fromPattern(entry: string, put: (text: string) => string): Origin | string {
  // An empty one matches nothing.
  if (entry.trim() === '') return [['origin', '']];
  const tokens = put(entry)
    .trim()
    .replaceAll('\\,', '%2C')
    .split(',')
    .map((token) => token.split('='));
  const pairs = tokens.map((token) => token.map((part) => part.trim().replaceAll('%2C', ',')));
  if (pairs.some((pair) => pair.length !== 2 || !Object.hasOwn(fields, pair[0]!))) return entry;
  return pairs.map(([field, pattern]) => [fields[field!]!, pattern!]);
}

/** Whether an archive is one of the allowed origins. */
export function isAllowed(archive: Archive, origins: Origin[]): boolean {
  return origins.some((origin) => origin.every(([field, pattern]) => matches(pattern, archive[field])));
}

/** Python's fnmatch: `*`, `?` and `[…]`, of the whole text. */
function matches(pattern: string, text: string): boolean {
  const parts = pattern.match(/\*|\?|\[!?\]?[^\]]*\]|[^]/g) ?? [];
  const toRegex = (part: string) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    if (part.length > 1) return part.replace(/\\/g, '\\\\').replace(/^\[!/, '[^');
    return part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  };
  return new RegExp(`^(?:${parts.map(toRegex).join('')})$`, 's').test(text);
}
