import { expect, test } from 'vitest';
import { recordedAnswers } from '../../../test/support/recorded.ts';
import dockerUser from './index.ts';

const jump = 'rule|-A FORWARD -j DOCKER-USER\n';
const ask = (host: string, changes: Record<string, string> = {}) => {
  const seen = dockerUser.read({}, recordedAnswers(host, { 'iptables.save': changes }));
  return Object.fromEntries(seen.map((each) => [each.fact, each.state === 'value' ? each.value : each.state]));
};

test.each(['hardened-debian12', 'hardened-debian13'])('%s uses it', (host) => {
  expect(ask(host)).toEqual({
    engine_uses_iptables: true,
    one_backend: true,
    hooked: true,
    named_interfaces: ['ens3'],
    named_exist: true,
  });
});

test('Tailscale in front accepts only what it has marked', () => {
  const front = [
    ':ts-forward - [0:0]',
    '-A FORWARD -j ts-forward',
    '-A FORWARD -j DOCKER-USER',
    '-A ts-forward -i tailscale0 -j MARK --set-xmark 0x40000/0xff0000',
    '-A ts-forward -m mark --mark 0x40000/0xff0000 -j ACCEPT',
    '-A ts-forward -o tailscale0 -j DROP',
  ];
  expect(ask('hardened-debian13', { [jump]: front.map((line) => `rule|${line}\n`).join('') }).hooked).toBe(true);
});

test.each([
  ['nobody jumps to it', ''],
  ['somebody else accepts first', `rule|-A FORWARD -m mark --mark 0x1 -j ACCEPT\n${jump}`],
  ['a goto, which does not come back', 'rule|-A FORWARD -s 192.0.2.0/24 -g DOCKER-USER\n'],
])('%s: not hooked', (_, instead) => {
  expect(ask('hardened-debian13', { [jump]: instead }).hooked).toBe(false);
});
