import { gunzipSync } from 'node:zlib';
import { cksum } from './cksum.ts';
import type { Batch, Raw } from './parse.ts';

/**
 * Reads a gz or raw frame; null if there is none. Body: `uid clock`, `=`, lines `id code from to`, `=`, ids that timed
 * out, `=`, the table of `wc -c`, `=`, the files in the order of the table.
 */
export function readFrame(stdout: Buffer, nonce: string, limit: number): Batch | null {
  const head = findHead(stdout, nonce);
  if (!head) return null;
  try {
    if (head.full) throw new Error('the disk of the host is full');
    return readBody(head.mode === 'gz' ? unzip(head.rest, nonce, limit) : checked(head.rest, nonce));
  } catch (error) {
    const reason = `what the host sent cannot be trusted: ${(error as Error).message}`;
    return { frame: 'broken', reason, uid: null, hostClock: null, raws: new Map() };
  }
}

function findHead(stdout: Buffer, nonce: string) {
  const start = stdout.indexOf(`\nFA1 ${nonce} `);
  const end = start < 0 ? -1 : stdout.indexOf('\n', start + 1);
  if (end < 0) return null;
  const words = /^\nFA1 [0-9a-f]+ (gz|raw)( full)?$/.exec(stdout.toString('latin1', start, end));
  return words && { mode: words[1], full: words[2] !== undefined, rest: stdout.subarray(end + 1) };
}

function unzip(rest: Buffer, nonce: string, limit: number): Buffer {
  const end = rest.lastIndexOf(`\0\nFA1 ${nonce} end\n`);
  if (end < 0) throw new Error('it ends too early');
  return gunzipSync(rest.subarray(0, end), { maxOutputLength: limit });
}

/** Without gzip there is no CRC of its own, so the trailer carries that of cksum(1), where the host has it. */
function checked(rest: Buffer, nonce: string): Buffer {
  const start = rest.lastIndexOf(`\nFA1 ${nonce} end `);
  const trailer = start < 0 ? null : / end (?:(\d+ \d+))?\n/.exec(rest.toString('latin1', start));
  if (!trailer) throw new Error('it ends too early');
  const body = rest.subarray(0, start);
  if (trailer[1] !== undefined && trailer[1] !== `${cksum(body)} ${body.length}`) throw new Error('wrong checksum');
  return body;
}

function readBody(body: Buffer): Batch {
  const cursor = new Cursor(body);
  const [who = ''] = cursor.section();
  const codes = cursor.section().map(toCode);
  const late = new Set(cursor.section().map(Number));
  const sizes = toSizes(cursor.section());
  const raws = new Map<number, Raw>();
  for (const { id, code, seconds } of codes) {
    if (raws.has(id)) throw new Error('an answer came twice');
    raws.set(id, { code, seconds, stdout: nothing, stderr: nothing, timedOut: late.has(id) });
  }
  for (const id of late) {
    if (!raws.has(id)) raws.set(id, { code: null, seconds: null, stdout: nothing, stderr: nothing, timedOut: true });
  }
  for (const { id, stream, size } of sizes) {
    const bytes = cursor.take(size);
    const raw = raws.get(id);
    if (raw) raw[stream] = bytes;
  }
  if (!cursor.done) throw new Error('lengths do not add up');
  for (const [id, { timedOut }] of raws) {
    const known = sizes.filter((each) => each.id === id).length;
    if (known !== 2 && !timedOut) throw new Error('output of a probe is missing');
  }
  return { frame: 'whole', reason: '', ...toHost(who), raws };
}

/** The first line of a frame: numeric user id and UTC time of the host, each possibly missing. */
export function toHost(line: string): { uid: number | null; hostClock: string | null } {
  const [, uid, clock] = /^(\d*) ?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)?$/.exec(line) ?? [];
  return { uid: uid ? Number(uid) : null, hostClock: clock ?? null };
}

/** Numbers of a table are trusted only when they look like nothing else. */
export function toCode(line: string) {
  const words = /^(\d+) (\d{1,3})(?: (\d+\.\d+) (\d+\.\d+))? *$/.exec(line);
  if (!words) throw new Error('an exit code is garbled');
  const seconds = words[3] === undefined ? null : Number(words[4]) - Number(words[3]);
  return { id: Number(words[1]), code: Number(words[2]), seconds };
}

function toSizes(lines: string[]) {
  const files = lines.filter((line) => !/^ *\d+ total$/.test(line));
  return files.map((line) => {
    const words = /^ *(\d+) (\d+)\.([oe])$/.exec(line);
    if (!words) throw new Error('a length is garbled');
    return { size: Number(words[1]), id: Number(words[2]), stream: words[3] === 'o' ? 'stdout' : 'stderr' } as const;
  });
}

const nothing = Buffer.alloc(0);

/** Walks the body: tables end with a line `=`, files are taken by length. */
class Cursor {
  #at = 0;
  readonly #body: Buffer;

  constructor(body: Buffer) {
    this.#body = body;
  }

  get done(): boolean {
    return this.#at === this.#body.length;
  }

  section(): string[] {
    const lines: string[] = [];
    for (;;) {
      const end = this.#body.indexOf('\n', this.#at);
      if (end < 0) throw new Error('a table has no end');
      const line = this.#body.toString('latin1', this.#at, end);
      this.#at = end + 1;
      if (line === '=') return lines;
      lines.push(line);
    }
  }

  take(size: number): Buffer {
    if (this.#at + size > this.#body.length) throw new Error('lengths do not add up');
    return this.#body.subarray(this.#at, (this.#at += size));
  }
}
