import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { cksum } from '../../src/transport/batch/cksum.ts';
import { parse, type Parsed } from '../../src/transport/batch/parse.ts';
import { modes, nonce, probe, runScript, scriptOf } from './shells.ts';

const probes = [
  probe('text', 'echo hello; echo oops >&2; exit 3'),
  probe('nothing', ':'),
  probe('numbers', 'echo "1 0"; echo =; echo "12 1.o"'),
  probe('binary', "printf '\\0\\1\\377\\n'"),
];

describe.each(modes)('a %s frame', (mode) => {
  let frame: { stdout: Buffer; stderr: Buffer };
  let whole: Parsed;

  beforeAll(async () => {
    frame = await runScript(['sh'], scriptOf(probes, mode));
    whole = parse(frame.stdout, frame.stderr, nonce, probes);
  });

  test('has an answer for everything', () => {
    const outcomes = Object.values(whole.answers).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['exited', 'exited', 'exited', 'exited']);
  });

  test('cut anywhere, it never says anything wrong', () => {
    for (let end = 0; end < frame.stdout.length; end++) {
      expectTruth(parse(frame.stdout.subarray(0, end), frame.stderr, nonce, probes), whole);
    }
    for (let end = 0; end < frame.stderr.length; end++) {
      expectTruth(parse(frame.stdout, frame.stderr.subarray(0, end), nonce, probes), whole);
    }
  });

  // a stream has no checksum but that of SSH
  test.skipIf(mode === 'stream')('with any byte changed, dropped or added, it never says anything wrong', () => {
    fc.assert(
      fc.property(
        fc.nat(frame.stdout.length - 1),
        fc.nat(255),
        fc.constantFrom('set', 'drop', 'add'),
        (at, byte, how) => {
          const before = frame.stdout.subarray(0, at);
          const after = frame.stdout.subarray(how === 'add' ? at : at + 1);
          const changed = Buffer.concat([before, Buffer.from(how === 'drop' ? [] : [byte]), after]);
          expectTruth(parse(changed, frame.stderr, nonce, probes), whole);
        },
      ),
      { numRuns: 3000 },
    );
  });

  test('noise before and after it does not matter', () => {
    const noise = Buffer.from('Welcome!\r\n\0\x1b[1m\nFA1 0000 gz\n');
    const { stdout, stderr } = frame;
    expect(parse(Buffer.concat([noise, stdout, noise]), Buffer.concat([noise, stderr, noise]), nonce, probes)).toEqual(
      whole,
    );
  });
});

test('a frame with another nonce is no frame', async () => {
  const { stdout, stderr } = await runScript(['sh'], scriptOf(probes, 'gz'));
  const parsed = parse(stdout, stderr, 'f'.repeat(24), probes);
  expect(parsed.frame).toBe('none');
  expect(parsed.answers.text).toMatchObject({ outcome: 'lost', code: null, stdout: '' });
});

test('anything at all is no frame', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (stdout, stderr) => {
      const parsed = parse(Buffer.from(stdout), Buffer.from(stderr), nonce, probes);
      expect(Object.values(parsed.answers).every(({ outcome }) => outcome === 'lost')).toBe(true);
    }),
  );
});

test('a full disk makes everything lost, not empty', () => {
  const parsed = parse(Buffer.from(`\nFA1 ${nonce} gz full\nxxx`), Buffer.alloc(0), nonce, probes);
  expect(parsed).toMatchObject({
    frame: 'broken',
    answers: { text: { outcome: 'lost', stderr: expect.stringContaining('full') } },
  });
});

test.each(['', 'a', 'hello world\n', '\0'.repeat(70_000)])('cksum is that of cksum(1)', (text) => {
  const { stdout } = spawnSync('cksum', { input: text, encoding: 'utf8' });
  expect(`${cksum(Buffer.from(text))} ${Buffer.byteLength(text)}\n`).toBe(stdout);
});

/** Each answer is the right one or none at all. */
function expectTruth(parsed: Parsed, whole: Parsed): void {
  for (const [name, answer] of Object.entries(parsed.answers)) {
    if (answer.outcome !== 'lost') expect(answer).toEqual(whole.answers[name]);
    else expect(answer).toMatchObject({ stdout: '', code: null });
  }
  if (parsed.hostClock !== null) expect(parsed.hostClock).toBe(whole.hostClock);
  if (parsed.uid !== null) expect(parsed.uid).toBe(whole.uid);
}
