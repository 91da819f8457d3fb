import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { boot, type LabHost } from '../../lab/index.ts';
import { bySocket } from './fix-host.ts';
import { mend, past, standing, undoAll, type Mended } from './mend.ts';
import { unavailable } from './unavailable.ts';

/** All of /etc, and what runs and starts: what a rollback has to bring back. Links that others make meanwhile are no part of it; nor is the
 * order of the packet filters' rules: Docker writes its own in another one each time that it starts. */
const snapshot = `cd /etc
find . -path ./ssl -prune -o -type l ! -name mtab -printf '%p -> %l %u:%g\\n' | sort
find . -path ./ssl -prune -o -type f -printf '%p %m %u:%g\\n' | sort
find . -path ./ssl -prune -o -type f -print0 | sort -z | xargs -0 sha256sum
find . -path ./ssl -prune -o -type d -printf '%p/ %m %u:%g\\n' | sort
systemctl list-unit-files --no-legend --plain | grep -v ' transient'
systemctl is-active fail2ban.service docker.service ssh.service ssh.socket apt-daily.timer apt-daily-upgrade.timer
sysctl vm.swappiness net.core.somaxconn net.ipv4.tcp_max_syn_backlog fs.file-max
fail2ban-client get sshd maxretry; fail2ban-client get sshd bantime; fail2ban-client get sshd findtime
sshd -T
hostname; timedatectl show -p Timezone
for save in iptables-save ip6tables-save; do $save | grep '^[:-]' | grep -v '^:[A-Z]* ACCEPT' | sed "s/ [[].*//; s/^/$save /" | sort; done
dpkg-query -W | sort
docker info -f '{{.LiveRestoreEnabled}}'; docker inspect -f '{{.Name}} {{.Id}} {{.State.StartedAt}}' $(docker ps -q) | sort`;

const look = async (host: LabHost) => (await host.exec(snapshot)).stdout;

/** Everything that a fix can mend holds, and nothing had to be undone. */
function expectMended({ code, stderr, controls }: Mended): void {
  expect(code, stderr).toBe(1); // much is left for a person
  const mended = controls.filter(({ fix: { status } }) => status === 'fixed');
  expect(mended.filter(({ status }) => status !== 'pass')).toEqual([]);
  const wanted = ['ssh-permit-root-login', 'sysctl-swappiness', 'fail2ban-defaults', 'fail2ban-sshd-maxretry'];
  expect(mended.map(({ id }) => id)).toEqual(expect.arrayContaining(wanted));
  const ids = (wrong: (each: Mended['controls'][number]) => boolean) => controls.filter(wrong).map(({ id }) => id);
  const bad = new Set<unknown>(['fix-failed-rolled-back', 'reverted-lockout', 'rollback-failed', 'planned']);
  expect(ids(({ fix: { status } }) => bad.has(status))).toEqual([]);
  // fleetclaw is made, but its key is a person's to give, and passwords stay until there is one; a swap file that does not exist is not begun.
  expect(ids(({ status, fix: { available } }) => status === 'fail' && available)).toEqual([
    'user-app-authorized-keys',
    'ssh-password-authentication',
    'swap-persistent',
  ]);
}

const units = async (host: LabHost) =>
  (
    await host.exec(`find /etc/systemd /run/systemd/system /etc/rc?.d -type l -printf '%p -> %l\\n' | sort
systemctl is-active fail2ban.service docker.service docker.socket`)
  ).stdout;

describe.skipIf(unavailable)('a bare host', () => {
  test.each([
    ['debian12', 'ssh.service', 'systemctl is-active ssh.service'],
    ['debian13', 'ssh.service', 'systemctl is-active ssh.service'],
    ['debian13', 'ssh.socket', `${bySocket} && ! systemctl is-active ssh.service`],
  ] as const)(
    'of %s with %s is mended, needs nothing the second time, and is what it was once all is undone',
    async (release, _, prepare) => {
      const host = await boot({ release, layer: 'bare' });
      onTestFinished(() => host.stop());
      expect(await host.exec(prepare)).toMatchObject({ code: 0, stderr: '' });
      expect(await past(host)).toEqual([]); // the first login by a socket makes /run/sshd
      const before = await look(host);
      expectMended(await mend(host));
      expect(await look(host)).not.toBe(before);

      const transactions = await past(host);
      expect(standing(transactions)).toHaveLength(transactions.length);
      const again = await mend(host);
      expect(again.code, again.stderr).toBe(1);
      expect(await past(host)).toEqual(transactions);

      await undoAll(host);
      expect(await look(host)).toBe(before);
    },
  );
});

describe.skipIf(unavailable)('a unit starts at boot again as it did, however that was', () => {
  let host: LabHost;
  beforeAll(async () => {
    host = await boot({ release: 'debian13', layer: 'hardened' });
  });
  afterAll(() => host?.stop());

  test.each([
    ['disabled', 'fail2ban-enabled', 'systemctl disable fail2ban'],
    ['enabled until the next boot', 'fail2ban-enabled', 'systemctl enable --runtime fail2ban'],
    ['masked while it runs', 'fail2ban-enabled', 'systemctl mask fail2ban'],
    ['masked, and enabled below that', 'fail2ban-enabled', 'systemctl enable fail2ban; systemctl mask fail2ban'],
    ['stopped with its socket', 'docker-service', 'systemctl stop docker.socket docker.service'],
  ])('%s', async (_, id, how) => {
    await host.exec(`systemctl unmask fail2ban; systemctl disable fail2ban; ${how}`);
    const before = await units(host);
    const { controls } = await mend(host, '--control', id);
    expect(controls[0]).toMatchObject({ id, status: 'pass', fix: { status: 'fixed' } });
    await undoAll(host);
    expect(await units(host)).toBe(before);
  });
});
