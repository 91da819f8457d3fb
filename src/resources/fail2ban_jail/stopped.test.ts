import { expect, it } from 'vitest';
import { configAnswer, serverAnswer } from '../../../test/support/fail2ban.ts';
import { look } from '../../../test/support/look.ts';
import jail from './index.ts';

const address = '203.0.113.9';
const at = { family: 'inet', table: 'f2b-table' };
const match = (protocol: string, field: string, right: unknown) => ({
  match: { op: '==', left: { payload: { protocol, field } }, right },
});
const rule = (...expr: object[]) => ({ rule: { ...at, chain: 'f2b-chain', expr } });
const chain = (hook = 'input') => ({ chain: { ...at, name: 'f2b-chain', type: 'filter', hook } });
const set = { set: { ...at, name: 'addr-set-sshd', holds: [address] } };
const from = match('ip', 'saddr', '@addr-set-sshd');
const dport = (right: unknown) => match('tcp', 'dport', right);
const drop = { drop: null };

const see = (changes: object, ...more: string[]) =>
  look(
    jail,
    { name: 'sshd' },
    serverAnswer({ jail: { banned: [address], enforced: { [address]: true }, ...changes } }),
    configAnswer,
    ...more,
  ).find(({ fact }) => fact === 'bans')!;

it.each<[string, object[], boolean]>([
  ['its rule rejects', [set, chain(), rule(dport(22), from, { counter: {} }, { reject: {} })], true],
  ['one of a set of ports', [set, chain(), rule(dport({ set: [80, { range: [20, 30] }] }), from, drop)], true],
  ['all ports', [set, chain(), rule(from, drop)], true],
  ['another jail before it', [set, chain(), rule(dport(80), from, drop), rule(dport(22), from, drop)], true],
  ['the chain was flushed', [set, chain()], false],
  ['another port', [set, chain(), rule(dport(80), from, drop)], false],
  ['a chain of forwarding', [set, chain('forward'), rule(from, drop)], false],
  ['a rule that only counts', [set, chain(), rule(from, { counter: {} })], false],
  ['accepted before', [set, chain(), rule({ accept: null }), rule(from, drop)], false],
  ['a condition more', [set, chain(), rule(from, match('ip', 'daddr', '192.0.2.1'), drop)], false],
  ['a limit', [set, chain(), rule(from, { limit: { rate: 1 } }, drop)], false],
  ['another set', [{ set: { ...set.set, name: 'x' } }, chain(), rule(from, drop)], false],
])('nft: whoever is banned is stopped: %s', (_name, nft, expected) =>
  expect(see({ nft })).toMatchObject({ value: expected }),
);

it('does not believe a ban without the rules', () =>
  expect(see({ nft: undefined })).toMatchObject({ state: 'unknown' }));

it('knows a ban that is not in the packet filter at all', () =>
  expect(see({ enforced: { [address]: false } })).toMatchObject({
    value: false,
    note: `${address} is banned, but not in the packet filter`,
  }));

const command = (tool: string) => ({
  start: `${tool} -w -N f2b-sshd\n${tool} -w -A f2b-sshd -j RETURN\n${tool} -w -I INPUT -p tcp -m multiport --dports ssh -j f2b-sshd`,
  ban: `${tool} -w -I f2b-sshd 1 -s <ip> -j DROP`,
});
const [four, six] = [command('iptables'), command('ip6tables')];
const iptables = {
  tools: { iptables: true },
  ports: ['22'],
  protocol: 'tcp',
  ...four,
  start6: six.start,
  ban6: six.ban,
};
const ports = `version|iptables v1.8.9 (legacy)\ncode|0\n`;
const saved = (...rules: string[]) =>
  `${ports}${['*filter', ':INPUT ACCEPT [0:0]', ':f2b-sshd - [0:0]', ...rules, 'COMMIT'].map((each) => `rule|${each}\n`).join('')}end\n`;
const interfaces = `address|[{"ifname":"lo","flags":["LOOPBACK","UP"],"link_type":"loopback","addr_info":[]},{"ifname":"ens3","flags":["UP"],"link_type":"ether","addr_info":[{"family":"inet","local":"192.0.2.1","scope":"global"}]}]
route4|[{"dst":"default","dev":"ens3"}]
route6|[]
end
`;
const jump = '-A INPUT -p tcp -m multiport --dports 22 -j f2b-sshd';
const banned = `-A f2b-sshd -s ${address}/32 -j REJECT --reject-with icmp-port-unreachable`;
const walked = (...rules: string[]) => see({ actions: { iptables } }, saved(...rules), 'end\n', interfaces);

it.each([
  ['through its chain', [jump, banned], { value: true }],
  ['behind another interface', ['-A INPUT -i lo -j ACCEPT', jump, banned], { value: true }],
  ['without the jump', ['-A INPUT -p tcp --dport 22 -j ACCEPT', banned], { value: false }],
  ['behind a rule that accepts', ['-A INPUT -p tcp --dport 22 -j ACCEPT', jump, banned], { value: false }],
  ['at another port', [jump.replace('22', '2222'), banned], { value: false }],
  ['behind a rule that may accept', ['-A INPUT -m recent --name x -j ACCEPT', jump, banned], { state: 'unknown' }],
  ['since a moment ago', [jump], { state: 'unknown' }],
])('iptables: a banned address %s', (_name, rules, expected) => expect(walked(...rules)).toMatchObject(expected));
