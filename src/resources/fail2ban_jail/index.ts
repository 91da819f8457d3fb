import { Type } from '@sinclair/typebox';
import { configProbe, serverProbe } from '../fail2ban/probes.ts';
import { interfacesProbe } from '../interfaces/probe.ts';
import { ip6tablesProbe, iptablesProbe } from '../iptables/probes.ts';
import { defineResource } from '../resource.ts';
import { readJail } from './read.ts';

export default defineResource({
  type: 'fail2ban_jail',
  summary: 'A jail of fail2ban as it runs: what it reads, whom it spares, when it bans, and whether a ban would bite.',
  select: Type.Object({
    name: Type.String({ pattern: '^[A-Za-z0-9_.-]+$', description: 'sshd' }),
    approved: Type.Optional(
      Type.Array(Type.String(), { description: 'Addresses and networks that may be ignored; loopback unless said' }),
    ),
    port: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 65535, description: 'The TCP port that a ban has to close; 22 unless said' }),
    ),
  }),
  facts: {
    active: { kind: 'boolean', says: ['is active', 'is not active'], description: 'It runs, and so do its threads' },
    bantime: {
      kind: 'duration',
      description:
        'The shortest ban that may come of it, also when bans grow (bantime.increment); for ever counts as 100 years',
    },
    findtime: { kind: 'duration', description: 'The time in which failures add up' },
    maxretry: { kind: 'number', description: 'Failures that lead to a ban' },
    ignored: { kind: 'words', description: 'Networks and names beyond the approved ones that are never banned' },
    exempt: { kind: 'words', description: 'Commands and patterns that spare others from being counted' },
    ignores_loopback: {
      kind: 'boolean',
      says: ['spares loopback', 'does not spare loopback'],
      description: 'The host cannot ban itself',
    },
    covers_port: {
      kind: 'boolean',
      says: ['covers the port', 'does not cover the port'],
      description: 'A ban closes the port, or all ports',
    },
    reads_sshd: {
      kind: 'boolean',
      says: ["reads sshd's log", "does not read sshd's log"],
      description:
        "sshd's newest records about logins are in the files or match the journal fields that it reads, and failures were counted",
    },
    misses: {
      kind: 'words',
      description: 'Failed logins of sshd that its filter would not count, of those tried on it (jail sshd only)',
    },
    bans: {
      kind: 'boolean',
      says: ['changes the firewall', 'does not change the firewall'],
      description:
        "An action's commands, with a tool that is there, stop what banned addresses send to the host, and a packet from those banned now gets no way to the port",
    },
  },
  example: '{ name: sshd, active: true, bantime: { at_least: 24h }, maxretry: { at_most: 3 } }',
  probes: () => [serverProbe, configProbe, iptablesProbe, ip6tablesProbe, interfacesProbe],
  read: (options, answers) => readJail(options, answers),
});
