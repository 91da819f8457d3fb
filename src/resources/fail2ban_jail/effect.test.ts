import { expect, it } from 'vitest';
import { effectOf } from './effect.ts';

const iptables = (chain: string, target: string, tool = 'iptables -w') => ({
  start: `{ ${tool} -C f2b-sshd -j RETURN >/dev/null 2>&1; } || { ${tool} -N f2b-sshd || true; ${tool} -A f2b-sshd -j RETURN; }
for proto in $(echo 'tcp' | sed 's/,/ /g'); do
{ ${tool} -C ${chain} -p $proto -m multiport --dports ssh -j f2b-sshd >/dev/null 2>&1; } || { ${tool} -I ${chain} -p $proto -m multiport --dports ssh -j f2b-sshd; }
done`,
  ban: `${tool} -I f2b-sshd 1 -s <ip> -j ${target}`,
});
const both = (chain: string, target: string) => {
  const six = iptables(chain, 'REJECT --reject-with icmp6-port-unreachable', 'ip6tables -w');
  return { ...iptables(chain, target), start6: six.start, ban6: six.ban };
};
const older = (text: string) =>
  text
    .replace(/\{ (.*) -C .*\|\| \{ \1 -N (.*) \|\| true; (.*); \}/, '$1 -N $2\n$3')
    .replace(/\{ .* -C .*\|\| \{ (.*); \}/, '$1');
const see = (tool: string, commands: { start: string; ban: string; start6: string; ban6: string }) =>
  effectOf({ tools: { [tool]: true }, ports: ['22'], protocol: 'tcp', ...commands });

it.each([
  ['DROP', 'blocked'],
  ['REJECT --reject-with icmp-port-unreachable', 'blocked'],
  ['LOG', 'open'],
  ['RETURN', 'open'],
  ['ACCEPT', 'open'],
  ['f2b-else', 'odd'],
])('iptables: what a rule that ends with %s does', (target, is) =>
  expect(see('iptables', both('INPUT', target))).toMatchObject({ is }),
);

it('reads the commands of fail2ban 0.11', () => {
  const { start, start6, ...bans } = both('INPUT', 'DROP');
  expect(older(start)).toMatch(/^iptables -w -N f2b-sshd\niptables -w -A f2b-sshd -j RETURN\n/);
  expect(see('iptables', { start: older(start), start6: older(start6), ...bans })).toEqual({ is: 'blocked' });
});

it('iptables: a chain that packets to the host do not come by', () => {
  expect(see('iptables', both('FORWARD', 'DROP'))).toEqual({
    is: 'open',
    why: 'it hooks its chain at FORWARD, not at INPUT',
  });
  expect(see('iptables', both('somewhere', 'DROP'))).toMatchObject({ is: 'odd' });
});

const ufw = (verdict: string) => `if [ -n "" ] && ufw app info ""
then
ufw prepend ${verdict} from <ip> to any app "" comment "by Fail2Ban after <failures> attempts against sshd"
else
ufw prepend ${verdict} from <ip> to any comment "by Fail2Ban after <failures> attempts against sshd"
fi
`;
it.each([
  ['ufw', ufw('reject'), 'blocked'],
  ['ufw', ufw('deny'), 'blocked'],
  ['ufw', ufw('allow'), 'open'],
  ['ufw', ufw('reject in on lo'), 'odd'],
  ['ufw', '[ -n "" ] && app="app "\nufw insert 1 reject from <ip> to any $app', 'blocked'],
  ['ip', 'ip route add unreachable <ip>', 'odd'],
])('%s: %j is %s', (tool, ban, is) =>
  expect(see(tool, { start: '', ban, start6: '', ban6: ban })).toMatchObject({ is }),
);
