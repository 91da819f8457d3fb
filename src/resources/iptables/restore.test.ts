import { expect, it } from 'vitest';
import { parseRestore } from './restore.ts';

const parse = (command: string) => parseRestore(command.split(' '));

it.each([
  ['/sbin/iptables-restore -n /a.conf', true],
  ['/usr/sbin/ip6tables-nft-restore -w 5 --noflush /a.conf', true],
  ['/sbin/iptables-restore -wn /a.conf', true],
  ['/sbin/iptables-restore --wait=5 /a.conf', false],
])('%s', (command, keepsOthers) => expect(parse(command)).toEqual({ file: '/a.conf', keepsOthers }));

it.each([
  '/sbin/iptables-restore -n -t /a.conf',
  '/sbin/iptables-restore -nt /a.conf',
  '/sbin/iptables-restore --test /a.conf',
  '/sbin/iptables-restore -T nat /a.conf',
  '/usr/local/bin/iptables-restore -n /a.conf',
  '/sbin/iptables-restore -n',
  '/sbin/iptables-restore -n /a.conf /b.conf',
  '/sbin/iptables -F',
])('%s is not understood', (command) => expect(parse(command)).toBeNull());
