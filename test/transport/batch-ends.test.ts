import { describe, expect, test } from 'vitest';
import { parse } from '../../src/transport/batch/parse.ts';
import {
  ask,
  eventually,
  leftovers,
  modes,
  newNonce,
  nonce,
  probe,
  runScript,
  scriptOf,
  shells,
  start,
} from './shells.ts';

// How a batch ends when somebody pulls the rug: answers are lost, never wrong, and nothing stays on the host.
const parentOf = 'read -r a b c parent rest </proc/self/stat';

describe.each(shells)('$name', ({ argv, present }) => {
  test.skipIf(!present).concurrent('a killed lane loses the probe it was at and no other', async () => {
    const probes = [
      probe('killer', `${parentOf}; kill -9 $parent; sleep 1`),
      ...Array.from({ length: 8 }, (_, i) => probe(`p${i}`, `echo ${i}`)),
    ];
    const { answers } = await ask(argv, 'gz', probes);
    expect(answers.killer).toMatchObject({ outcome: 'lost', code: null });
    for (let i = 0; i < 8; i++) expect(answers[`p${i}`]).toMatchObject({ outcome: 'exited', stdout: `${i}\n` });
  });

  test.skipIf(!present).concurrent('a killed stream loses what comes after', async () => {
    const probes = [probe('first', 'echo 1'), probe('killer', 'kill -9 $$; sleep 1'), probe('after', 'echo 2')];
    const { frame, answers } = await ask(argv, 'stream', probes);
    expect(frame).toBe('broken');
    expect(Object.values(answers).map(({ outcome }) => outcome)).toEqual(['exited', 'lost', 'lost']);
  });

  test
    .skipIf(!present)
    .concurrent('when its main shell is killed, its processes and files are gone in seconds', async () => {
      const as = newNonce();
      const { stdout } = await runScript(
        argv,
        scriptOf([probe('killer', 'sleep 1; kill -9 $$; sleep 77')], 'gz', 60, as),
      );
      expect(parse(stdout, Buffer.alloc(0), as, [probe('killer', '')]).frame).toBe('none');
      expect(await eventually(() => leftovers(as).length === 0, 5)).toBe(true);
    });

  test.skipIf(!present).concurrent('when the client hangs up, everything ends in seconds', async () => {
    const as = newNonce();
    const child = start(argv, scriptOf([probe('long', 'sleep 300', { timeoutSeconds: 300 })], 'gz', 60, as));
    expect(await eventually(() => leftovers(as).length === 1, 5)).toBe(true);
    child.stdout.destroy();
    expect(
      await eventually(() => leftovers(as).length === 0 && child.exitCode !== undefined && !alive(child.pid!), 6),
    ).toBe(true);
  });

  test.skipIf(!present).concurrent('TERM removes the directory at once', async () => {
    const as = newNonce();
    const child = start(
      argv,
      scriptOf([probe('long', 'trap "" TERM; sleep 300; sleep 300', { timeoutSeconds: 300 })], 'gz', 60, as),
    );
    expect(await eventually(() => leftovers(as).length === 1, 5)).toBe(true);
    process.kill(child.pid!, 'SIGTERM');
    expect(await eventually(() => leftovers(as).length === 0 && !alive(child.pid!), 2)).toBe(true);
  });

  test.skipIf(!present).concurrent('the limit for everything ends what runs and starts nothing more', async () => {
    const probes = Array.from({ length: 12 }, (_, i) => probe(`p${i}`, 'echo x; sleep 50', { timeoutSeconds: 60 }));
    const before = performance.now();
    const { frame, answers } = await ask(argv, 'gz', probes, 2);
    expect(performance.now() - before).toBeLessThan(10_000);
    expect(frame).toBe('whole');
    expect(new Set(Object.values(answers).map(({ outcome }) => outcome))).toEqual(new Set(['timed-out']));
  });
});

test.each(modes)('no probes at all is a whole frame (%s)', async (mode) => {
  expect(await ask(['sh'], mode, [])).toMatchObject({ frame: 'whole', answers: {} });
});

test('a line or two of the script that a start-up file swallowed do not matter', async () => {
  const probes = [probe('a', 'echo 1')];
  const script = scriptOf(probes, 'gz').split('\n').slice(5).join('\n');
  const { stdout, stderr } = await runScript(['sh'], script);
  expect(parse(stdout, stderr, nonce, probes).answers.a).toMatchObject({ outcome: 'exited', stdout: '1\n' });
});

test('half a script does nothing', async () => {
  const script = scriptOf([probe('a', 'echo 1')], 'gz');
  const { stdout } = await runScript(['sh'], script.slice(0, script.lastIndexOf('fa_main')));
  expect(stdout.length).toBe(0);
});

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
