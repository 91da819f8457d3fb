/**
 * Rules of UFW's own before.rules and before6.rules (0.36) that let in what nobody reaches from the internet: answers of a
 * DHCP server, and two multicast groups. They are no findings, wherever UFW's before-input chain has them.
 */
const stock = new Set(
  [
    '-p udp --sport 67 --dport 68',
    '-p udp -d 224.0.0.251 --dport 5353',
    '-p udp -d 239.255.255.250 --dport 1900',
    '-p udp -s fe80::/10 --sport 547 -d fe80::/10 --dport 546',
    '-p udp -d ff02::fb --dport 5353',
    '-p udp -d ff02::f --dport 1900',
  ].map(canonical),
);

/** Whether it is one of them, as written in a file or as iptables-save prints it. */
export function isStock(rule: string): boolean {
  const match = /^-A ufw6?-before-input (.*) -j ACCEPT$/.exec(rule);
  return match !== null && stock.has(canonical(match[1]!));
}

/** Matches in one order, without what iptables-save adds. */
function canonical(matches: string): string {
  const plain = matches.replace('-m udp ', '').replaceAll(/\/(32|128)(?= |$)/g, '');
  return plain
    .split(/ (?=-)/)
    .sort()
    .join(' ');
}
