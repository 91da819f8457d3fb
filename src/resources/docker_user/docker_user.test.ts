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

const front = [
  '-A FORWARD -j ts-forward',
  '-A FORWARD -j DOCKER-USER',
  '-A ts-forward -m mark --mark 0x40000/0xff0000 -j ACCEPT',
];
const withMangle = (...marks: string[]) => ({
  'rule|*filter\n': ['*mangle', ':PREROUTING ACCEPT [0:0]', ...marks, 'COMMIT', '*filter', ':ts-forward - [0:0]']
    .map((line) => `rule|${line}\n`)
    .join(''),
  [jump]: front.map((line) => `rule|${line}\n`).join(''),
});

test.each([
  '-A PREROUTING -i ens3 -j MARK --set-xmark 0x40000/0xff0000',
  '-A PREROUTING -i ens3 -j CONNMARK --set-xmark 0x40000/0xffffffff',
  '-A PREROUTING -i ens3 -j CONNMARK --save-mark --left-shift-mark 4',
  '-A PREROUTING -i ens3 -p tcp -j TPROXY --on-port 1 --on-ip 0.0.0.0 --tproxy-mark 0x40000/0x40000',
  '-A PREROUTING -i ens3 -j SET --map-set marks src --map-mark',
  '-A PREROUTING -i ens3 -j HMARK --hmark-tuple src --hmark-mod 2 --hmark-offset 0x40000 --hmark-rnd 0x1',
])("others get the tailnet's mark by %s: not hooked", (rule) =>
  expect(ask('hardened-debian13', withMangle(rule)).hooked).toBe(false),
);

test.each([
  '-A PREROUTING -p udp -j CONNMARK --restore-mark --nfmask 0xffffffff --ctmask 0xffffffff',
  '-A PREROUTING -i ens3 -j MARK --set-xmark 0x1/0xffffffff',
  '-A PREROUTING -i ens3 -j SET --add-set seen src',
])('%s gives no mark of the tailnet', (rule) => expect(ask('hardened-debian13', withMangle(rule)).hooked).toBe(true));

test('a goto to an empty chain leaves it to the policy, which accepts: not hooked', () => {
  const past = {
    [jump]: `rule|-A FORWARD -i ens3 -g past\n${jump}`,
    'rule|:DOCKER-USER': 'rule|:past - [0:0]\nrule|:DOCKER-USER',
  };
  expect(ask('hardened-debian13', past).hooked).toBe(true);
  expect(ask('hardened-debian13', { ...past, 'rule|:FORWARD DROP': 'rule|:FORWARD ACCEPT' }).hooked).toBe(false);
});

test.each([
  ['nobody jumps to it', ''],
  ['somebody else accepts first', `rule|-A FORWARD -m mark --mark 0x1 -j ACCEPT\n${jump}`],
  ['a goto, which does not come back', 'rule|-A FORWARD -s 192.0.2.0/24 -g DOCKER-USER\n'],
])('%s: not hooked', (_, instead) => {
  expect(ask('hardened-debian13', { [jump]: instead }).hooked).toBe(false);
});
