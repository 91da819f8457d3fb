import { hide, hideOptions, pick } from './hide.ts';
import { keysOf, twice } from './json-keys.ts';

const infoFields = [
  'ServerVersion LoggingDriver LiveRestoreEnabled SecurityOptions DefaultRuntime DockerRootDir Driver Debug ExperimentalBuild',
  'CgroupDriver CgroupVersion FirewallBackend OperatingSystem Containers ContainersRunning Warnings ServerErrors',
].flatMap((line) => line.split(' '));

/** Leaves out of the probe's output what may be a secret: options of log services, passwords of proxies. */
export function reduceInfo(stdout: string): string {
  const lines = stdout.split('\n');
  const file = lines.filter((line) => line.startsWith('json|')).map((line) => line.slice(5));
  const first = lines.findIndex((line) => line.startsWith('json|'));
  return lines
    .flatMap((line, at) => {
      if (line.startsWith('json|')) return at === first ? reduceFile(file.join('\n')) : [];
      return reduceLine(line, lines[at - 1] ?? '');
    })
    .join('\n');
}

function reduceLine(line: string, before: string): string[] {
  if (line.startsWith('info|')) return [json(line, 'info|', reduceDaemon)];
  if (line.startsWith('version|'))
    return [json(line, 'version|', (seen) => pick(seen, ['Platform', 'Version', 'ApiVersion']))];
  // The option stands in the word before.
  if (before === 'argv|--log-opt') return [hide(`--log-opt ${line.slice(5)}`).replace('--log-opt ', 'argv|')];
  return [hide(line)];
}

function reduceDaemon(seen: unknown): unknown {
  return { ...pick(seen, infoFields), Swarm: pick(pick(seen, ['Swarm'])['Swarm'], ['LocalNodeState']) };
}

function json(line: string, word: string, change: (seen: unknown) => unknown): string {
  const seen = parse(line.slice(word.length));
  return seen === undefined ? `${word}odd` : word + JSON.stringify(change(seen));
}

/** The file as one line, its keys' lines apart; an empty one means defaults, as dockerd has it. */
function reduceFile(text: string): string[] {
  const seen = text.trim() === '' ? {} : parse(text);
  if (typeof seen !== 'object' || seen === null || Array.isArray(seen)) return ['nojson|it is not JSON'];
  const keys = keysOf(text);
  const doubled = twice(keys);
  if (doubled.length > 0) return [`nojson|it has ${doubled.join(', ')} twice`];
  const lines = keys.map(({ path, line }) => `key|${line}|${path.replaceAll('\n', ' ')}`);
  return [`json|${JSON.stringify(hideIn(seen as Record<string, unknown>))}`, ...lines];
}

function hideIn(file: Record<string, unknown>): unknown {
  const options = 'log-opts' in file ? { 'log-opts': hideOptions(file['log-opts']) } : {};
  return JSON.parse(hide(JSON.stringify({ ...file, ...options }))) as unknown;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
