import { describe, expect, it } from 'vitest';
import { expectNothingFromPieces, look, told } from '../../../test/support/look.ts';
import updates from './index.ts';

const lists = '/var/lib/apt/lists/archive.ubuntu.com_ubuntu_dists_noble';
const quiet = `now|1795399585
stamp|1795398137|/var/lib/apt/periodic/update-success-stamp
stamp|1795300000|/var/lib/apt/lists
release|${lists}-security_InRelease|Label: Ubuntu
release|${lists}-security_InRelease|Suite: noble-security
release|${lists}-security_InRelease|Date: Sat, 21 Nov 2026 00:53:03 UTC
release|${lists}_InRelease|Label: Ubuntu
release|${lists}_InRelease|Suite: noble
release|${lists}_InRelease|Date: Thu, 25 Apr 2024 15:10:33 UTC
list|${lists}-security_main_binary-amd64_Packages
list|${lists}_main_binary-amd64_Packages.lz4
code|0
apt|Reading package lists...
apt|0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.
end
`;
const day = 86400;
const see = (text: string, options = {}) => told(look(updates, options, text));
const pending = (inst: string, counts: string, more = '') =>
  see(
    quiet
      .replace('apt|0 upgraded, 0 newly installed, 0 to remove', `${inst}apt|${counts}`)
      .replace('code|', `${more}code|`),
  );

describe('updates', () => {
  it('reads a host with nothing to do', () => {
    expect(see(quiet)).toEqual({ security: [], pending: [], security_archive: true, lists_age: 1448 });
  });

  it('tells nothing from pieces', () => expectNothingFromPieces(updates, {}, quiet));

  it('tells security updates of Ubuntu, ESM and Debian from others', () => {
    const inst = `apt|Inst openssl [3.0.13-0ubuntu3.1] (3.0.13-0ubuntu3.4 Ubuntu:24.04/noble-updates, Ubuntu:24.04/noble-security [amd64])
apt|Inst vim [9.1.0] (9.1.1 Ubuntu:24.04/noble-updates [amd64]) []
apt|Inst htop [3.3] (3.3+esm1 UbuntuESMApps:24.04/noble-apps-security [amd64])
apt|Inst linux-image-6.1.0-40-amd64 (6.1.153-1 Debian-Security:12/stable-security [amd64])
apt|Conf openssl (3.0.13-0ubuntu3.4 Ubuntu:24.04/noble-updates [amd64])
`;
    const seen = pending(inst, '3 upgraded, 1 newly installed, 0 to remove');
    expect(seen.security).toEqual(['openssl', 'htop', 'linux-image-6.1.0-40-amd64']);
    expect(seen.pending).toHaveLength(4);
  });

  it('names what a hold keeps back', () => {
    const inst = 'apt|Inst openssl [1] (2 Ubuntu:24.04/noble-security [amd64])\n';
    const counts = 'apt|1 upgraded, 0 newly installed, 0 to remove';
    const text = quiet
      .replace('apt|0 upgraded, 0 newly installed, 0 to remove', inst + counts)
      .replace('code|', 'held|openssl\ncode|');
    expect(look(updates, {}, text)[0]).toMatchObject({
      value: ['openssl'],
      note: 'held back by apt-mark hold: openssl',
    });
  });

  it.each([
    ['fewer lines than apt counted', '', '1 upgraded, 0 newly installed, 0 to remove'],
    ['a line that is not understood', 'apt|Inst openssl\n', '1 upgraded, 0 newly installed, 0 to remove'],
    ['no count', '', 'nothing'],
  ])('believes nothing with %s', (_name, inst, counts) => {
    expect(pending(inst, counts)).toMatchObject({ security: 'unknown', pending: 'unknown' });
  });

  it('passes on why apt could not', () => {
    const text = quiet.replace('code|0', 'code|100').replace('apt|Reading', 'apt|E: dpkg was interrupted\napt|Reading');
    expect(look(updates, {}, text)[0]).toMatchObject({ state: 'unknown', message: 'E: dpkg was interrupted' });
  });

  it.each([
    ['old lists', quiet.replace('now|1795399585', `now|${1795398137 + 3 * day + 1}`), {}],
    ['lists that are old to this control', quiet, { max_age: '10m' }],
    ['lists of tomorrow', quiet.replace('stamp|1795398137', `stamp|${1795399585 + day}`), {}],
    ['no stamp', quiet.replace(/stamp\|.*\n/g, ''), {}],
    ['new stamps on old lists', quiet.replace('21 Nov', '07 Nov'), {}],
  ])('calls it stale with %s', (_name, text, options) => {
    for (const fact of ['security', 'pending']) {
      expect(look(updates, options, text).find((each) => each.fact === fact)).toMatchObject({
        state: 'unknown',
        code: 'stale',
      });
    }
  });

  it('does not mind that the archive of a release is never signed again', () => {
    expect(see(quiet.replace('25 Apr 2024', '25 Apr 2019')).security).toEqual([]);
  });

  it('notices that no security archive is used', () => {
    expect(see(quiet.replace(`list|${lists}-security_main_binary-amd64_Packages\n`, '')).security_archive).toBe(false);
    expect(see(quiet.replace(/list\|.*\n/g, '')).security_archive).toBe('unknown');
  });
});
