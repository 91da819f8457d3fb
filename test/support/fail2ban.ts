/** What a hardened Debian 13 host answers to `fail2ban.server`, and ways to change it. */
const get = {
  bantime: 86400,
  findtime: 600,
  maxretry: 3,
  ignoreip: ['127.0.0.0/8', '::1'],
  ignoreself: true,
  ignorecommand: '' as string | null,
  journalmatch: [['_SYSTEMD_UNIT=ssh.service'], ['_COMM=sshd']],
  logpath: [] as string[],
  ignoreregex: [] as string[],
  'bantime.increment': null as boolean | null,
  'bantime.maxtime': null as number | null,
  'bantime.factor': null as string | null,
  'bantime.formula': null as string | null,
  'bantime.multipliers': null as string | null,
};

/** What fail2ban 1.1 would do for a ban through nft, and how its base chain is hooked. */
export function nftCommands(blocktype: string, hook = 'input') {
  const start = (set: string, type: string, family: string) =>
    [
      'nft add table inet f2b-table',
      `nft -- add chain inet f2b-table f2b-chain \\{ type filter hook ${hook} priority -1 \\; \\}`,
      `nft add set inet f2b-table ${set} \\{ type ${type}\\; \\}`,
      "for proto in $(echo 'tcp' | sed 's/,/ /g'); do",
      `nft add rule inet f2b-table f2b-chain $proto dport \\{ $(echo 'ssh' | sed s/:/-/g) \\} ${family} saddr @${set} ${blocktype}`,
      'done',
    ].join('\n');
  const ban = (set: string) => `nft add element inet f2b-table ${set} \\{ <ip> \\}`;
  return {
    start: start('addr-set-sshd', 'ipv4_addr', 'ip'),
    ban: ban('addr-set-sshd'),
    start6: start('addr6-set-sshd', 'ipv6_addr', 'ip6'),
    ban6: ban('addr6-set-sshd'),
  };
}

const nftables = {
  tools: { nft: true } as Record<string, boolean>,
  ports: ['22'],
  ...nftCommands('reject'),
  protocol: 'tcp',
};

const jail = {
  name: 'sshd',
  status: [
    [
      'Filter',
      [
        ['Currently failed', 0],
        ['Total failed', 0],
      ],
    ],
    [
      'Actions',
      [
        ['Currently banned', 0],
        ['Banned IP list', 0],
      ],
    ],
  ] as unknown,
  actions: { nftables } as Record<string, object>,
  banned: [] as string[],
  enforced: {} as Record<string, boolean>,
  nft: [] as object[],
  catches: { 'an invalid user': true, 'an invalid user over IPv6': true } as Record<string, boolean> | null,
  files: {} as Record<string, string | boolean[]>,
};

const record = {
  MESSAGE: 'Connection closed by 198.18.0.5 port 35642',
  _PID: '92',
  _COMM: 'sshd-session',
  _SYSTEMD_UNIT: 'ssh.service',
  age: 60,
  from: '',
};

export interface Changes {
  get?: Partial<typeof get>;
  jail?: Partial<typeof jail>;
  action?: Partial<typeof nftables>;
  records?: Partial<typeof record>[];
  threads?: string[];
  logLevel?: string;
  pid?: number;
}

export function serverAnswer(changes: Changes = {}): string {
  const actions = { nftables: { ...nftables, ...changes.action } };
  const one = { ...jail, get: { ...get, ...changes.get }, actions, ...changes.jail };
  const threads = changes.threads ?? ['f2b/a.sshd', 'f2b/f.sshd', 'f2b/observer', 'fail2ban-server'];
  return [
    'installed|yes',
    'unit|MainPID=65',
    'unit|ExecStart=/usr/bin/fail2ban-server -xf start ',
    'unit|LoadState=loaded',
    'unit|ActiveState=active',
    'unit|SubState=running',
    `loglevel|${changes.logLevel ?? 'INFO'}`,
    ...(changes.records ?? [{}]).map((each) => `record|${JSON.stringify({ ...record, ...each })}`),
    `server|${JSON.stringify({ pid: changes.pid ?? 65, ping: 'pong', threads })}`,
    `jail|${JSON.stringify(one)}`,
    'end',
    '',
  ].join('\n');
}

export const configAnswer = `installed|yes
valid|true
jail|{"name": "sshd", "backend": "systemd", "starts": true, "set": [["addjournalmatch", "_SYSTEMD_UNIT=ssh.service", "+", "_COMM=sshd"], ["maxretry", "3"], ["findtime", "600"], ["bantime", "86400"], ["ignorecommand", ""], ["addignoreip", "127.0.0.1/8", "::1"], ["addaction", "nftables"]]}
default|["bantime", "1h", 3600]
default|["findtime", "10m", 600]
default|["maxretry", "5", 5]
default|["ignoreip", "127.0.0.1/8 ::1", null]
place|["DEFAULT", "bantime", "/etc/fail2ban/jail.local:2"]
place|["sshd", "bantime", "/etc/fail2ban/jail.local:13"]
end
`;
