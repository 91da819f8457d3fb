import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../model/evidence.ts';
import type { Observation } from '../../model/observation.ts';
import file from './index.ts';

const env = '/home/fleetclaw/fleetclaw/.env';
const way =
  'way|755|0|directory|root|/\nway|755|0|directory|root|/home\nway|700|1001|directory|fleetclaw|/home/fleetclaw\n';
const good = `file|600|251|1001|1001|regular file|fleetclaw|fleetclaw\nnolink\n${way}getfacl\nuser::rw-\ngroup::---\nother::---\nend\n`;

function look(stdout: string, options: Record<string, unknown> = {}, rest: Partial<Answer> = {}): Observation[] {
  const select = { path: env, ...options } as never;
  const answer: Answer = {
    digest: '',
    outcome: 'exited',
    code: 0,
    stdout,
    stderr: '',
    truncated: false,
    ms: 3,
    ...rest,
  };
  return file.read(select, { [file.probes(select)[0]!.name]: answer });
}

function told(observations: Observation[]): Record<string, unknown> {
  return Object.fromEntries(observations.map((each) => [each.fact, each.state === 'value' ? each.value : each.state]));
}

describe('file', () => {
  it('reads a file as Debian 13 shows it', () => {
    expect(told(look(good, { trusted: ['root', 'fleetclaw'] }))).toEqual({
      exists: true,
      type: 'file',
      mode: '0600',
      owner: 'fleetclaw',
      group: 'fleetclaw',
      size: 251,
      symlink: false,
      target: 'absent',
      acl: [],
      parents_protected: true,
    });
  });

  it('knows an empty file, setuid digits and owners without a name', () => {
    const told_ = told(
      look('file|4600|0|4711|0|regular empty file|UNKNOWN|wheel\nnolink\nway|755|0|directory|root|/\nnoacl\nend\n'),
    );
    expect(told_).toMatchObject({ type: 'file', mode: '4600', owner: '4711', group: 'root', acl: 'unknown' });
  });

  it('does not take another id for root because passwd calls it so', () => {
    expect(told(look(good.replace('|1001|1001|regular file|fleetclaw', '|1001|1001|regular file|root')))).toMatchObject(
      { owner: '1001' },
    );
  });

  it('lists what an ACL grants beyond the mode, and not the mask', () => {
    const entries = 'user::rw-\nuser:www-data:r--\ngroup::---\nmask::r--\nother::---\n';
    expect(told(look(good.replace(/user::[^]*other::---\n/, entries)))).toMatchObject({ acl: ['user:www-data:r--'] });
  });

  it.each([
    ['ls|-rw------- ', []],
    ['ls|-rw-------.', []],
    ['ls|-rw-------+', 'unknown'],
    ['ls|', 'unknown'],
    ['noacl', 'unknown'],
  ])('without getfacl takes %j for %j', (line, acl) => {
    expect(told(look(good.replace(/getfacl[^]*other::---/, line)))).toMatchObject({ acl });
  });

  it('says what a link leads to, line breaks and all', () => {
    const link = `file|777|9|0|0|symbolic link|root|root\nlink|/etc/x\x01end\x01\n${way}end\n`;
    expect(told(look(link))).toMatchObject({
      type: 'symlink',
      symlink: true,
      target: '/etc/x\nend',
      mode: '0777',
      acl: [],
    });
  });

  it('proves an absence only by the words for it', () => {
    const none = (words: string) => told(look(`none|stat: cannot statx '${env}': ${words}\n${way}end\n`));
    expect(none('No such file or directory')).toMatchObject({ exists: false, mode: 'absent' });
    expect(none('Not a directory')).toMatchObject({ exists: false });
    expect(none('Permission denied')).toMatchObject({ exists: 'unknown', mode: 'unknown' });
    expect(none('Too many levels of symbolic links')).toMatchObject({ exists: 'unknown' });
    expect(none('No such file or directory: Permission denied')).toMatchObject({ exists: 'unknown' });
  });

  it.each([
    ['way|775|0|directory|root|/srv', false],
    ['way|757|0|directory|root|/srv', false],
    ['way|1777|0|directory|root|/tmp', true],
    ['way|755|1002|directory|mallory|/srv', false],
    ['way|777|0|symbolic link|root|/srv/link', true],
    ['way|777|1002|symbolic link|mallory|/tmp/link', false],
  ])('judges %s as %s', (step, value) => {
    const parents = look(`file|600|1|0|0|regular file|root|root\nnolink\n${step}\nnoacl\nend\n`);
    expect(parents.filter((each) => each.fact === 'parents_protected')).toMatchObject([{ value }]);
  });

  it.each(['odd', 'loop', 'lost'])('cannot vouch for a way that ends with %s', (word) => {
    const parents = look(good.replace('getfacl', `${word}\ngetfacl`)).filter(
      (each) => each.fact === 'parents_protected',
    );
    expect(parents.at(-1)).toMatchObject({ state: 'unknown', label: env });
  });

  it('speaks of every fact when nothing came back', () => {
    for (const outcome of ['timed-out', 'lost', 'denied', 'truncated'] as const) {
      const seen = look('', {}, { outcome, code: null });
      expect(seen.map((each) => each.fact).sort()).toEqual(Object.keys(file.facts).sort());
      expect(seen.every((each) => each.state === 'unknown')).toBe(true);
    }
  });

  it('never gets a value out of a cut answer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: good.length - 1 }), (length) => {
        expect(look(good.slice(0, length)).every((each) => each.state === 'unknown')).toBe(true);
      }),
    );
  });

  it('never gets an unseen mode or owner out of garbled answers', () => {
    fc.assert(
      fc.property(fc.nat(good.length), fc.nat(30), fc.string(), (at, length, text) => {
        const garbled = good.slice(0, at) + text + good.slice(at + length);
        for (const each of look(garbled)) {
          if (each.state === 'value' && ['mode', 'owner'].includes(each.fact)) {
            expect(garbled).toContain(String(each.value).replace(/^0+(?=.)/, ''));
          }
        }
      }),
    );
  });
});
