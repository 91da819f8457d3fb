type Row = Record<string, Record<string, unknown>>;
type Json = Record<string, unknown>;

/** Whether a base chain of nft drops or rejects what an address sends to a port of the host. */
export function stoppedByNft(rows: Row[], address: string, port: number): boolean {
  const all = (kind: string) => rows.flatMap((row) => (row[kind] ? [row[kind]] : []));
  const sets = all('set').filter(({ holds }) => Array.isArray(holds) && holds.includes(address));
  const chains = all('chain').filter(({ type, hook }) => type === 'filter' && hook === 'input');
  return chains.some((chain) => {
    const rules = all('rule').filter((rule) => inTable(rule, chain) && rule['chain'] === chain['name']);
    const names = sets.filter((set) => inTable(set, chain)).map(({ name }) => `@${String(name)}`);
    const at = rules.findIndex((rule) => stops(rule) && takes(rule, address, names, port));
    // What comes before may let it past: all but a rule that can only stop, or only counts.
    return at >= 0 && rules.slice(0, at).every(isHarmless);
  });
}

function inTable(one: Json, other: Json): boolean {
  return one['family'] === other['family'] && one['table'] === other['table'];
}

function parts(rule: Json): [string, Json][] {
  return (rule['expr'] as Json[]).map((each) => Object.entries(each)[0] as [string, Json]);
}

function stops(rule: Json): boolean {
  return parts(rule).some(([kind]) => kind === 'drop' || kind === 'reject');
}

function isHarmless(rule: Json): boolean {
  return parts(rule).every(([kind]) => plain.has(kind) || kind === 'match' || kind === 'limit');
}

/** Every condition is one that is known and holds, the source among them; nothing but counters stands between. */
function takes(rule: Json, address: string, sets: string[], port: number): boolean {
  const isMatch = ([kind]: [string, Json]) => kind === 'match';
  const others = parts(rule).filter((each) => !isMatch(each));
  const matches = parts(rule).filter(isMatch);
  const found = new Set(matches.map(([, of]) => judge(of, address, sets, port)));
  return others.every(([kind]) => plain.has(kind)) && found.has('source') && !found.has('odd');
}

const plain = new Set(['counter', 'log', 'drop', 'reject']);

function judge({ op, left, right }: Json, address: string, sets: string[], port: number): 'source' | 'yes' | 'odd' {
  if (op !== '==') return 'odd';
  const name = nameOf(left as Json);
  if (name === (address.includes(':') ? 'ip6 saddr' : 'ip saddr'))
    return right === address || sets.includes(String(right)) ? 'source' : 'odd';
  const wanted = name === 'tcp dport' ? port : name === 'meta l4proto' ? 'tcp' : null;
  return wanted !== null && among(right, wanted) ? 'yes' : 'odd';
}

function nameOf(left: Json): string {
  const { payload, meta } = left as { payload?: { protocol: string; field: string }; meta?: { key: string } };
  return payload ? `${payload.protocol} ${payload.field}` : `meta ${meta?.key}`;
}

/** One value, or a set of values and ranges. */
function among(right: unknown, wanted: number | string): boolean {
  if (right === wanted) return true;
  const { set, range } = Object(right) as { set?: unknown[]; range?: [number, number] };
  if (range) return typeof wanted === 'number' && range[0] <= wanted && wanted <= range[1];
  return Array.isArray(set) && set.some((each) => among(each, wanted));
}
