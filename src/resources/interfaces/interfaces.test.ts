import { expect, test } from 'vitest';
import { recordedAnswers } from '../../../test/support/recorded.ts';
import interfaces from './index.ts';
import { externalOf, readInterfaces, type Interface } from './parse.ts';

const external = (answers: ReturnType<typeof recordedAnswers>, named: string[] = []) => {
  const seen = interfaces.read({ external: named }, answers).find((each) => each.fact === 'facing_out')!;
  return seen.state === 'value' ? seen.value : seen.state;
};
const device = (name: string, more: Partial<Interface> = {}): Interface => ({
  name,
  kind: '',
  loopback: false,
  master: '',
  addresses: [{ family: 'ipv4', address: '10.0.0.1' }],
  networks: [],
  isDefaultRoute: false,
  ...more,
});

test.each(['bare-debian12', 'hardened-debian13'])('%s has one way out, and bridges that lead inwards', (host) => {
  expect(external(recordedAnswers(host))).toEqual(['ens3']);
});

test('what counts as facing the internet', () => {
  const all = [
    device('lo', { loopback: true }),
    device('ens3', { isDefaultRoute: true }),
    device('ens4'),
    device('ens5', { addresses: [] }),
    device('br-0123456789ab', { kind: 'bridge' }),
    device('br0', { kind: 'bridge' }),
    device('ens6', { master: 'br0', addresses: [] }),
    device('veth1', { kind: 'veth', master: 'br-0123456789ab' }),
    device('tailscale0', { kind: 'tun' }),
    device('ppp0', { kind: 'tun', isDefaultRoute: true }),
  ];
  expect(externalOf(all, [])).toEqual(['ens3', 'ens4', 'br0', 'ppp0']);
  expect(externalOf(all, ['ens4'])).toEqual(['ens4']);
  expect(externalOf(all, ['ens4', 'eth9'])).toEqual([]);
});

test('an answer that was cut off names nothing', () => {
  const answers = recordedAnswers('hardened-debian12');
  const { stdout } = answers['net.interfaces']!;
  for (let at = 0; at < stdout.length - 1; at += 211) {
    const cut = { ...answers, 'net.interfaces': { ...answers['net.interfaces']!, stdout: stdout.slice(0, at) } };
    expect(readInterfaces(cut).ok).toBe(false);
  }
});
