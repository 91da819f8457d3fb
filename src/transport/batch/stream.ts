import type { HostProbe } from '../../model/probe.ts';
import { toCode, toHost } from './frame.ts';
import type { Batch, Raw } from './parse.ts';
import { timeoutOf } from './script.ts';

/**
 * Reads a frame of a host on which nothing could be written: markers between the outputs, on stdout and stderr alike.
 * Only a probe whose end marker came on both streams has an answer.
 */
export function readStream(stdout: Buffer, stderr: Buffer, nonce: string, probes: readonly HostProbe[]): Batch {
  const head = findHead(stdout, nonce);
  if (head === null)
    return { frame: 'none', reason: 'the host sent no answer', uid: null, hostClock: null, raws: new Map() };
  const raws = new Map<number, Raw>();
  probes.forEach((probe, index) => {
    const raw = readOne(stdout, stderr, nonce, index + 1, timeoutOf(probe));
    if (raw) raws.set(index + 1, raw);
  });
  const whole = stdout.lastIndexOf(`\nFA1 ${nonce} end\n`) >= 0;
  return {
    frame: whole ? 'whole' : 'broken',
    reason: whole ? '' : 'the answer of the host ends too early',
    ...toHost(head),
    raws,
  };
}

function findHead(stdout: Buffer, nonce: string): string | null {
  const mark = `\nFA1 ${nonce} str `;
  const start = stdout.indexOf(mark);
  const end = start < 0 ? -1 : stdout.indexOf('\n', start + mark.length);
  return end < 0 ? null : stdout.toString('latin1', start + mark.length, end);
}

function readOne(stdout: Buffer, stderr: Buffer, nonce: string, id: number, timeout: number): Raw | null {
  const out = between(stdout, `\nFA1 ${nonce} o ${id}\n`, `\nFA1 ${nonce} x `);
  const err = between(stderr, `\nFA1 ${nonce} e ${id}\n`, `\nFA1 ${nonce} x `);
  if (!out || !err || err.word !== String(id)) return null;
  try {
    const { id: ended, code, seconds } = toCode(out.word);
    if (ended !== id) return null;
    const timedOut = seconds === null ? code === 143 || code === 137 : seconds >= timeout;
    return { code, seconds, stdout: out.bytes, stderr: err.bytes, timedOut };
  } catch {
    return null;
  }
}

/** The bytes between two markers, and what stands on the rest of the second marker's line. */
function between(bytes: Buffer, from: string, to: string): { bytes: Buffer; word: string } | null {
  const start = bytes.indexOf(from);
  const end = start < 0 ? -1 : bytes.indexOf(to, start + from.length - 1);
  const line = end < 0 ? -1 : bytes.indexOf('\n', end + to.length);
  if (line < 0) return null;
  return {
    bytes: bytes.subarray(start + from.length, Math.max(end, start + from.length)),
    word: bytes.toString('latin1', end + to.length, line),
  };
}
