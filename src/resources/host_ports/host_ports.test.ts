import { describe, expect, it } from 'vitest';
import { expectNothingFromPieces, look } from '../../../test/support/look.ts';
import hostPorts from './index.ts';

const sockets = (...lines: string[]) => `${lines.map((line) => `socket|${line}\n`).join('')}end\n`;
const sshd = 'tcp LISTEN 0 128 0.0.0.0:22 0.0.0.0:* users:(("sshd",pid=128,fd=6))';
const redis = 'tcp LISTEN 0 4096 127.0.0.1:6379 0.0.0.0:* users:(("docker-proxy",pid=562,fd=4))';
const peerapi = 'tcp LISTEN 0 0 100.100.1.1:50000 0.0.0.0:* users:(("tailscaled",pid=1,fd=1))';
const open = 'tcp LISTEN 0 4096 *:6379 *:* users:(("redis-server",pid=562,fd=4))';
const options = { allow_tcp: ['22'], allow_udp: ['41641'] };
const see = (fact: string, given: object, ...lines: string[]) =>
  look(hostPorts, given, sockets(...lines), tunnel)
    .filter((each) => each.fact === fact)
    .map((each) => (each.state === 'value' ? each.value : each.state));
const device = (ifname: string, kind: string, local: string, more = {}) => ({
  ifname,
  flags: [],
  ...(kind && { linkinfo: { info_kind: kind } }),
  addr_info: [{ family: local.includes(':') ? 'inet6' : 'inet', local, prefixlen: 32, scope: 'global' }],
  ...more,
});
const links = (...extra: object[]) => {
  const all = [device('lo', '', '127.0.0.1', { flags: ['LOOPBACK'] }), device('ens3', '', '203.0.113.7'), ...extra];
  return `address|${JSON.stringify(all)}\nroute4|[{"dst":"default","dev":"ens3"}]\nroute6|[]\nend\n`;
};
const tunnel = links(device('tailscale0', 'tun', '100.100.1.1'), device('tailscale0', 'tun', 'fd7a:115c:a1e0::1'));

describe('host_ports', () => {
  it('tells nothing from pieces', () =>
    expectNothingFromPieces(hostPorts, options, sockets(sshd, redis, peerapi), tunnel));

  it('names the socket and the program', () => {
    const [seen] = look(hostPorts, options, sockets(open), tunnel);
    expect(seen).toMatchObject({ label: 'tcp *:6379 (redis-server)', value: false });
  });

  it.each([
    ['udp UNCONN 0 0 0.0.0.0:41641 0.0.0.0:*', true],
    ['udp UNCONN 0 0 0.0.0.0:22 0.0.0.0:*', false],
    ['tcp LISTEN 0 0 0.0.0.0:41641 0.0.0.0:*', false],
    ['tcp LISTEN 0 0 100.100.1.1:50000 0.0.0.0:* users:(("tailscaled",pid=1,fd=1))', true],
    ['tcp LISTEN 0 0 [fd7a:115c:a1e0::1]:50000 [::]:* users:(("tailscaled",pid=1,fd=1))', true],
    ['tcp LISTEN 0 0 100.100.1.1:50000 0.0.0.0:* users:(("nc",pid=1,fd=1))', false],
    ['tcp LISTEN 0 0 100.100.1.1:50000 0.0.0.0:*', false],
    ['tcp LISTEN 0 0 0.0.0.0:50000 0.0.0.0:* users:(("tailscaled",pid=1,fd=1))', false],
  ])('%s', (line, expected) => expect(see('expected', options, line)).toEqual([expected]));

  it.each([
    ['the card', links(device('ens4', '', '100.100.1.1'))],
    ['a dummy that is called like it', links(device('tailscale9', 'dummy', '100.100.1.1'))],
    ['no interface', links()],
    ['the way to the internet', links(device('ens3', 'tun', '100.100.1.1'))],
  ])("is not the tailnet's: an address of the tailnet on %s", (_, given) => {
    const [seen] = look(hostPorts, options, sockets(peerapi), given);
    expect(seen).toMatchObject({ fact: 'expected', value: false });
  });

  it('knows nothing of such a socket without the interfaces, and all of the others', () => {
    const seen = look(hostPorts, options, sockets(peerapi, sshd), { outcome: 'timed-out', code: null });
    expect(seen.filter(({ fact }) => fact === 'expected')).toMatchObject([
      { state: 'unknown', code: 'timed-out' },
      { state: 'value', value: true },
    ]);
  });

  it('looks at some ports only', () => {
    expect(see('loopback', { ports: ['6379'] }, sshd, redis)).toEqual([true]);
    expect(see('loopback', { ports: ['6379'] }, redis, open)).toEqual([true, false]);
    expect(see('loopback', { ports: ['6379'] }, sshd)).toEqual(['skipped']);
    expect(see('expected', options, redis)).toEqual([true]);
  });
});
