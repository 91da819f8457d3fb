import type { Scan } from './scan.ts';

/** What was asked of nmap; an answer to anything else is none. */
export interface Asked {
  address: string;
  protocol: 'tcp' | 'udp';
  /** How many ports of that protocol. */
  count: number;
  knownPort: number;
}

interface Element {
  $?: Record<string, string>;
  [child: string]: unknown;
}

/**
 * Reads nmap's XML (nmap.dtd) strictly.
 * @throws {Error} for a cut file, another host, a scan that did not finish, and ports that are not accounted for
 */
export async function readNmapXml(xml: string, asked: Asked): Promise<Omit<Scan, 'warnings'>> {
  const run = await parse(xml);
  const { version = '?' } = run.$!;
  const host = theHost(run, asked.address);
  const ports = only(host, 'ports');
  const listed = children(ports, 'port').map(toPort);
  const condensed = children(ports, 'extraports').map(({ $ = {} }) => [word($.state), whole($.count)] as const);
  const counts: Record<string, number> = {};
  for (const [state, count] of [...condensed, ...listed.map((each) => [each.state, 1] as const)]) {
    counts[state] = (counts[state] ?? 0) + count;
  }
  account(counts, listed, asked);
  const known = listed.find(({ protocol, port }) => protocol === 'tcp' && port === asked.knownPort);
  const open = listed.filter(({ protocol, state }) => protocol === asked.protocol && state === 'open');
  return {
    tool: `nmap ${word(version)}`,
    method: methodOf(run, asked),
    counts: withoutKnown(counts, known, asked),
    open: open.map(({ port }) => port),
    known: known ? { state: known.state, reason: known.reason } : { state: theRest(condensed), reason: 'condensed' },
  };
}

async function parse(xml: string): Promise<Element> {
  const { parseStringPromise } = await import('xml2js');
  const document = (await parseStringPromise(xml)) as { nmaprun?: Element } | null;
  const run = document?.nmaprun;
  if (run?.$?.scanner !== 'nmap') throw new Error('it printed something else than XML');
  const finished = only(only(run, 'runstats'), 'finished').$ ?? {};
  if (finished.exit !== 'success') throw new Error(`it ended with ${finished.exit}: ${finished.errormsg ?? ''}`);
  return run;
}

function theHost(run: Element, address: string): Element {
  if (children(run, 'host').length === 0) throw new Error('it took the host for down');
  const host = only(run, 'host');
  if (only(host, 'status').$?.state !== 'up') throw new Error('it took the host for down');
  if (host.$?.timedout === 'true') throw new Error('it gave up on the host at its time limit');
  const seen = children(host, 'address').map(({ $ = {} }) => $.addr);
  if (!seen.includes(address)) throw new Error(`it looked at ${seen.join(', ')} instead of ${address}`);
  return host;
}

interface Port {
  protocol: string;
  port: number;
  state: string;
  reason: string;
}

function toPort(element: Element): Port {
  const { protocol, portid } = element.$ ?? {};
  const { state, reason } = only(element, 'state').$ ?? {};
  return { protocol: word(protocol), port: whole(portid), state: word(state), reason: word(reason) };
}

/** Every asked port is in one state, and none twice. A UDP scan asks for the known TCP port as well. */
function account(counts: Record<string, number>, listed: Port[], asked: Asked): void {
  const wanted = asked.count + (asked.protocol === 'udp' ? 1 : 0);
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (all !== wanted) throw new Error(`it accounts for ${all} ports of ${wanted}`);
  if (new Set(listed.map(({ protocol, port }) => `${protocol} ${port}`)).size !== listed.length) {
    throw new Error('it lists a port twice');
  }
}

function methodOf(run: Element, { protocol, count }: Asked): string {
  const info = children(run, 'scaninfo').find(({ $ }) => $?.protocol === protocol)?.$;
  if (!info || whole(info.numservices) !== count) throw new Error(`it did not look at ${count} ${protocol} ports`);
  return word(info.type);
}

function withoutKnown(counts: Record<string, number>, known: Port | undefined, { protocol }: Asked) {
  if (protocol === 'tcp') return counts;
  if (!known) throw new Error('it says nothing about the known port');
  return { ...counts, [known.state]: counts[known.state]! - 1 };
}

/** The state of a port that is not listed is the condensed one, when there is but one. */
function theRest(condensed: (readonly [string, number])[]): string {
  return condensed.length === 1 ? condensed[0]![0] : 'not open';
}

function children(element: Element, name: string): Element[] {
  const list = element[name] ?? [];
  if (!Array.isArray(list)) throw new Error(`its <${name}> cannot be read`);
  return list.map((each: unknown) => (typeof each === 'object' && each !== null ? (each as Element) : {}));
}

function only(element: Element, name: string): Element {
  const list = children(element, name);
  if (list.length !== 1) throw new Error(`its XML has ${list.length} <${name}> where one belongs`);
  return list[0]!;
}

function whole(text: string | undefined): number {
  if (!/^\d{1,6}$/.test(text ?? '')) throw new Error(`its XML has "${text}" for a number`);
  return Number(text);
}

/** Goes into a line of evidence, so it is a word and nothing more. */
function word(text: string | undefined): string {
  if (!/^[\w.|+-]+$/.test(text ?? '')) throw new Error(`its XML has "${text}" for a word`);
  return text!.replaceAll('|', '-');
}
