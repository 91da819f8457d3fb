import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import type { OutsideProbe } from '../model/probe.ts';
import { notPublic } from './address.ts';
import { firstTarget, otherTargets } from './targets.ts';

const probe: OutsideProbe = {
  kind: 'outside',
  name: 'outside.tcp4',
  family: 4,
  protocol: 'tcp',
  ports: 'all',
  again: [],
  knownPort: 22,
  address: null,
  nearby: false,
  aim: () => null,
};

describe('what is looked at', () => {
  it.each([
    ['127.0.0.1', 'loopback'],
    ['10.1.2.3', 'private'],
    ['172.31.0.1', 'private'],
    ['192.168.1.1', 'private'],
    ['100.100.1.1', 'tailnet'],
    ['169.254.169.254', 'link-local'],
    ['fe80::1', 'link-local'],
    ['fd7a:115c:a1e0::1', 'private'],
    ['::1', 'loopback'],
    ['224.0.0.1', 'no address of a host'],
  ])('%s is not on the internet', async (address, kind) => {
    expect(notPublic(address)).toContain(kind);
    const family = address.includes(':') ? 6 : 4;
    await expect(firstTarget({ ...probe, family, address }, null)).rejects.toMatchObject({ outcome: 'no-vantage' });
  });

  it.each(['198.18.0.2', '203.0.113.1', '172.32.0.1', '100.128.0.1', '2001:db8::1'])('%s may be', (address) => {
    expect(notPublic(address)).toBeNull();
  });

  it('is never this machine itself, whatever the operator says', async () => {
    const own = Object.values(networkInterfaces()).flatMap((list) =>
      (list ?? []).filter((each) => each.family === 'IPv4'),
    );
    for (const { address } of own) {
      const seen = firstTarget({ ...probe, nearby: true }, { address, port: 22 });
      await expect(seen).rejects.toThrow(/this machine itself/);
    }
    await expect(firstTarget({ ...probe, nearby: true, address: '127.1.2.3' }, null)).rejects.toThrow(/loopback/);
  });

  it('has to be said behind a jump host, as an address', async () => {
    await expect(firstTarget(probe, 'behind a jump host')).rejects.toThrow(/outside_address=/);
    await expect(firstTarget({ ...probe, address: 'vps3' }, null)).rejects.toThrow(/"vps3", which is no IP address/);
    await expect(firstTarget(probe, null)).rejects.toMatchObject({ outcome: 'lost' });
  });

  it('is nothing when it is of the other family', async () => {
    expect(await firstTarget({ ...probe, family: 6 }, { address: '198.18.0.2', port: 22 })).toBeNull();
  });

  it('is no whole network', async () => {
    const addresses = Array.from({ length: 9 }, (_, at) => `203.0.113.${at + 1}`);
    await expect(otherTargets(probe, null, { addresses, ports: [] })).rejects.toThrow(/9|10/);
    expect(await otherTargets(probe, null, null)).toEqual([]);
  });
});
