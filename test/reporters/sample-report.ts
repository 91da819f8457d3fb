import type { ControlResult, HostResult, Report } from '../../src/model/report.ts';
import { control, finding, host, manual, report } from './build.ts';

const ssh = { section: '2', tags: ['core', 'ssh'] };
const ufw = { section: '3', tags: ['core', 'layer-1', 'firewall'] };
const docker = { section: '5', tags: ['core', 'layer-2', 'docker'] };

const port = { family: 'ipv4', proto: 'tcp' } as const;
const exposure: HostResult['exposure'] = [
  {
    ...{ ...port, port: 22, listener: 'sshd', container: null, bound: '0.0.0.0' },
    ...{ stoppedBy: null, reachable: true, outside: 'open', agrees: true },
  },
  {
    ...{ ...port, port: 3100, listener: 'docker-proxy', container: 'fleetclaw-loki', bound: '0.0.0.0' },
    ...{ stoppedBy: 'DOCKER-USER', reachable: false, outside: 'open', agrees: false },
  },
  {
    ...{ ...port, port: 6379, listener: 'docker-proxy', container: 'fleetclaw-redis', bound: '127.0.0.1' },
    ...{ stoppedBy: 'loopback', reachable: false, outside: 'filtered', agrees: true },
  },
  {
    ...{ ...port, family: 'ipv6', port: 22, listener: 'sshd', container: null, bound: '::' },
    ...{ stoppedBy: null, reachable: null, outside: null, agrees: null },
  },
];

const rootLogin = control('ssh-permit-root-login', 'Root login disabled', {
  ...ssh,
  severity: 'critical',
  references: ['https://man.openbsd.org/sshd_config#PermitRootLogin'],
  status: 'fail',
  findings: [
    finding(
      'fail',
      'PermitRootLogin for user root from 203.0.113.1 is yes (set by /etc/ssh/sshd_config.d/50-cloud-init.conf:1), expected no',
      {
        expected: 'no',
        actual: 'yes',
        where: '/etc/ssh/sshd_config.d/50-cloud-init.conf:1',
        probe: 'sshd.effective',
      },
    ),
    finding('pass', 'PermitRootLogin for user root from 10.1.2.3 is no, expected no', { expected: 'no', actual: 'no' }),
  ],
  fix: manual(
    'Keep a second session open.\nWrite "PermitRootLogin no" into /etc/ssh/sshd_config.d/10-hardening.conf: the first value that sshd reads wins, so the name must sort before 50-cloud-init.conf.\nsshd -t && systemctl reload ssh\nLog in again before you close anything.',
  ),
});

const passwords = control('ssh-password-authentication', 'Password login disabled', {
  ...ssh,
  severity: 'critical',
  status: 'waived',
  waiver: {
    reason: 'console access is being moved to keys',
    owner: 'platform team',
    expires: '2026-03-31',
    state: 'live',
    status: 'fail',
  },
  findings: [
    finding('fail', 'PasswordAuthentication is yes, expected no', {
      expected: 'no',
      actual: 'yes',
      where: '/etc/ssh/sshd_config:57',
    }),
  ],
  fix: manual('Write "PasswordAuthentication no" into /etc/ssh/sshd_config.d/10-hardening.conf.'),
});

const incoming = control('ufw-default-incoming-deny', 'Default incoming deny', {
  ...ufw,
  severity: 'critical',
  status: 'fail',
  findings: [
    finding('fail', 'incoming policy of ufw is allow, expected deny', {
      expected: 'deny',
      actual: 'allow',
      where: '/etc/default/ufw:19',
      probe: 'file:/etc/default/ufw',
    }),
    finding('error', 'could not tell policy of INPUT: iptables-save was killed after 10 s', {
      code: 'timed-out',
      probe: 'iptables.filter',
    }),
  ],
  waiver: {
    reason: 'migration of the load balancer',
    owner: 'network team',
    expires: '2026-02-15',
    state: 'expired',
    status: 'fail',
  },
  fix: manual('ufw allow 22/tcp comment "SSH"\nufw default deny incoming'),
});

const unit = control('dockeruser-unit', 'docker-iptables.service enabled, succeeded', {
  ...docker,
  severity: 'high',
  status: 'fail',
  findings: [
    finding('fail', 'docker-iptables.service is not enabled, expected that it is enabled', {
      expected: true,
      actual: false,
      where: 'systemctl show docker-iptables.service',
    }),
  ],
  fix: manual('systemctl enable --now docker-iptables.service'),
});

const published = control('ports-published-loopback', 'Every published port is bound to loopback', {
  section: '6',
  severity: 'high',
  tags: ['core', 'layer-3', 'docker'],
  status: 'fail',
  findings: [
    'redis:6379',
    'grafana:3000',
    'loki:3100',
    'prometheus:9090',
    'promtail:9080',
    'gatekeeper:8443',
    'exporter:9121',
  ].map((each) =>
    finding(
      'fail',
      `published address of fleetclaw-${each.replace(':', ' port ')} is 0.0.0.0, expected an address in 127.0.0.0/8`,
      {
        expected: { in_network: '127.0.0.0/8' },
        actual: '0.0.0.0',
        where: 'docker inspect',
      },
    ),
  ),
  fix: manual(
    'In docker-compose.yml write "127.0.0.1:6379:6379" instead of "6379:6379", then recreate the containers:\ndocker compose up -d --force-recreate',
  ),
});

const maxAuthTries = control('ssh-max-auth-tries', 'MaxAuthTries ≤ 3', {
  ...ssh,
  findings: [finding('pass', 'MaxAuthTries is 3, expected at most 3', { expected: { at_most: 3 }, actual: 3 })],
  waiver: {
    reason: 'deploy keys of the old pipeline',
    owner: 'platform team',
    expires: '2026-06-30',
    state: 'stale',
    status: 'pass',
  },
});

const noVantage = (id: string, title: string, severity: ControlResult['severity']) =>
  control(id, title, {
    section: '6',
    severity,
    tags: ['core', 'layer-4', 'outside'],
    status: 'error',
    durationMs: 0,
    findings: [
      finding('error', `could not tell ${id.replaceAll('-', ' ')}: there is no vantage outside the host`, {
        code: 'no-vantage',
      }),
    ],
  });

const skipped = (id: string, title: string, section: string, reason: string) =>
  control(id, title, { section, status: 'skip', reason, durationMs: 3 });

const noRedis = 'does not apply: container fleetclaw-redis does not exist';

const vps3: ControlResult[] = [
  control('sys-os-release', 'Host is Ubuntu 24.04', { severity: 'low' }),
  control('sys-timezone-utc', 'Time zone UTC', { severity: 'low' }),
  control('sys-security-updates', 'No pending security updates', {
    severity: 'high',
    status: 'error',
    findings: [
      finding('error', 'could not tell pending security updates: the package lists are 12 days old', {
        code: 'stale',
        where: '/var/lib/apt/lists',
        probe: 'apt.pending',
      }),
    ],
    fix: manual('apt-get update, then run the audit again.'),
  }),
  control('user-app-ssh-dir', '~fleetclaw/.ssh 0700 owned by fleetclaw', { severity: 'high' }),
  rootLogin,
  passwords,
  control('ssh-kbd-interactive', 'Keyboard-interactive disabled', { ...ssh, severity: 'critical' }),
  control('ssh-x11-forwarding', 'X11 forwarding off', ssh),
  maxAuthTries,
  incoming,
  control('ufw-logging', 'Logging at least low', {
    ...ufw,
    severity: 'low',
    status: 'fail',
    findings: [
      finding('fail', 'logging of ufw is off, expected one of low, medium, high', {
        expected: { one_of: ['low', 'medium', 'high'] },
        actual: 'off',
        where: '/etc/ufw/ufw.conf:9',
      }),
    ],
    fix: manual('ufw logging low'),
  }),
  control('ufw-ipv6', 'UFW manages IPv6', { ...ufw, severity: 'high' }),
  control('docker-service', 'Docker active and enabled', { section: '4', severity: 'high' }),
  control('docker-engine-version', 'Engine ≥ 28.0.0 and not end-of-life', { section: '4' }),
  unit,
  control('dockeruser-external-drop', 'ens3 DROP present in DOCKER-USER', { ...docker, severity: 'critical' }),
  published,
  noVantage('external-tcp-ports', 'Only 22/tcp open via nmap', 'critical'),
  noVantage('external-tcp-ports-v6', 'Same over IPv6', 'high'),
  noVantage('external-udp-ports', 'Only 41641/udp may answer', 'medium'),
  control('fail2ban-running', 'Server answers', { section: '7', severity: 'high' }),
  skipped('redis-acl-loaded', 'Redis runs with an ACL file', '10', noRedis),
  skipped('redis-default-user-off', 'default user disabled', '10', noRedis),
  skipped('redis-isolation-key', 'Redis ex_001 gets NOPERM', '10', noRedis),
  skipped('swap-present', 'At least 4 GiB of swap', '11', 'left out by the profile: this flavour has enough memory'),
];

/** A host that tries what a host can: colours, a forged line, orders to the CI runner, a link to an artifact. */
const hostile: ControlResult[] = [
  control('ssh-allow-users', 'Logins restricted to the listed users', {
    ...ssh,
    severity: 'high',
    status: 'fail',
    findings: [
      finding(
        'fail',
        'AllowUsers is "ubuntu\u001b[2K\r\u001b[32m✓ PASS\u001b[0m\n::error file=deploy.sh,line=1::forged", expected exactly fleetclaw, ubuntu',
        {
          expected: ['fleetclaw', 'ubuntu'],
          actual: [
            'ubuntu',
            '\u001b]0;owned\u0007##[error]forged',
            ']]></failure></testcase>]]>',
            '[[ATTACHMENT|/etc/passwd]]',
          ],
          where: '/etc/ssh/sshd_config.d/\u202Efnoc.live:1',
        },
      ),
    ],
    fix: manual('AllowUsers fleetclaw ubuntu'),
  }),
  control('ssh-permit-root-login', 'Root login disabled', { ...rootLogin, durationMs: 7 }),
];

const ids = vps3.map(({ id, title, severity, section, tags }) => ({ id, title, severity, section, tags }));
const untold = (message: string, code: string) =>
  ids.map(({ id, title, ...more }) =>
    control(id, title, {
      ...more,
      status: 'error',
      durationMs: 0,
      findings: [finding('error', `could not be told: ${message}`, { code })],
    }),
  );

const sudo: HostResult['error'] = {
  code: 'sudo',
  message: 'sudo refused: a password is required for deploy',
  hint: 'give deploy a NOPASSWD rule for the audit, or audit as another user: --target ssh://root-capable@vps3-b.example.net',
};

const keyChanged: HostResult['error'] = {
  code: 'host-key-changed',
  message:
    'the host key of vps3-c.example.net:22 is not the one in /home/ci/.ssh/known_hosts:4 (offered SHA256:7Zq0, known SHA256:uN1x)',
  hint: 'if the host was reinstalled, compare the new fingerprint on its console, then: ssh-keygen -R vps3-c.example.net',
};

/** A report with every status, every state of a waiver, a host without sudo, one unreachable and one that is hostile. */
export const sampleReport: Report = report(
  [
    host('vps3-a.example.net', vps3, { target: 'ssh://ubuntu@vps3-a.example.net', exposure }),
    host('vps3-b.example.net', untold(sudo.message, 'denied'), {
      target: 'ssh://deploy@vps3-b.example.net',
      error: sudo,
    }),
    host('vps3-c.example.net', untold(keyChanged.message, 'unreachable'), {
      target: 'ssh://ubuntu@vps3-c.example.net',
      platform: null,
      reachable: false,
      error: keyChanged,
      logins: 0,
      execs: 0,
    }),
    host('lab', hostile, {
      target: 'ssh://root@[2001:db8::7]:2222',
      platform: { os: 'debian\u001b[7m', version: '13\u202e' },
    }),
  ],
  {
    warnings: [
      'the waiver for ufw-default-incoming-deny on vps3-a.example.net expired on 2026-02-15',
      'ssh-max-auth-tries passes on vps3-a.example.net: its waiver can go',
    ],
  },
);
