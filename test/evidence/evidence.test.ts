import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { digestOfProbe, redact, saveEvidence, writeAtomically } from '../../src/evidence/index.ts';
import type { Answer } from '../../src/model/evidence.ts';
import type { HostProbe } from '../../src/model/probe.ts';
import { evidenceOf } from '../support/evidence.ts';
import { folderWith } from '../support/folder.ts';

const probe = (more: Partial<HostProbe> = {}) => ({
  kind: 'host' as const,
  name: 'p',
  run: 'cat /etc/shadow',
  digest: 'd',
  ...more,
});
const answer = (more: Partial<Answer> = {}): Answer => ({
  digest: 'd',
  outcome: 'exited',
  code: 0,
  stdout: 'hunter2',
  stderr: 'hunter2: Permission denied',
  truncated: false,
  ms: 1,
  ...more,
});

describe('secrets end where answers become evidence', () => {
  const keepLength = probe({ reduce: (text) => `length ${text.length}` });

  test('reduce runs, and of the error text only the words of the system survive', () => {
    expect(redact([keepLength], { p: answer() }, 's').p).toMatchObject({
      stdout: 'length 7',
      stderr: 'Permission denied',
    });
  });
  test.each(['timed-out', 'truncated', 'lost', 'denied'] as const)('an answer that %s leaves nothing', (outcome) => {
    expect(JSON.stringify(redact([keepLength], { p: answer({ outcome }) }, 's'))).not.toContain('hunter2');
  });
  test('a reduce that throws leaves nothing, and no value', () => {
    const broken = probe({
      reduce: () => {
        throw new Error('hunter2');
      },
    });
    const { p } = redact([broken], { p: answer() }, 's');
    expect(p).toMatchObject({ outcome: 'lost', code: null, stdout: '', stderr: '' });
  });
  test('an answer that repeats a secret that was sent does not keep it', () => {
    const said = { p: answer({ stdout: 'AUTH hunter2 hunter2' }) };
    expect(redact([probe()], said, 's', ['hunter2']).p).toMatchObject({
      stdout: 'AUTH [secret] [secret]',
      stderr: '[secret]: Permission denied',
    });
  });
  test('answers to questions that were not asked are dropped', () => {
    expect(redact([probe()], { p: answer(), other: answer() }, 's')).toEqual({ p: answer() });
  });
});

describe('digests', () => {
  test('depend on what is asked, not on what it is called', () => {
    expect(digestOfProbe(probe())).toBe(digestOfProbe(probe({ name: 'q' })));
    for (const other of [
      probe({ run: 'x' }),
      probe({ timeoutSeconds: 3 }),
      probe({ maxBytes: 9 }),
      probe({ reduce: () => '' }),
    ]) {
      expect(digestOfProbe(other)).not.toBe(digestOfProbe(probe()));
    }
  });
});

describe('files are written whole or not at all', () => {
  test('a new file replaces the old one and leaves no other', async () => {
    const folder = folderWith({ 'a.json': 'old' });
    await writeAtomically(join(folder, 'a.json'), 'new');
    expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe('new');
    expect(readdirSync(folder)).toEqual(['a.json']);
  });
  test('a failure leaves the old one, and no temporary', async () => {
    const folder = folderWith({ 'a/b': 'old' });
    await expect(writeAtomically(join(folder, 'a'), 'new')).rejects.toThrow(/EISDIR|ENOTEMPTY|directory/);
    expect(readdirSync(folder)).toEqual(['a']);
    expect(readFileSync(join(folder, 'a/b'), 'utf8')).toBe('old');
  });
  test('evidence is for its owner alone', async () => {
    const folder = folderWith({});
    await saveEvidence(join(folder, 'deep/e.json'), evidenceOf({}));
    expect(statSync(join(folder, 'deep/e.json')).mode & 0o777).toBe(0o600);
  });
});
