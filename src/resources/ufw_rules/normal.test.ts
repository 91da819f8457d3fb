import { describe, expect, it } from 'vitest';
import { normal } from './normal.ts';

describe('a rule of a file', () => {
  it.each([
    ['-p tcp --dport 22 -j ACCEPT', '-p tcp --dport 22 -j ACCEPT'],
    ['-p TCP --destination-port 22 --jump ACCEPT', '-p tcp --dport 22 -j ACCEPT'],
    ['--protocol=tcp --dport=22 --jump=ACCEPT', '-p tcp --dport 22 -j ACCEPT'],
    ['-j DROP -p tcp --dport 99', '-p tcp --dport 99 -j DROP'],
    ['-j RETURN -m limit --limit 3/min', '-m limit --limit 3/min -j RETURN'],
    ['-m conntrack --ctstate new,dnat -j ACCEPT', '-m conntrack --ctstate NEW,DNAT -j ACCEPT'],
    [
      '-j LOG --log-prefix "[UFW BLOCK] " -m limit --limit 3/min --limit-burst 10',
      '-m limit --limit 3/min --limit-burst 10 -j LOG --log-prefix "[UFW BLOCK] "',
    ],
    ["-p tcp -j ACCEPT -m comment --comment 'dapp_OpenSSH'", "-p tcp -m comment --comment 'dapp_OpenSSH' -j ACCEPT"],
    ['-j REJECT --reject-with tcp-reset -p tcp', '-p tcp -j REJECT --reject-with tcp-reset'],
    ['-m comment --comment -j -j RETURN', '-m comment --comment -j -j RETURN'],
    ['-j ufw-user-limit -m recent --update', '-m recent --update -j ufw-user-limit'],
    [
      '-p tcp --dport 22 -m conntrack --ctstate NEW -m recent --set',
      '-p tcp --dport 22 -m conntrack --ctstate NEW -m recent --set',
    ],
  ])('%s', (given, expected) => expect(normal(given)).toBe(expected));

  it.each([
    '-p tcp --dport 22 -jACCEPT',
    '-p tcp --dport 22 --jum ACCEPT',
    '-p tcp -m comment --comment "x -j ACCEPT',
    '-p tcp --dport 0120 -j ACCEPT',
    '-m conntrack --ctstate N -j ACCEPT',
  ])('does not guess at %s', (given) => expect(normal(given)).toBeNull());
});
