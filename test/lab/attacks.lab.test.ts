import { describe, expect, test } from 'vitest';
import { boot } from '../../lab/index.ts';
import { collectFrom, judge, loadGuide, wordsOf } from './audit.ts';
import { unavailable } from './unavailable.ts';

// Ways in which a host that violates a control once passed it. Named after what went wrong; each must never be green again,
// be it a failure or a "could not tell".
const dropIn = (exec: string) =>
  `mkdir -p /etc/systemd/system/ssh.service.d; printf '[Service]\\nExecStart=\\nExecStart=${exec}\\n' > /etc/systemd/system/ssh.service.d/x.conf`;

const attacks: [name: string, control: string, run: string, says: RegExp][] = [
  [
    'sshd_config is a link that was flipped back after the daemon had read the other file',
    'ssh-running-config-current',
    `cd /etc/ssh; cp -a sshd_config good; sed 's/^MaxAuthTries.*/MaxAuthTries 9/' good > bad; ln -sfn bad sshd_config
     sleep 1; systemctl restart ssh; sleep 1; ln -sfn good sshd_config`,
    /does not work with its files/,
  ],
  [
    'a drop-in of the unit waits for the next boot, for nobody ran daemon-reload',
    'ssh-running-config-current',
    dropIn('/usr/sbin/sshd -D -oPermitRootLogin=yes'),
    /daemon-reload/,
  ],
  [
    'ssh.socket with Accept=yes starts an sshd with options of its own for each connection',
    'ssh-running-config-current',
    `mkdir -p /etc/systemd/system/ssh.socket.d; printf '[Socket]\\nAccept=yes\\n' > /etc/systemd/system/ssh.socket.d/a.conf
     printf '[Service]\\nExecStart=-/usr/sbin/sshd -i -o PermitRootLogin=yes\\nStandardInput=socket\\nRuntimeDirectory=sshd\\nRuntimeDirectoryPreserve=yes\\n' > '/etc/systemd/system/ssh@.service'
     systemctl daemon-reload; systemctl disable --now ssh.service; systemctl enable --now ssh.socket; sleep 1`,
    /Accept=yes/,
  ],
  [
    'the command line of the unit cannot be read',
    'ssh-running-config-current',
    `${dropIn('/usr/sbin/sshd -D -oPermitRootLogin=yes -E "/var/log/a;b"')}; systemctl daemon-reload`,
    /could not be told/,
  ],
  [
    'a single-quoted Include names a directory of an ordinary user',
    'ssh-config-perms',
    `mkdir -p /home/ubuntu/ssh.d; chown ubuntu /home/ubuntu/ssh.d
     sed -i "1i Include '/home/ubuntu/ssh.d/*.conf'" /etc/ssh/sshd_config; systemctl restart ssh`,
    /owner of \/home\/ubuntu\/ssh\.d is ubuntu/,
  ],
  [
    'the word [listener] in an argument hides the options behind it',
    'ssh-permit-root-login',
    `${dropIn('/usr/sbin/sshd -D -E "/var/log/a [listener]" -oPermitRootLogin=yes')}; systemctl daemon-reload; systemctl restart ssh
     rm /etc/systemd/system/ssh.service.d/x.conf; systemctl daemon-reload`,
    /could not be told/,
  ],
  [
    'the unit runs another sshd, which reads other files',
    'ssh-permit-root-login',
    `mkdir -p /opt/ssh /opt/sbin; sed 's,/etc/ssh/sshd_config,/opt/ssh/sshd_config,g' /usr/sbin/sshd > /opt/sbin/sshd; chmod 755 /opt/sbin/sshd
     sed 's/^PermitRootLogin.*/PermitRootLogin yes/' /etc/ssh/sshd_config > /opt/ssh/sshd_config
     ${dropIn('/opt/sbin/sshd -D')}; systemctl daemon-reload; systemctl restart ssh`,
    /PermitRootLogin is yes \(set by \/opt\/ssh\/sshd_config:\d+\)/,
  ],
];

const catalog = await loadGuide();

describe.skipIf(unavailable)('what once passed on a host that violates it', () => {
  test.each(attacks)('%s', async (_, id, run, says) => {
    const host = await boot({ release: 'debian13', layer: 'hardened' });
    try {
      const done = await host.exec(run);
      expect(done.code, done.stderr).toBe(0);
      const controls = catalog.controls.filter((each) => each.id === id);
      const result = judge(await collectFrom(host, 'ubuntu', catalog, controls), catalog, controls);
      expect(result.error).toBe(null);
      expect(['fail', 'error']).toContain(result.controls[0]!.status);
      expect(wordsOf(result, id)).toMatch(says);
    } finally {
      await host.stop();
    }
  });
});
