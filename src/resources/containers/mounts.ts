import type { Unreadable } from '../answer.ts';
import type { Container } from '../docker/containers.ts';
import type { Answers } from '../resource.ts';
import { readable } from '../answer.ts';
import { mountsProbe } from './probe.ts';

/** A part of the host that a container has mounted. */
export interface HostMount {
  /** Where it may be on the host: a file system that is mounted twice gives two answers. */
  paths: string[];
  inside: string;
  writable: boolean;
}

export interface Mounts {
  ok: true;
  /** Sockets on which a container engine listens. */
  engines: string[];
  /** By container id. */
  of: Map<string, HostMount[]>;
}

interface Line {
  device: string;
  root: string;
  point: string;
}

/** What the kernel says. */
export function parseMounts(answers: Answers): Mounts | Unreadable {
  const answer = readable(answers, mountsProbe.name);
  if (!answer.ok) return answer;
  return (
    parse(answer.stdout) ?? {
      ok: false,
      code: 'unparsable',
      message: 'containers.mounts printed something else than expected',
    }
  );
}

const place = String.raw`(\d+:\d+)\|([^|]+)\|(\/[^|]*)`;
const forms = {
  engine: /^engine\|(\/\S+)$/,
  host: new RegExp(`^host\\|${place}$`),
  look: /^look\|(\d+)\|([0-9a-f]{64})$/,
  mount: new RegExp(`^mount\\|${place}\\|((?:rw|ro)(?:,\\S*)?)$`),
};

function parse(stdout: string): Mounts | null {
  const lines = stdout.split('\n');
  if (lines.pop() !== '' || lines.pop() !== 'end') return null;
  const [engines, host]: [string[], Line[]] = [[], []];
  const of: Mounts['of'] = new Map();
  let current: HostMount[] | null = null;
  for (const line of lines) {
    const found = match(line);
    if (!found) return null;
    const [word, [one, two, three, four]] = found;
    if (word === 'engine') engines.push(one!);
    else if (word === 'host') host.push({ device: one!, root: plain(two!), point: plain(three!) });
    else if (word === 'look') of.set(two!, (current = of.get(two!) ?? []));
    else if (!current) return null;
    else current.push(onHost(host, { device: one!, root: plain(two!), point: plain(three!) }, four!));
  }
  return host.some(({ point }) => point === '/') ? { ok: true, engines, of } : null;
}

function match(line: string): [keyof typeof forms, string[]] | null {
  const word = line.slice(0, line.indexOf('|')) as keyof typeof forms;
  const found = Object.hasOwn(forms, word) && forms[word].exec(line);
  return found ? [word, found.slice(1)] : null;
}

/** Blanks and the like are written in octal, and what was deleted since it was mounted is said to be (proc_pid_mountinfo(5)). */
function plain(path: string): string {
  return path
    .replace(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(parseInt(code, 8)))
    .replace(/\/\/deleted$/, '');
}

function onHost(host: Line[], { device, root, point }: Line, options: string): HostMount {
  const same = host.filter((each) => each.device === device && isWithin(root, each.root));
  const paths = same.map((each) => join(each.point, root.slice(each.root === '/' ? 0 : each.root.length)));
  return { paths: [...new Set(paths)], inside: point, writable: options.split(',')[0] === 'rw' };
}

function join(base: string, rest: string): string {
  return `${base === '/' ? '' : base}${rest === '/' ? '' : rest}` || '/';
}

export function isWithin(path: string, parent: string): boolean {
  return parent === '/' || path === parent || path.startsWith(`${parent}/`);
}

/** Names and resolver of a container; one that shares another's network has those of the other. */
const files = /\/containers\/[0-9a-f]{64}\/(hosts|hostname|resolv\.conf)$/;

/**
 * What of the host a running container sees, without the files that Docker itself lays into each: its names, the kernel's own file
 * systems in their usual places. Null: the kernel shows less than Docker has mounted, or a part of the host that has no place there.
 */
export function mountsOf({ id, mounts }: Container, seen: Mounts): HostMount[] | null {
  const all = seen.of.get(id);
  if (!all) return null;
  const asked = new Set(mounts.map(({ destination }) => destination));
  const own = (each: HostMount) =>
    !asked.has(each.inside) &&
    (/^\/(proc|sys|dev)(\/|$)/.test(each.inside) || each.paths.some((path) => files.test(path)));
  const rest = all.filter((each) => !own(each));
  const declared = mounts.filter(({ type }) => type !== 'tmpfs');
  return rest.length < declared.length || rest.some(({ paths }) => paths.length === 0) ? null : rest;
}
