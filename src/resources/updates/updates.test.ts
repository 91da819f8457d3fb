import { describe, expect, it } from 'vitest';
import { expectNothingFromPieces, look, told } from '../../../test/support/look.ts';
import type { Answer } from '../../model/evidence.ts';
import type { Resource } from '../resource.ts';
import updates from './index.ts';

const lists = '/var/lib/apt/lists/archive.ubuntu.com_ubuntu_dists_noble';
const site = 'http://archive.ubuntu.com/ubuntu';
const quiet = `now|1795399585
stamp|1795398137|/var/lib/apt/periodic/update-success-stamp
stamp|1795300000|/var/lib/apt/lists
release|${lists}-security_InRelease|Label: Ubuntu
release|${lists}-security_InRelease|Suite: noble-security
release|${lists}-security_InRelease|Date: Sat, 21 Nov 2026 00:53:03 UTC
release|${lists}_InRelease|Label: Ubuntu
release|${lists}_InRelease|Suite: noble
release|${lists}_InRelease|Date: Thu, 25 Apr 2024 15:10:33 UTC
list|${lists}-security_main_binary-amd64_Packages|${site}/dists/noble-security/main/binary-amd64/Packages.gz
list|${lists}_main_binary-amd64_Packages.lz4|${site}/dists/noble/main/binary-amd64/Packages.gz
code|dpkg-query|0
installed|217
code|apt-cache|0
known|217
end
`;
const row = (base: string, suite: string) =>
  ['Origin: Ubuntu', 'Label: Ubuntu', `Suite: ${suite}`, 'Codename: noble']
    .map((each) => `release|${base}_InRelease|${each}\n`)
    .join('');
const archives = `${row(`${lists}-security`, 'noble-security')}${row(lists, 'noble')}end\n`;
const os = 'file|/etc/os-release\nline|ID=ubuntu\nline|VERSION_CODENAME=noble\nend\n';
const lookAt = (options: object, text: string | object) => look(updates, options, text, archives, os);
const answer = (stdout: string): Answer => ({
  digest: '',
  outcome: 'exited',
  code: 0,
  stdout,
  stderr: '',
  truncated: false,
  ms: 1,
});
const day = 86400;
const see = (text: string, options = {}) => told(lookAt(options, text));
const having = (rows: string) => quiet.replace('known|', `${rows}known|`);
const openssl = `newer|openssl|3.0.13-0ubuntu3.4|3.0.13-0ubuntu3.4
from|openssl|3.0.13-0ubuntu3.4|${site} noble-security/main amd64 Packages
`;

describe('updates', () => {
  it('reads a host with nothing to do', () => {
    expect(see(quiet)).toEqual({ security: [], pending: [], security_archive: true, lists_age: 1448 });
  });

  it('tells nothing from pieces', () => {
    const [first, ...others] = updates.probes({});
    const rest = Object.fromEntries(others.map(({ name }, at) => [name, answer([archives, os][at]!)]));
    const alone: Resource = {
      ...updates,
      probes: () => [first!],
      read: (_options, answers) => updates.read({}, { ...rest, ...answers }),
    };
    expectNothingFromPieces(alone, {}, quiet);
  });

  it('tells security updates from others', () => {
    const vim = `newer|vim|9.1.1|9.1.1\nfrom|vim|9.1.1|${site} noble/main amd64 Packages\n`;
    const seen = see(having(openssl + vim));
    expect(seen.security).toEqual(['openssl']);
    expect(seen.pending).toEqual(['openssl', 'vim']);
  });

  it.each([
    ['ESM', 'https://esm.ubuntu.com/apps/ubuntu noble-apps-security/main amd64 Packages', ''],
    [
      'an archive that only its label tells',
      'http://mirror.example/lts stable/updates/main amd64 Packages',
      `list|/l/mirror_dists_stable_updates_main_binary-amd64_Packages|http://mirror.example/lts/dists/stable/updates/main/binary-amd64/Packages.xz
release|/l/mirror_dists_stable_updates_InRelease|Label: Debian-Security
`,
    ],
    [
      'a flat archive',
      'http://mirror.example/sec ./ amd64 Packages',
      `list|/l/mirror_._Packages|http://mirror.example/sec/./Packages
release|/l/mirror_._InRelease|Label: Debian-Security
`,
    ],
  ])('knows %s', (_name, place, rows) => {
    const seen = see(having(`${rows}newer|htop|2|2\nfrom|htop|2|${place}\n`));
    expect(seen.security).toEqual(['htop']);
  });

  it('sees a security update below a newer version of another archive', () => {
    const newer = openssl.replaceAll('3.0.13-0ubuntu3.4|3.0.13-0ubuntu3.4', '3.0.13-0ubuntu3.4|9');
    const backport = `newer|openssl|9|9\nfrom|openssl|9|${site} noble/main amd64 Packages\n`;
    const [security] = lookAt({}, having(backport + newer));
    expect(security).toEqual(expect.objectContaining({ value: ['openssl'] }));
    expect(security).not.toHaveProperty('note');
  });

  it('names what a hold keeps back', () => {
    expect(lookAt({}, having(`held|openssl\n${openssl}`))[0]).toMatchObject({
      value: ['openssl'],
      note: 'held back by apt-mark hold: openssl',
    });
  });

  it('names what a pin keeps back, which is not pending', () => {
    const pinned = having(openssl.replace('|3.0.13-0ubuntu3.4\nfrom', '|3.0.13-0ubuntu3.1\nfrom'));
    expect(lookAt({}, pinned)[0]).toMatchObject({ value: ['openssl'], note: 'held back by a pin: openssl' });
    expect(see(pinned).pending).toEqual([]);
  });

  it.each([
    ['a package that apt does not know', quiet.replace('known|217', 'known|216')],
    ['no package at all', quiet.replace('installed|217', 'installed|0').replace('known|217', 'known|0')],
    ['a newer version of no archive', having('newer|vim|9.1.1|9.1.1\n')],
    ['a newer version of an unknown archive', having('newer|vim|2|2\nfrom|vim|2|http://x ./ amd64 Packages\n')],
    ['an archive without a Release file', having(openssl.replace('-security/main', '/restricted'))],
    ['a line that is not understood', having('odd|  Installed: (none)\n')],
  ])('believes nothing with %s', (_name, text) => {
    expect(see(text)).toMatchObject({ security: 'unknown', pending: 'unknown' });
  });

  it.each(['dpkg-query', 'apt-cache'])('passes on that %s could not', (tool) => {
    expect(lookAt({}, quiet.replace(`code|${tool}|0`, `code|${tool}|100`))[0]).toMatchObject({
      state: 'unknown',
      message: `${tool} could not tell what is installed and what is newer`,
    });
  });

  it.each([
    ['old lists', quiet.replace('now|1795399585', `now|${1795398137 + 3 * day + 1}`), {}],
    ['lists that are old to this control', quiet, { max_age: '10m' }],
    ['lists of tomorrow', quiet.replace('stamp|1795398137', `stamp|${1795399585 + day}`), {}],
    ['no stamp', quiet.replace(/stamp\|.*\n/g, ''), {}],
    ['new stamps on old lists', quiet.replace('21 Nov', '07 Nov'), {}],
  ])('calls it stale with %s', (_name, text, options) => {
    for (const fact of ['security', 'pending']) {
      expect(lookAt(options, text).find((each) => each.fact === fact)).toMatchObject({
        state: 'unknown',
        code: 'stale',
      });
    }
  });

  it('does not mind that the archive of a release is never signed again', () => {
    expect(see(quiet.replace('25 Apr 2024', '25 Apr 2019')).security).toEqual([]);
  });

  it('notices that no security archive is used', () => {
    expect(see(quiet.replace(/list\|.*-security.*\n/, '')).security_archive).toBe(false);
    expect(see(quiet.replace(/list\|.*\n/g, '')).security_archive).toBe('unknown');
  });

  const more = (component: string, word = 'list') =>
    quiet.replace(
      'code|dpkg',
      `list|${lists}_universe_binary-amd64_Packages|${site}/u\n${word}|${lists}-security_${component}_binary-amd64_Packages|${site}/s\ncode|dpkg`,
    );
  it.each([
    ['of another component only', quiet.replace('-security_main', '-security_universe'), 'main'],
    ['of one of two components', more('multiverse'), 'universe'],
    [
      'that holds nothing for main',
      quiet.replace('list|' + lists + '-security', 'empty|' + lists + '-security'),
      'main',
    ],
  ])('does not take a security archive %s', (_name, text, missing) => {
    expect(lookAt({}, text).find(({ fact }) => fact === 'security_archive')).toMatchObject({
      value: false,
      note: expect.stringContaining(`none of noble has ${missing};`),
    });
  });

  it('takes a security archive of each component, though one has nothing yet', () => {
    expect(see(more('universe')).security_archive).toBe(true);
    expect(see(more('universe', 'empty')).security_archive).toBe(true);
  });

  it("does not take another release's security archive", () => {
    const older = archives.replace(/(noble-security_InRelease\|(Suite|Codename): )noble/g, '$1jammy');
    const seen = look(updates, {}, quiet, older, os);
    expect(told(seen).security_archive).toBe(false);
    expect(told(look(updates, {}, quiet, archives)).security_archive).toBe('unknown');
  });
});
