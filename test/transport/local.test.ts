import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Evidence } from '../../src/model/evidence.ts';
import { createTransport, replay } from '../../src/transport/index.ts';
import { probe } from './shells.ts';

const options = { acceptNewHostKey: false, askPassphrase: async () => null };
const local = createTransport('local', options);
const asRoot = process.getuid!() === 0;

describe.runIf(asRoot)('this machine, as root', () => {
  test('answers in one exec, without a login', async () => {
    const probes = [probe('who', 'id -u'), probe('from', 'echo "[$FA_FROM]"')];
    const { answers, logins, execs, error, hostClock } = await local.collect(probes, { timeoutSeconds: 20 });
    expect([logins, execs, error]).toEqual([0, 1, null]);
    expect(Object.keys(answers)).toEqual(['who', 'from']);
    expect(answers.who!.stdout).toBe('0\n');
    expect(answers.from!.stdout).toBe('[]\n');
    expect(Math.abs(Date.parse(hostClock!) - Date.now())).toBeLessThan(60_000);
  });

  test('a secret reaches the probes on stdin, and nobody who looks at processes', async () => {
    const look =
      'printf %s "$FA_SECRET_PW"; cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline 2>/dev/null | grep -ac "it.s [s]ecret"';
    const secrets = { pw: "it's secret $(id)" };
    const { answers } = await local.collect([probe('a', look)], { timeoutSeconds: 20, secrets });
    expect(answers.a!.stdout).toBe("it's secret $(id)0\n");
  });

  test('a probe whose lane died is asked once more, in a second exec', async () => {
    const marker = join(tmpdir(), `fa-twice-${process.pid}`);
    const killOnce = `[ -f ${marker} ] && { rm ${marker}; echo second; exit 0; }; : >${marker}; read -r a b c lane d </proc/self/stat; kill -9 $lane; sleep 1`;
    const { answers, execs } = await local.collect([probe('a', killOnce), probe('b', 'echo b')], {
      timeoutSeconds: 20,
    });
    expect([answers.a!.stdout, answers.b!.stdout, execs]).toEqual(['second\n', 'b\n', 2]);
  });

  test('the limit and an interruption end everything', async () => {
    const hang = [probe('hang', 'trap "" TERM; sleep 100', { timeoutSeconds: 100 })];
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 300);
    const interrupted = await local.collect(hang, { timeoutSeconds: 50, signal: stop.signal });
    expect(interrupted).toMatchObject({ answers: {}, execs: 1, error: { code: 'lost' } });
    expect(await local.collect(hang, { timeoutSeconds: 8 })).toMatchObject({
      error: null,
      answers: { hang: { outcome: 'timed-out' } },
    });
  });
});

describe('this machine, as somebody else', () => {
  let folder: string;
  const path = process.env.PATH;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fa-bin-'));
    writeFileSync(join(folder, 'id'), '#!/bin/sh\necho 1000\n', { mode: 0o755 });
    process.env.PATH = `${folder}:${path}`;
  });
  afterEach(() => {
    process.env.PATH = path;
    rmSync(folder, { recursive: true });
  });

  test('goes through sudo -n, and everything is denied when that refuses', async () => {
    writeFileSync(
      join(folder, 'sudo'),
      '#!/bin/sh\n[ "$1" = -n ] && echo "sudo: a password is required" >&2\nexit 1\n',
      { mode: 0o755 },
    );
    const { answers, error, execs } = await local.collect([probe('a', 'echo 1')], { timeoutSeconds: 20 });
    expect(error).toMatchObject({ code: 'sudo', message: expect.stringContaining('this machine') });
    expect(answers.a).toMatchObject({ outcome: 'denied', code: null, stdout: '', digest: 'digest of a' });
    expect(execs).toBe(1);
  });

  test.runIf(asRoot)('is root when sudo allows it', async () => {
    writeFileSync(join(folder, 'sudo'), '#!/bin/sh\nshift\nexec "$@"\n', { mode: 0o755 });
    const { answers, error } = await local.collect([probe('a', 'echo 1')], { timeoutSeconds: 20 });
    expect([error, answers.a!.stdout]).toEqual([null, '1\n']);
  });
});

test('a replay hands over what was recorded, whatever is asked', async () => {
  const answer = {
    digest: 'old',
    outcome: 'exited',
    code: 0,
    stdout: 'x',
    stderr: '',
    truncated: false,
    ms: 1,
  } as const;
  const evidence = {
    host: { name: 'vps3', target: 'ssh://vps3' },
    hostClock: '2026-01-01T00:00:00Z',
    logins: 1,
    execs: 1,
    error: null,
    probes: { a: answer, c: answer },
  } as unknown as Evidence;
  const transport = replay(evidence);
  expect(transport.target).toBe('ssh://vps3');
  expect(await transport.collect([probe('a', 'now another question'), probe('b', '')], { timeoutSeconds: 1 })).toEqual({
    answers: { a: answer, c: answer },
    hostClock: '2026-01-01T00:00:00Z',
    logins: 1,
    execs: 1,
    error: null,
    recorded: evidence,
  });
});
