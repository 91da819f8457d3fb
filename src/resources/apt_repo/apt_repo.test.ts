import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectNothingFromPieces, look } from '../../../test/support/look.ts';
import repo from './index.ts';
import { fingerprints } from './openpgp.ts';

// The first packet of https://download.docker.com/linux/ubuntu/gpg: the key alone.
const key = [
  'mQINBFit2ioBEADhWpZ8/wvZ6hUTiXOwQHXMAlaFHcPH9hAtr4F1y2+OYdbtMuthlqqwp028AqyY+PRfVMtSYMbjuQuu5byyKR01BbqYhuS3jtqQmljZ/bJvXqnmiVXh',
  '38UuLa+z077PxyxQhu5BbqntTPQMfiyqEiU+BKbq2WmANUKQf+1AmZY/IruOXbnqL4C1+gJ8vfmXQt99npCaxEjaNRVYfOS8QcixNzHUYnb6emjlANyEVlZzeqo7XKl7',
  'UrwV5inawTSzWNvtjEjj4nJL8NsLwscpLPQUhTQ+7BbQXAwAmeHCUTQIvvWXqw0Ncmhh4HgeQscQHYgOJjjDVfoY5MucvglbIgCqfzAHW9jxmRL4qbMZj+b1XoePEtht',
  'ku4bIQN1X5P07fNWzlgaRL5Z4POXDDZTlIQ/El58j9kp4bnWRCJW0lya+f8ocodovZZ+Doi+fy4D5ZGrL4XEcIQP/Lv5uFyf+kQtl/94VFYVJOleAv8W92KdgDkhTcTD',
  'G7c0tIkVEKNUq48b3aQ64NOZQW7fVjfoKwEZdOqPE72Pa45jrZzvUFxSpdiNk2tZXYukHjlxxEgBdC/J3cMMNRE1F4NCA3ApfV1Y7/hTeOnmDuDYwr9/obA8t016Yljj',
  'q5rdkywPf4JF8mXUW5eCN1vAFHxeg9ZWemhBtQmGxXnw9M+z6hWwc6ahmwARAQAB',
];
const docker = '9DC858229FC7DD38854AE2D88D81803C0EBFCD88';
const bytes = Buffer.from(key.join(''), 'base64');
const armoured = `-----BEGIN PGP PUBLIC KEY BLOCK-----\nComment: x\n\n${key.join('\n')}\n=0YYh\n-----END PGP PUBLIC KEY BLOCK-----\n`;

const options = { host: 'download.docker.com' };
const deb822 = [
  'Types: deb',
  'URIs: https://download.docker.com/linux/ubuntu',
  'Suites: noble',
  'Components: stable',
  'Signed-By: /etc/apt/keyrings/docker.asc',
];
const ring = (path = '/etc/apt/keyrings/docker.asc', stat = '755|root|644|root|regular file', data = bytes) => [
  `keyring|${path}|${stat}`,
  ...(data.toString('base64').match(/.{1,76}/g) ?? []).map((line) => `data|${line}`),
];
const answer = (lines: string[], file = 'docker.sources', rings = ring()) =>
  [
    'codename|noble',
    `source|/etc/apt/sources.list.d/${file}`,
    ...lines.map((line) => `line|${line}`),
    ...rings,
    'end',
    '',
  ].join('\n');
const see = (...given: Parameters<typeof answer>) =>
  Object.fromEntries(
    look(repo, options, answer(...given)).map((each) => [each.fact, each.state === 'value' ? each.value : each.state]),
  );
const good = {
  configured: true,
  https: true,
  own_suite: true,
  signed: true,
  consistent: true,
  fingerprints: [docker],
  key_protected: true,
};

describe('apt_repo', () => {
  it('reads both forms', () => {
    expect(see(deb822)).toEqual(good);
    const line =
      'deb [arch=amd64 signed-by=/etc/apt/keyrings/docker.asc] https://download.docker.com/linux/ubuntu noble stable # docker';
    expect(see([line], 'docker.list')).toEqual(good);
    expect(look(repo, options, answer(['', line], 'docker.list')).find(({ fact }) => fact === 'https')).toMatchObject({
      where: '/etc/apt/sources.list.d/docker.list:2',
    });
  });

  it('tells nothing from pieces', () => expectNothingFromPieces(repo, options, answer(deb822)));

  it('does not find what is switched off, commented out or elsewhere', () => {
    expect(see([...deb822, 'Enabled: no'])).toMatchObject({ configured: false, https: 'absent' });
    expect(see(deb822.map((line) => `# ${line}`)).configured).toBe(false);
    expect(
      see(deb822.map((line) => line.replace('download.docker.com', 'download.docker.com.evil.example'))).configured,
    ).toBe(false);
    expect(
      see(deb822.map((line) => line.replace('download.docker.com', 'evil.example/download.docker.com'))).configured,
    ).toBe(false);
  });

  it('sees through', () => {
    expect(see([...deb822, 'Trusted: yes']).signed).toBe(false);
    expect(see([...deb822, 'Allow-Insecure: true']).signed).toBe(false);
    expect(
      see(
        [
          'deb [trusted=yes signed-by=/etc/apt/keyrings/docker.asc] https://download.docker.com/linux/ubuntu noble stable',
        ],
        'd.list',
      ).signed,
    ).toBe(false);
    expect(see(deb822.slice(0, 4))).toMatchObject({ signed: false, fingerprints: 'absent', key_protected: 'absent' });
    expect(see(deb822, 'docker.sources', [])).toMatchObject({ fingerprints: 'unknown', key_protected: false });
    expect(see(deb822, 'docker.sources', ring(undefined, '777|root|644|root|regular file')).key_protected).toBe(false);
    expect(see(deb822, 'docker.sources', ring(undefined, '755|root|644|eve|regular file')).key_protected).toBe(false);
    expect(see(deb822, 'docker.sources', ring(undefined, '755|root|600|root|regular file')).key_protected).toBe(false);
    expect(see(deb822, 'docker.sources', ring(undefined, '755|root|644|root|directory')).fingerprints).toBe('unknown');
    expect(see([...deb822, '', ...deb822.slice(0, 4), 'Signed-By: /other.asc']).consistent).toBe(false);
    expect(see(deb822.map((line) => line.replace('noble', 'noble noble-test'))).own_suite).toBe(false);
    expect(see([...deb822, 'what is this']).configured).toBe('unknown');
  });

  it('reads a key that stands in the source', () => {
    const inline = [
      'Signed-By:',
      ...armoured
        .trimEnd()
        .split('\n')
        .map((line) => ` ${line || '.'}`),
    ];
    expect(see([...deb822.slice(0, 4), ...inline], 'docker.sources', [])).toEqual(good);
  });
});

describe('fingerprints', () => {
  it('reads keys, armoured and not', () => {
    expect(fingerprints(bytes)).toEqual([docker]);
    expect(fingerprints(Buffer.from(armoured))).toEqual([docker]);
    expect(fingerprints(Buffer.from(armoured + armoured))).toEqual([docker]);
  });
  it('names another key, and one that is half there never', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), (length) => {
        expect(fingerprints(bytes.subarray(0, length))).toBeNull();
      }),
    );
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const other = Buffer.from(bytes);
        other[at] = other[at]! ^ flip;
        expect(fingerprints(other) ?? []).not.toContain(docker);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array(), (any) => {
        expect(fingerprints(Buffer.from(any)) ?? []).not.toContain(docker);
      }),
    );
  });
});
