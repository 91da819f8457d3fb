import { describe, expect, it } from 'vitest';
import { expectNothingFromPieces, look } from '../../../test/support/look.ts';
import { idOf, inspected, type Given } from '../../../test/support/containers.ts';
import containerNetworks from './index.ts';

const network = (Name: string, Driver: string) =>
  `network|${JSON.stringify({ Name, Id: Name.padEnd(64, '0'), Driver, Scope: 'local', EnableIPv6: false, Internal: false, Options: {}, IPAM: { Config: [{ Subnet: '172.18.0.0/16' }] }, Containers: {} })}\n`;
const networks = `state|listed\n${network('bridge', 'bridge')}${network('fleetclaw', 'bridge')}${network('none', 'null')}${network('direct', 'macvlan')}end\n`;
const inNetworks = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, { IPAddress: '', GlobalIPv6Address: '' }]));
const see = (...given: Given[]) =>
  look(containerNetworks, {}, inspected(...given), networks).map((each) =>
    each.state === 'value' ? each.value : each.state,
  );
const plain: Given = { name: 'a' };
const shared = (mode: string): Given => ({ name: 'b', host: { NetworkMode: mode }, networks: {} });

describe('container_networks', () => {
  it('tells nothing from pieces', () => expectNothingFromPieces(containerNetworks, {}, inspected(plain), networks));

  it('knows which networks Docker filters', () => {
    expect(see(plain)).toEqual([true]);
    expect(see({ name: 'a', host: { NetworkMode: 'none' }, networks: inNetworks('none') })).toEqual([true]);
    expect(see({ name: 'a', networks: inNetworks('fleetclaw', 'direct') })).toEqual([false]);
    expect(see({ name: 'a', running: false, host: { NetworkMode: 'host' }, networks: inNetworks('host') })).toEqual([
      false,
    ]);
    expect(see({ name: 'a', networks: inNetworks('gone') })).toEqual(['unknown']);
    expect(see()).toEqual(['skipped']);
  });

  it('follows a network that is shared', () => {
    const host: Given = { name: 'a', host: { NetworkMode: 'host' } };
    expect(see(host, shared('container:a'))).toEqual([false, false]);
    expect(see(plain, shared(`container:${idOf(plain)}`))).toEqual([true, true]);
    expect(see(plain, shared('container:gone'))).toEqual([true, 'unknown']);
    expect(see(shared('container:b'))).toEqual(['unknown']);
  });
});
