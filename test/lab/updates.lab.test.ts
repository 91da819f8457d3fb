import { describe, expect, it } from 'vitest';
import { boot, type LabHost } from '../../lab/index.ts';
import { RELEASES } from '../../lab/types.ts';
import { updatesProbe } from '../../src/resources/updates/probe.ts';
import { unavailable } from './unavailable.ts';

const written =
  'find /var/cache /var/lib/apt /var/lib/dpkg /run/mount -printf "%p %s %T@ %C@\\n" | sort; cat /proc/1/mountinfo';

/** apt rewrites its caches whenever they do not fit the lists, even when it only looks. */
describe.skipIf(unavailable)('the updates probe writes nothing', () => {
  it.each(RELEASES)('on %s: without caches, with them, and with old ones', async (release) => {
    const host = await boot({ release, layer: 'hardened' });
    try {
      await expectLeavesAlone(host, 'rm -f /var/cache/apt/*.bin');
      await expectLeavesAlone(host, 'apt-get -s upgrade && test -s /var/cache/apt/pkgcache.bin');
      await expectLeavesAlone(host, 'touch /var/lib/apt/lists/*_Packages');
      await expectLeavesAlone(host, 'rm /usr/bin/unshare');
    } finally {
      await host.stop();
    }
  });
});

async function expectLeavesAlone(host: LabHost, first: string): Promise<void> {
  expect((await host.exec(first)).code).toBe(0);
  const before = await host.exec(written);
  const { stdout } = await host.exec(`export LC_ALL=C\n${updatesProbe.run}`);
  expect(stdout).toMatch(/\ninstalled\|(\d+)\ncode\|apt-cache\|0\nknown\|\1\nend\n$/);
  expect(await host.exec(written)).toEqual(before);
}
