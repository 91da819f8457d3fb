import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HostProbe } from '../../model/probe.ts';
import { isPlaceholder } from './placeholder.ts';
import { parseDotenv } from './dotenv.ts';
import { reduce } from './reduce.ts';
import envFile from './index.ts';

const dir = '/home/fleetclaw/fleetclaw';
const nogit = 'nogit|fatal: not a git repository (or any of the parent directories): .git\n';
const main = (...lines: string[]) =>
  `main|600|1001|fleetclaw|regular file\n${lines.map((line) => `|${line}\n`).join('')}`;
const good = `dir\n${main('REDIS_URL=redis://redis:6379', 'TOKEN=7294610583:OBwHbsSZ2tWEMBhoBFYL')}${nogit}end\n`;

function look(raw: string) {
  const probe = envFile.probes({ dir } as never)[0] as HostProbe;
  const stdout = probe.reduce!(raw, 'salt');
  const answer = { digest: '', outcome: 'exited', code: 0, stdout, stderr: '', truncated: false, ms: 1 } as const;
  return envFile.read({ dir } as never, { [probe.name]: answer });
}

const states = (raw: string, fact: string) =>
  look(raw)
    .filter((each) => each.fact === fact)
    .map((each) => (each.state === 'value' ? each.value : each.state));

describe('env_file', () => {
  it('reads a host where all is well', () => {
    const told = Object.fromEntries(
      look(good).map((each) => [each.fact, each.state === 'value' ? each.value : each.state]),
    );
    expect(told).toEqual({ keys: 2, placeholders: [], copies: [], templates_with_secrets: [], tracked: [] });
  });

  it('names keys with template values, but no word that may be a secret', () => {
    const raw = good.replace(
      '|TOKEN=',
      '|A=your_key\n|s3cretWord=changeme\n|B = "generate_secure_password_here"\n|TOKEN=',
    );
    expect(states(raw, 'placeholders')).toEqual([['A', 'line 3', 'B']]);
  });

  it('says both what it saw and that it did not see all', () => {
    expect(states(good.replace('|TOKEN=', '|A=changeme\n|MIIEvQIBADANBg\n|TOKEN='), 'placeholders')).toEqual([
      ['A'],
      'unknown',
    ]);
    expect(states(good.replace('|TOKEN=', '|MIIEvQIBADANBg\n|TOKEN='), 'placeholders')).toEqual(['unknown']);
    expect(states(good.replace('nogit', 'long\nnogit'), 'placeholders')).toEqual(['unknown']);
    expect(states(good.replace('nogit', 'odd\nnogit'), 'copies')).toEqual(['unknown']);
  });

  it('lists copies, but not templates nor what is no file', () => {
    const files = `copy|644|0|root|regular file|${dir}/.env.bak\ntemplate|644|0|root|regular file|${dir}/.env.example\n|TOKEN=your_token\ncopy|755|0|root|directory|${dir}/.env.d\n`;
    const raw = good.replace('nogit', `${files}nogit`);
    expect(states(raw, 'copies')).toEqual([[{ name: `${dir}/.env.bak`, mode: '0644', owner: 'root' }]]);
    expect(states(raw, 'templates_with_secrets')).toEqual([[]]);
  });

  it('finds a secret of the file in a template, even behind a comment sign, and no common setting', () => {
    const template = (line: string) =>
      good.replace('nogit', `template|644|0|root|regular file|${dir}/x.env.template\n|${line}\nnogit`);
    expect(states(template('# TOKEN=7294610583:OBwHbsSZ2tWEMBhoBFYL'), 'templates_with_secrets')).toEqual([
      [`${dir}/x.env.template`],
    ]);
    expect(states(template('REDIS_URL=redis://redis:6379'), 'templates_with_secrets')).toEqual([[]]);
  });

  it.each([
    ['git\n', [[]]],
    ['git\ntracked|.env\ntracked|a/.env.example\n', [['.env']]],
    ['nogit|\n', [[]]],
    ['nogit|git is not installed\n', ['unknown']],
    ["nogit|fatal: detected dubious ownership in repository at '/home'\n", ['unknown']],
    ['nogit|fatal: not a git repository: /gone/.git/worktrees/x\n', ['unknown']],
  ])('takes %j for %j', (words, expected) => expect(states(good.replace(nogit, words), 'tracked')).toEqual(expected));

  it('proves an absence by its words only', () => {
    const none = (words: string) => look(`none|stat: cannot statx '${dir}': ${words}\nend\n`).map(({ state }) => state);
    expect(new Set(none('No such file or directory'))).toEqual(new Set(['absent']));
    expect(new Set(none('Permission denied'))).toEqual(new Set(['unknown']));
    const nomain = (words: string) => `dir\nnomain|stat: cannot statx '${dir}/.env': ${words}\n${nogit}end\n`;
    expect(states(nomain('No such file or directory'), 'keys')).toEqual(['absent']);
    expect(states(nomain('Input/output error'), 'keys')).toEqual(['unknown']);
  });

  it('never gets a value out of a cut answer', () => {
    fc.assert(
      fc.property(fc.nat(good.length - 2), (length) =>
        look(good.slice(0, length)).every(({ state }) => state === 'unknown'),
      ),
    );
  });
});

describe('what is kept', () => {
  const secret = fc.stringMatching(/^[a-z][A-Za-z0-9+/]{11,40}$/);
  it('never holds a value, however the line is written', () => {
    const line = fc.constantFrom(
      'K=%',
      'export K="%"',
      "K='%'",
      '%',
      '%=',
      'K: %',
      '# %',
      'K="%',
      ' %==',
      'k.%=1',
      '"%"',
    );
    fc.assert(
      fc.property(secret, fc.array(line, { minLength: 1 }), fc.nat(200), (value, lines, cut) => {
        const raw = `dir\n${main(...lines.map((each) => each.replace('%', value)))}${nogit}end\n`;
        expect(reduce(raw)).not.toContain(value);
        expect(reduce(raw.slice(0, cut))).not.toContain(value);
      }),
    );
  });

  it('lets no line through that the probe does not print', () => {
    expect(reduce('dir\nhunter2\nend\n')).toBe('dir\nodd\nend\n');
  });
});

describe('values', () => {
  it.each([
    'your_fireworks_api_key',
    'generate_secure_token_here',
    '123456789',
    '123456789:AAF',
    'changeme',
    'CHANGE_ME!',
    '<token>',
    'xxxx',
    'redis://admin:your_secure_password_here@redis:6379',
    'https://your-gps-provider.com/api',
    'password',
    'TODO',
    '${NOT_SET:-your_bot_token_here}',
    '${NOT_SET-generate_secure_password_here}',
    'please_change_me',
  ])('%s is a placeholder', (value) => expect(isPlaceholder(value)).toBe(true));
  it.each([
    'redis://redis:6379',
    'UTC',
    '06:00',
    '7294610583:AAF',
    'https://at-your-service.io',
    '1234567891',
    'todomvc',
    'info',
    'a8f2changed',
    '["a"]',
  ])('%s is not', (value) => expect(isPlaceholder(value)).toBe(false));

  it('reads quotes, comments, spans of lines', () => {
    expect(
      parseDotenv([
        '# c',
        '',
        'export A = "x # y" # z',
        "B='it''s",
        'C="-----',
        'a=b',
        'z\\""',
        'D=1 # c',
        'E=a#b',
        'F=',
        'G="open',
      ]),
    ).toEqual([
      { line: 3, key: 'A', value: 'x # y' },
      { line: 4, key: 'B', value: 'it' },
      { line: 5, key: 'C', value: '-----\na=b\nz\\"' },
      { line: 8, key: 'D', value: '1' },
      { line: 9, key: 'E', value: 'a#b' },
      { line: 10, key: 'F', value: '' },
      { line: 11, key: null, value: 'open' },
    ]);
  });
});
