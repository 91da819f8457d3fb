import { describe, expect, it } from 'vitest';
import { isStock } from './stock.ts';

describe("UFW's own rules", () => {
  it.each([
    '-A ufw-before-input -p udp -m udp --sport 67 --dport 68 -j ACCEPT',
    '-A ufw-before-input -p udp --sport 67 --dport 68 -j ACCEPT',
    '-A ufw-before-input -d 224.0.0.251/32 -p udp -m udp --dport 5353 -j ACCEPT',
    '-A ufw6-before-input -s fe80::/10 -d fe80::/10 -p udp -m udp --sport 547 --dport 546 -j ACCEPT',
    '-A ufw6-before-input -p udp -s fe80::/10 --sport 547 -d fe80::/10 --dport 546 -j ACCEPT',
    '-A ufw6-before-input -d ff02::f/128 -p udp -m udp --dport 1900 -j ACCEPT',
  ])('knows %s', (rule) => expect(isStock(rule)).toBe(true));

  it.each([
    '-A ufw-before-input -p udp -m udp --dport 68 -j ACCEPT',
    '-A ufw-before-input -p udp -m udp --sport 67 -j ACCEPT',
    '-A ufw-before-input -d 224.0.0.0/4 -p udp -m udp --dport 5353 -j ACCEPT',
    '-A ufw-before-input ! -d 224.0.0.251/32 -p udp -m udp --dport 5353 -j ACCEPT',
    '-A ufw-before-input -p udp -m udp --dport 5353 -j ACCEPT',
    '-A ufw-user-input -p udp -m udp --sport 67 --dport 68 -j ACCEPT',
    '-A INPUT -p udp -m udp --sport 67 --dport 68 -j ACCEPT',
    '-A ufw-before-input -p udp -m udp --sport 67 --dport 68 -g ACCEPT',
    '-A ufw-before-input -p udp -m udp --sport 67 --dport 68 -m comment --comment "x -j ACCEPT',
  ])('does not take %s for one', (rule) => expect(isStock(rule)).toBe(false));
});
