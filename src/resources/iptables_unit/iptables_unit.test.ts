import { expect, test } from 'vitest';
import { recordedAnswers } from '../../../test/support/recorded.ts';
import unit from './index.ts';

const name = 'docker-iptables.service';
const ask = (host: string, changes: Record<string, string> = {}) => {
  const seen = unit.read({ name }, recordedAnswers(host, { [`restores:${name}`]: changes }));
  return Object.fromEntries(seen.map((each) => [each.fact, each.state === 'value' ? each.value : each.state]));
};

test.each(['hardened-debian12', 'hardened-debian13'])('%s loads both files before Docker', (host) => {
  expect(ask(host)).toEqual({
    enabled: true,
    succeeded: true,
    files: ['/etc/docker/iptables-rules.conf', '/etc/docker/ip6tables-rules.conf'],
    keeps_others: true,
    as_on_disk: true,
    before_docker: true,
  });
});

test('there is none on a bare host', () => expect(ask('bare-debian13').enabled).toBe('absent'));

test.each([
  ['a target that no boot reaches wants it', { 'pulled|docker-iptables.service\n': '' }, { enabled: false }],
  ['its start depends on something', { 'end\n': 'condition|ConditionPathExists=/nope\nend\n' }, { enabled: 'unknown' }],
  ['it has a network of its own', { 'PrivateNetwork=no': 'PrivateNetwork=yes' }, { files: [] }],
  ['it sees other files', { 'unit|RootDirectory=': 'unit|RootDirectory=/srv' }, { files: 'unknown' }],
  [
    'it only tests',
    { 'iptables-restore -n ': 'iptables-restore -n -t ' },
    { files: 'unknown', keeps_others: 'unknown' },
  ],
  ['another program calls itself so', { 'path=/sbin/iptables-restore': 'path=/bin/true' }, { files: 'unknown' }],
])('%s', (_, changes, expected) => expect(ask('hardened-debian13', changes)).toMatchObject(expected));

test('a script is not understood', () => {
  const script = { 'path=/sbin/iptables-restore': 'path=/usr/local/bin/firewall' };
  expect(ask('hardened-debian13', script)).toMatchObject({ files: 'unknown', keeps_others: 'unknown' });
});

test('combined short options are read', () => {
  expect(ask('hardened-debian13', { 'iptables-restore -n ': 'iptables-restore -wn ' }).keeps_others).toBe(true);
});
