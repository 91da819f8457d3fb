import type { Unreadable } from '../answer.ts';
import { readListing } from '../docker/listing.ts';
import { attempt } from '../docker/shape.ts';
import type { Answers } from '../resource.ts';
import { one, said, type Said } from '../said.ts';
import { placesOf, type Line } from './places.ts';
import { mountsProbe } from './probe.ts';

/** A part of the host that a container has mounted. */
export interface HostMount {
  /** Where it may be on the host: a file system that is mounted twice gives two answers, one that the host lacks none. */
  paths: string[];
  inside: string;
  writable: boolean;
  /** Of its file system; null where only Docker's words are known, and where it is the host's own root. */
  type: string | null;
}

export interface Mounts {
  ok: true;
  /** Sockets on which a container engine listens. */
  engines: string[];
  /** Where the engine keeps its own. */
  dataRoot: string;
  /** Of all who can log in. */
  homes: string[];
  /** Where that is which Docker was asked for, links followed. */
  real: Map<string, string>;
  /** By container id. */
  of: Map<string, HostMount[]>;
}

const words = ['engine', 'root', 'failed', 'home', 'host', 'asked', 'real', 'mount'] as const;

/** What the kernel says. */
export function parseMounts(answers: Answers): Mounts | Unreadable {
  const name = mountsProbe.name;
  const answer = said(answers, name, words);
  if (!answer.ok) return answer;
  const failed = answer.said.failed.map((line) => line.replace(/^\w+\|/, ''));
  const refused = readListing(name, { state: ['listed'], failed });
  const odd = { ok: false, code: 'unparsable', message: `${name} printed something else than expected` } as const;
  return refused ?? attempt(() => read(answer.said)) ?? odd;
}

function read(seen: Said<(typeof words)[number]>): Mounts {
  const host = seen.host.map((line) => lineOf(line.split(' ')));
  const dataRoot = toPath(one(seen.root));
  return {
    ok: true,
    engines: seen.engine.map(toPath),
    dataRoot,
    homes: seen.home.map(toPath),
    real: new Map(seen.asked.map((asked, at) => [toPath(asked), toPath(seen.real[at])])),
    of: byContainer(seen.mount, host, dataRoot),
  };
}

function byContainer(mounts: string[], host: Line[], dataRoot: string): Mounts['of'] {
  const top = host.findLast(({ point }) => point === '/')!.device;
  const of: Mounts['of'] = new Map();
  for (const mount of mounts) {
    const [id, device, root, point, options, ...rest] = mount.split(' ');
    if (!/^[0-9a-f]{64}$/.test(id!) || !/^r[wo](,|$)/.test(options!)) throw new TypeError('not a mount');
    const line = lineOf([device!, root!, point!, ...rest]);
    const [paths, type] = [placesOf(line, host, dataRoot), line.device === top ? null : line.type];
    of.set(id!, [...(of.get(id!) ?? []), { paths, inside: line.point, writable: options!.startsWith('rw'), type }]);
  }
  return of;
}

function lineOf([device, root, point, type, more]: string[]): Line {
  if (!/^\d+:\d+$/.test(device!) || !root || !type || more !== undefined) throw new TypeError('not a mount');
  return { device: device!, root: plain(root), point: plain(toPath(point)), type };
}

function toPath(of: string | null | undefined): string {
  if (!of?.startsWith('/')) throw new TypeError('not a path');
  return of;
}

/** Blanks and the like are written in octal, and what was deleted since it was mounted is said to be (proc_pid_mountinfo(5)). */
function plain(path: string): string {
  return path
    .replace(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(parseInt(code, 8)))
    .replace(/\/\/deleted$/, '');
}
