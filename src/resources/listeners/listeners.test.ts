import { describe, expect, it } from 'vitest';
import { expectNothingFromPieces, look, told } from '../../../test/support/look.ts';
import listeners from './index.ts';
import { parseListeners } from './parse.ts';

// ss 6.1 on Debian 12, with what systemd-resolved, tailscaled and a DHCP client add on Ubuntu 24.04.
const host = [
  'udp   UNCONN 0      0      127.0.0.53%lo:53        0.0.0.0:*    users:(("systemd-resolve",pid=411,fd=13))',
  'udp   UNCONN 0      0      203.0.113.7%ens3:68     0.0.0.0:*    users:(("systemd-network",pid=301,fd=22))',
  'udp   UNCONN 0      0      [fe80::1]%ens3:546      [::]:*       users:(("systemd-network",pid=301,fd=23))',
  'udp   UNCONN 0      0      0.0.0.0:41641           0.0.0.0:*    users:(("tailscaled",pid=700,fd=11))',
  'udp   UNCONN 0      0      *:51820                 *:*          ',
  'tcp   LISTEN 0      4096   127.0.0.54:53           0.0.0.0:*    users:(("systemd-resolve",pid=411,fd=17))',
  'tcp   LISTEN 0      4096   0.0.0.0:22              0.0.0.0:*    users:(("sshd",pid=77,fd=3),("systemd",pid=1,fd=44))',
  'tcp   LISTEN 0      128    [::]:22                 [::]:*       users:(("sshd",pid=77,fd=4))',
  'tcp   LISTEN 0      4096   [::ffff:127.0.0.1]:8125 *:*          users:(("java",pid=9,fd=4))',
  'tcp   LISTEN 0      511    *:80                    *:*          users:(("nginx: worker",pid=5,fd=6))',
];
const answer = (...lines: string[]) => `${lines.map((line) => `socket|${line}\n`).join('')}end\n`;
const see = (line: string) => {
  const [name] = listeners.probes({} as never).map((probe) => probe.name);
  const plain = { digest: '', outcome: 'exited', code: 0, stderr: '', truncated: false, ms: 3 } as const;
  const seen = parseListeners({ [name!]: { ...plain, stdout: answer(line) } });
  return seen.ok ? seen.listeners[0] : seen.code;
};

describe('listeners', () => {
  it('tells what is open beyond loopback', () => {
    const seen = look(listeners, {}, answer(...host));
    expect(told(seen)).toEqual({ tcp: ['22', '80'], udp: ['41641', '51820'] });
    expect(seen[0]).toMatchObject({ note: '0.0.0.0:22 (sshd, systemd), [::]:22 (sshd), *:80 (nginx: worker)' });
  });

  it('tells nothing from pieces', () => expectNothingFromPieces(listeners, {}, answer(...host)));

  it('takes no sockets for an empty list', () => {
    expect(told(look(listeners, {}, answer()))).toEqual({ tcp: [], udp: [] });
  });

  it.each([
    ['127.8.8.8:1', 'loopback'],
    ['0.0.0.0%lo:1', 'loopback'],
    ['[::1]:1', 'loopback'],
    ['[::ffff:127.0.0.1]:1', 'loopback'],
    ['[::ffff:10.0.0.1]:1', 'address'],
    ['128.0.0.1:1', 'address'],
    ['[fe80::1]%ens3:1', 'link'],
    ['169.254.1.1:1', 'link'],
    ['0.0.0.0%docker0:1', 'wildcard'],
    ['[::]:1', 'wildcard'],
    ['*:1', 'wildcard'],
  ])('%s reaches %s', (at, reach) => {
    expect(see(`tcp LISTEN 0 1 ${at} 0.0.0.0:* users:(("x",pid=1,fd=3))`)).toMatchObject({ reach });
  });

  it.each([
    'tcp LISTEN 0 1 0.0.0.0:22 0.0.0.0:* users:(("x",pid=1,fd=3",pid=7,fd=3))',
    'tcp LISTEN 0 1 0.0.0.0:22 0.0.0.0:* users:(("x",pid=1,fd=3)',
    'tcp LISTEN 0 1 0.0.0.0:66000 0.0.0.0:*',
    'tcp LISTEN 0 1 300.0.0.1:22 0.0.0.0:*',
    'tcp LISTEN 0 1 0.0.0.0:ssh 0.0.0.0:*',
    'tcp ESTAB 0 1 0.0.0.0:22 0.0.0.0:*',
    'sctp LISTEN 0 1 0.0.0.0:22 0.0.0.0:*',
  ])('does not guess what %j means', (line) => expect(see(line)).toBe('unparsable'));
});
