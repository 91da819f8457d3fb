import { expect, it } from 'vitest';
import { hooksBeside } from './hooks.ts';

const own = ['ip filter filter input', 'ip nat nat prerouting', 'ip6 mangle route output'];
const tables = (lines: string[], family: 'ip' | 'ip6' = 'ip', backend: 'nft' | 'legacy' = 'nft') =>
  hooksBeside(lines, family, backend)?.map((each) => each.table);

it('leaves out the tables of iptables itself', () => expect(tables(own)).toEqual([]));

it.each(['inet own nat prerouting', 'ip own filter forward', 'netdev own filter ingress', 'ip6 own nat prerouting'])(
  'sees %s in the family that it is about',
  (line) => {
    expect(tables([line], line.startsWith('ip6') ? 'ip6' : 'ip')).toHaveLength(1);
  },
);

it('leaves out the other family, and what fail2ban bans with', () => {
  expect(tables(['ip6 own nat prerouting', 'arp own filter input', 'inet f2b-table filter input'])).toEqual([]);
});

it('takes all of nft as beside where iptables is the legacy program', () => {
  expect(tables(own, 'ip', 'legacy')).toEqual(['ip filter', 'ip nat']);
});

it('does not read lines of another form', () => expect(tables(['ip nat'])).toBeUndefined());
