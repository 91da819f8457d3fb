import type { Answer } from '../../model/evidence.ts';
import type { HostProbe, OutsideProbe } from '../../model/probe.ts';
import { aimOf } from './aim.ts';

export interface Options {
  family: 'ipv4' | 'ipv6';
  protocol: 'tcp' | 'udp';
  ssh_port: number;
  outside?: string;
  address?: string;
}

/** Docker's API, Grafana, Loki, Redis, the gatekeeper, Prometheus and their kin: open to nobody. */
const grave = [2375, 2376, 3000, 3100, 6379, 8080, 8081, 9090, 9100];

/** WireGuard, DNS, DHCP, NTP, NetBIOS, SNMP, IKE, SSDP, mDNS, statsd: nmap knows what most of these answer to. */
const talkative = [53, 67, 123, 137, 161, 500, 1900, 4500, 5353, 8125, 41641];

/**
 * Addresses and listeners as the kernel lists them (proc(5), ip(8)), loopback and connections left out. The files are
 * hexadecimal and need no tool; /proc/net/if_inet6 is not there when the kernel has no IPv6.
 */
export const aimProbe: HostProbe = {
  kind: 'host',
  name: 'outside.aim',
  run: [
    'ip -o -4 addr show >/dev/null || exit',
    "ip -o -4 addr show scope global | sed 's/^/inet4|/'",
    "[ ! -e /proc/net/if_inet6 ] || sed 's/^/inet6|/' /proc/net/if_inet6 || exit",
    ...['tcp', 'tcp6', 'udp', 'udp6'].map(
      (table) =>
        `[ ! -e /proc/net/${table} ] || sed -n 's/^ *[0-9]*: \\([0-9A-F:]*\\) [0-9A-F]*:0000 \\(0[7A]\\) .*/${table}|\\1|\\2/p' /proc/net/${table} || exit`,
    ),
    'echo end',
  ].join('\n'),
};

/** The look itself; with `outside: none` nothing is asked at all. */
export function probesOf(options: Options): (HostProbe | OutsideProbe)[] {
  return options.outside === 'none' ? [] : [aimProbe, lookProbe(options)];
}

export function lookName({ protocol, family }: Pick<Options, 'family' | 'protocol'>): string {
  return `outside.${protocol}${family === 'ipv4' ? 4 : 6}`;
}

function lookProbe(options: Options): OutsideProbe {
  const { protocol, family, ssh_port: knownPort, address = '', outside } = options;
  return {
    kind: 'outside',
    name: lookName(options),
    family: family === 'ipv4' ? 4 : 6,
    protocol,
    ports: protocol === 'tcp' ? 'all' : talkative,
    again: protocol === 'tcp' ? grave : [],
    knownPort,
    address: address === '' ? null : address,
    nearby: outside === 'any',
    aim: (answers: Readonly<Record<string, Answer>>) => aimOf(answers, options),
  };
}
