import { describe, expect, test } from 'vitest';
import { disagreements, exposureOf } from '../../src/judge/exposure.ts';
import type { Answer } from '../../src/model/evidence.ts';
import { idOf, inspected, type Given } from '../support/containers.ts';

const answer = (stdout: string): Answer => ({
  ...{ digest: '', outcome: 'exited', code: 0, stdout, stderr: '', truncated: false, ms: 1 },
});
const saved = (text: string) =>
  answer(`version|iptables v1.8.11 (nf_tables)\ncode|0\n${text.trim().replace(/^/gm, 'rule|')}\nend\n`);

// Shortened from a hardened lab host: UFW with port 22, DOCKER-USER as the guide has it.
const guarded = `
*filter
:INPUT DROP [0:0]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
:DOCKER - [0:0]
:DOCKER-USER - [0:0]
:f2b-sshd - [0:0]
:ufw-not-local - [0:0]
:ufw-user-input - [0:0]
-A INPUT -p tcp -m multiport --dports 22 -j f2b-sshd
-A INPUT -i lo -j ACCEPT
-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A INPUT -j ufw-not-local
-A INPUT -j ufw-user-input
-A FORWARD -j DOCKER-USER
-A FORWARD -o br-fleetclaw000 -j DOCKER
-A DOCKER -d 172.18.0.4/32 ! -i br-fleetclaw000 -o br-fleetclaw000 -p tcp -m tcp --dport 6379 -j ACCEPT
-A DOCKER-USER -m conntrack --ctstate RELATED,ESTABLISHED -j RETURN
-A DOCKER-USER -i ens3 -j DROP
-A f2b-sshd -s 192.0.2.9/32 -j REJECT --reject-with icmp-port-unreachable
-A f2b-sshd -j RETURN
-A ufw-not-local -m addrtype --dst-type LOCAL -j RETURN
-A ufw-not-local -j DROP
-A ufw-user-input -p tcp -m tcp --dport 22 -j ACCEPT
COMMIT`;
const open = guarded.replace('-A DOCKER-USER -i ens3 -j DROP\n', '');
const guarded6 = guarded
  .replace(
    '-A DOCKER -d 172.18.0.4/32 ! -i br-fleetclaw000 -o br-fleetclaw000 -p tcp -m tcp --dport 6379 -j ACCEPT\n',
    '',
  )
  .replace('192.0.2.9/32', '2001:db8::9/128');

const ens3 = {
  ifname: 'ens3',
  flags: ['UP'],
  addr_info: [
    { family: 'inet', scope: 'global', local: '203.0.113.7' },
    { family: 'inet6', scope: 'global', local: '2001:db8::7' },
  ],
};
const interfaces = (link: object = ens3) =>
  answer(
    `address|${JSON.stringify([{ ifname: 'lo', flags: ['LOOPBACK'] }, link])}\nroute4|[{"dev":"ens3"}]\nroute6|[]\nend\n`,
  );
const network = (options = {}) => ({
  ...{ Name: 'fleetclaw', Id: 'fleetclaw0000', Driver: 'bridge', Scope: 'local', EnableIPv6: false, Internal: false },
  ...{ Options: options, IPAM: { Config: [] }, Containers: {} },
});
const networks = answer(`state|listed\nnetwork|${JSON.stringify(network())}\nend\n`);

const on = (HostIp: string) => ({ '6379/tcp': [{ HostIp, HostPort: '16379' }] });
const redis = (...addresses: string[]): Given => ({
  name: 'fleetclaw-redis',
  ports: { '6379/tcp': addresses.flatMap((each) => on(each)['6379/tcp']) },
});
const sshd = 'tcp LISTEN 0 128 0.0.0.0:22 0.0.0.0:* users:(("sshd",pid=128,fd=6))';
const proxy = (at: string) => `tcp LISTEN 0 4096 ${at}:16379 0.0.0.0:* users:(("docker-proxy",pid=470,fd=4))`;
const sockets = (...lines: string[]) => answer(`${lines.map((line) => `socket|${line}\n`).join('')}end\n`);

/** A scan that found these ports open; the rest silent. */
const look = (...ports: number[]) =>
  answer(
    [
      ...[
        'target|1|203.0.113.7|22',
        'tool|1|nmap 7.93|syn|1',
        'known|1|open|syn-ack',
        'canary|1|open',
        'listeners|1|known',
      ],
      ...[`asked|1|65535`, `count|1|open|${ports.length}`, `count|1|filtered|${65535 - ports.length}`],
      ...ports.map((port) => `open|1|${port}`),
      'end\n',
    ].join('\n'),
  );

const hardened = {
  listeners: sockets(sshd, proxy('0.0.0.0')),
  'docker.inspect': answer(inspected(redis('0.0.0.0'))),
  'docker.networks': networks,
  'net.interfaces': interfaces(),
  'iptables.save': saved(guarded),
  'ip6tables.save': saved(guarded6),
};
const rows = (change: Record<string, Answer | undefined> = {}) => {
  const all: Record<string, Answer | undefined> = { ...hardened, ...change };
  const asked = Object.entries(all).filter((each): each is [string, Answer] => each[1] !== undefined);
  return exposureOf({ probes: Object.fromEntries(asked) });
};
const row = (port: number, change?: Record<string, Answer | undefined>) =>
  rows(change).find((each) => each.port === port);

describe('what the host itself shows', () => {
  test('sshd is let through, a published port ends in DOCKER-USER', () => {
    expect(row(22)).toMatchObject({
      family: 'ipv4',
      proto: 'tcp',
      listener: 'sshd',
      bound: '0.0.0.0',
      reachable: true,
    });
    expect(row(16379)).toMatchObject({
      ...{ listener: 'docker-proxy', container: 'fleetclaw-redis', bound: '0.0.0.0' },
      ...{ stoppedBy: 'DOCKER-USER', reachable: false, outside: null, agrees: null },
    });
  });

  test('without that rule it is reachable, though UFW denies', () => {
    expect(row(16379, { 'iptables.save': saved(open) })).toMatchObject({ stoppedBy: null, reachable: true });
  });

  test('on loopback nobody gets to it, whatever the filter says', () => {
    const local = {
      'docker.inspect': answer(inspected(redis('127.0.0.1'))),
      listeners: sockets(sshd, proxy('127.0.0.1')),
    };
    expect(row(16379, { ...local, 'iptables.save': undefined })).toMatchObject({
      stoppedBy: 'loopback',
      reachable: false,
    });
  });

  test('over IPv6, in a network without it, docker-proxy waits behind INPUT', () => {
    const both = { 'docker.inspect': answer(inspected(redis('::'))), listeners: sockets(proxy('[::]')) };
    expect(row(16379, both)).toMatchObject({ family: 'ipv6', stoppedBy: 'policy of INPUT', reachable: false });
    const lone = { ...ens3, addr_info: ens3.addr_info.slice(0, 1) };
    expect(row(16379, { ...both, 'net.interfaces': interfaces(lone) })).toMatchObject({ stoppedBy: 'no IPv6 address' });
  });

  test("in the host's network it is a listener like any other, and belongs to its container", () => {
    const given: Given = { name: 'shared', host: { NetworkMode: 'host' }, networks: {} };
    const pid = Number.parseInt(idOf(given).slice(0, 6), 16);
    const line = `tcp LISTEN 0 1 *:7777 *:* users:(("redis-server",pid=${pid},fd=3))`;
    const found = rows({ 'docker.inspect': answer(inspected(given)), listeners: sockets(line) });
    expect(found.map(({ family, container, stoppedBy }) => [family, container, stoppedBy])).toEqual([
      ['ipv4', 'shared', 'policy of INPUT'],
      ['ipv6', 'shared', 'policy of INPUT'],
    ]);
  });

  test('a rule for some senders alone decides nothing', () => {
    const office = open.replace(
      '-A DOCKER-USER -m conn',
      '-A DOCKER-USER ! -s 192.0.2.0/24 -i ens3 -j DROP\n-A DOCKER-USER -m conn',
    );
    expect(row(16379, { 'iptables.save': saved(office) })).toMatchObject({ reachable: null, stoppedBy: null });
  });

  test.each(['iptables.save', 'net.interfaces'])('without %s nothing beyond loopback is "not reachable"', (probe) => {
    for (const gone of [undefined, { ...answer(''), outcome: 'timed-out' as const }, answer('half of it')]) {
      expect(rows({ [probe]: gone }).map(({ reachable }) => reachable)).toEqual([null, null]);
    }
  });

  test('a proxy for a container that is not known could be anything', () => {
    expect(row(16379, { 'docker.inspect': undefined })).toMatchObject({
      listener: 'docker-proxy',
      container: null,
      reachable: null,
    });
  });

  test('without sockets there are still the published ports', () => {
    expect(rows({ listeners: undefined }).map(({ port, listener }) => [port, listener])).toEqual([[16379, null]]);
    expect(rows({ listeners: undefined, 'docker.inspect': undefined })).toEqual([]);
  });
});

describe('what is seen from outside', () => {
  test('agrees', () => {
    const found = rows({ 'outside.tcp4': look(22) });
    expect(found.map(({ port, outside, agrees }) => [port, outside, agrees])).toEqual([
      [22, 'open', true],
      [16379, 'filtered', true],
    ]);
    expect(disagreements('vps3', found)).toEqual([]);
  });

  test('contradicts the host', () => {
    const found = rows({ 'outside.tcp4': look(22, 16379) });
    expect(found[1]).toMatchObject({ reachable: false, outside: 'open', agrees: false });
    expect(disagreements('vps3', found)).toEqual([
      'vps3: tcp port 16379 (ipv4, docker-proxy) is open from outside, but the host says that DOCKER-USER stops it: the scan is right',
    ]);
  });

  test('is stopped before it comes to the host', () => {
    const found = rows({ 'iptables.save': saved(open), 'outside.tcp4': look(22) });
    expect(found[1]).toMatchObject({ reachable: true, outside: 'filtered', agrees: false });
    expect(disagreements('vps3', found)[0]).toContain('something before the host stops it');
  });

  test('finds what nothing on the host accounts for', () => {
    const found = rows({ 'outside.tcp4': look(22, 8443) });
    expect(found.at(-1)).toEqual({
      ...{ family: 'ipv4', proto: 'tcp', port: 8443, listener: null, container: null, bound: null },
      ...{ stoppedBy: null, reachable: null, outside: 'open', agrees: false },
    });
    expect(disagreements('vps3', found)[0]).toContain('nothing on the host listens there');
    expect(rows({ listeners: undefined, 'outside.tcp4': look(8443) }).at(-1)).toMatchObject({
      port: 8443,
      agrees: null,
    });
  });

  test('says nothing about the silent ones when the scan was no whole one', () => {
    const banned = answer(look(22).stdout.replace('known|1|open|syn-ack', 'known|1|filtered|port-unreach'));
    expect(row(16379, { 'outside.tcp4': banned })).toMatchObject({ outside: null, agrees: null });
  });
});
