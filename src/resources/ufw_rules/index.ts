import { Type } from '@sinclair/typebox';
import { interfacesProbe } from '../interfaces/probe.ts';
import { ip6tablesProbe, iptablesProbe } from '../iptables/probes.ts';
import { defineResource } from '../resource.ts';
import { ufwProbe } from '../ufw/probes.ts';
import { readRules, type Options } from './read.ts';

const policies = ['deny', 'reject', 'allow'];

export default defineResource({
  type: 'ufw_rules',
  summary:
    'What the packet filter does to packets from the internet, and whether UFW is what decides: as it is now, and as UFW would load it.',
  select: Type.Object({
    at: Type.String({
      pattern: '^(live|boot)$',
      description: "live: the kernel's rules. boot: those that UFW would load from its files",
    }),
    external: Type.Optional(
      Type.Array(Type.String(), { description: 'Interfaces that face the internet; found when empty' }),
    ),
    family: Type.Optional(Type.Integer({ minimum: 4, maximum: 6, description: '4 or 6; both unless said' })),
    port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65535, description: 'For admits; 22 unless said' })),
    protocol: Type.Optional(Type.String({ pattern: '^(tcp|udp)$', description: 'For admits; tcp unless said' })),
  }),
  facts: {
    in_path: {
      kind: 'boolean',
      says: ['is asked: INPUT leads to its rules', 'is not asked: INPUT does not lead to its rules'],
      description: 'A packet from outside comes to ufw-user-input',
    },
    incoming: { kind: 'text', values: policies, description: 'What is done to a packet that no rule names' },
    outgoing: { kind: 'text', values: policies, description: 'The same on the way out' },
    routed: {
      kind: 'text',
      values: policies,
      description: "The same for packets that pass through, past Docker's chains",
    },
    tcp: { kind: 'words', description: 'TCP ports that let anybody in, even perhaps: `22`, `8000-8100`' },
    udp: { kind: 'words', description: "UDP ports; without UFW's own rules for DHCP and multicast" },
    protocols: { kind: 'words', description: 'Other protocols; without ICMP' },
    forwards: { kind: 'words', description: "What UFW's own chains let pass through the host" },
    ahead: {
      kind: 'words',
      description: "What is accepted before UFW's first chain is asked; absent when INPUT asks none of them",
    },
    logs: { kind: 'boolean', says: ['is logged', 'is not logged'], description: 'Refused packets come to a LOG rule' },
    admits: {
      kind: 'boolean',
      says: ['is open to everybody', 'is not open'],
      description: 'The port lets anybody in who is not limited or banned; unknown when it depends on the address',
    },
  },
  example: "{ at: live, incoming: { one_of: [deny, reject] }, tcp: { within: ['22'], when_empty: pass } }",
  probes: ({ at }) => [interfacesProbe, ufwProbe, ...(at === 'live' ? [iptablesProbe, ip6tablesProbe] : [])],
  read: (options, answers) => readRules(options as Options, answers),
});
