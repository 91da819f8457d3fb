import { describe, expect, it } from 'vitest';
import { expectNothingFromPieces, look } from '../../../test/support/look.ts';
import { recordedAnswers } from '../../../test/support/recorded.ts';
import { inspected, type Given } from '../../../test/support/containers.ts';
import { isLoopback, isWildcard, sameAddress } from '../address.ts';
import published from './index.ts';

const info = recordedAnswers('hardened-debian13')['docker.info']!.stdout;
const on = (HostIp: string, HostPort = '6379') => ({ '6379/tcp': [{ HostIp, HostPort }] });
const redis: Given = { name: 'fleetclaw-redis', ports: on('127.0.0.1'), host: { PortBindings: on('127.0.0.1') } };
const see = (options: object, ...given: Given[]) =>
  look(published, options, inspected(...given), info).map((each) => (each.state === 'value' ? each.value : each.state));

describe('published_ports', () => {
  it('tells nothing from pieces', () => expectNothingFromPieces(published, {}, inspected(redis), info));

  it('names the container, the port and the address', () => {
    const [seen] = look(published, {}, inspected({ ...redis, ports: on('::', '16379') }), info);
    expect(seen).toMatchObject({ label: '6379/tcp of fleetclaw-redis', value: false, note: 'port 16379 on ::' });
  });

  it.each([
    [on('127.0.0.1'), on('127.0.0.1'), [true]],
    [on('0.0.0.0'), on(''), [false]],
    [on('127.0.0.1'), on(''), [true]],
    [{}, on(''), [false]],
    [{ '6379/tcp': null }, on('127.0.0.1'), [true]],
    [{ '6379/tcp': null }, {}, [true]],
    [on('127.0.0.1', '32768'), on('127.0.0.1', ''), [true]],
    [{ '53/udp': [{ HostIp: '::', HostPort: '53' }] }, {}, [false]],
    [on('localhost'), on('localhost'), ['unknown']],
  ])('now %j, asked %j', (ports, PortBindings, expected) =>
    expect(see({}, { name: 'a', ports, host: { PortBindings } })).toEqual(expected),
  );

  it('counts what is stopped', () => {
    expect(see({}, { name: 'a', running: false, host: { PortBindings: on('') } })).toEqual([false]);
    expect(see({}, { name: 'a', running: false, host: { PublishAllPorts: true } })).toEqual([false]);
    expect(see({}, { name: 'a', running: false, host: { PortBindings: on('::1') } })).toEqual([true]);
  });

  it('praises nothing for there being nothing', () => {
    expect(see({})).toEqual(['skipped']);
    expect(see({}, { name: 'a' })).toEqual([true]);
    expect(see({ ports: ['6379'] }, { name: 'a' })).toEqual(['skipped']);
    expect(see({ names: ['a'] }, { name: 'a' })).toEqual([true]);
    expect(see({ names: ['a'] }, { name: 'a', host: { NetworkMode: 'host' } })).toEqual(['unknown']);
    expect(see({ names: ['a'] }, { name: 'a', host: { NetworkMode: 'container:b' } })).toEqual(['unknown']);
  });

  it('finds by name, by label and by a port on either side', () => {
    const other: Given = { name: 'other', ports: on('0.0.0.0', '16379') };
    expect(see({ names: ['fleetclaw-*'] }, redis, other)).toEqual([true]);
    expect(see({ names: ['*-redis'] }, redis, other)).toEqual([true]);
    expect(see({ names: ['*claw-r*'] }, redis, other)).toEqual([true]);
    expect(see({ ports: ['16379'] }, redis, other)).toEqual([false]);
    expect(see({ names: ['fleetclaw-redis'], ports: ['6379'] }, redis, other)).toEqual([true, false]);
    expect(see({ labels: ['a=b'] }, { ...other, labels: { a: 'b' } }, redis)).toEqual([false]);
    expect(see({ labels: ['a=b'] }, { ...other, labels: { a: '***' } }, redis)).toEqual([false]);
  });

  it('does not know the ports of a swarm', () => {
    const swarm = info.replace('"LocalNodeState":"inactive"', '"LocalNodeState":"active"');
    expect(swarm).not.toBe(info);
    expect(look(published, {}, inspected(redis), swarm).map(({ state }) => state)).toEqual(['unknown', 'value']);
  });

  it.each([
    ['127.0.0.1', true],
    ['127.255.0.9', true],
    ['::1', true],
    ['[::1]', true],
    ['0:0:0:0:0:0:0:1', true],
    ['::ffff:127.0.0.1', true],
    ['', false],
    ['*', false],
    ['0.0.0.0', false],
    ['::', false],
    ['128.0.0.1', false],
    ['::ffff:128.0.0.1', false],
    ['localhost', null],
    ['127.1', null],
  ])('%j is loopback: %s', (address, expected) => expect(isLoopback(address)).toBe(expected));

  it('compares addresses, not texts', () => {
    expect(sameAddress('fd7a:115c:a1e0:0::1', 'fd7a:115c:a1e0::1')).toBe(true);
    expect(sameAddress('100.64.0.1', '100.64.0.10')).toBe(false);
    expect(sameAddress('', '')).toBe(false);
    expect(['', '*', '0.0.0.0', '::', '0:0:0:0:0:0:0:0', '::1', '10.0.0.0'].map(isWildcard)).toEqual([
      ...[true, true, true, true, true, false, false],
    ]);
  });
});
