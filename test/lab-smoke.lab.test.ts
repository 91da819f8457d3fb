import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boot, delayProxy, type LabHost, type Layer, type Release } from '../lab/index.ts';
import { unavailable } from './lab/unavailable.ts';

const hosts: [Release, Layer][] = [
  ['debian12', 'bare'],
  ['debian12', 'hardened'],
  ['debian13', 'bare'],
  ['debian13', 'hardened'],
];

describe.skipIf(unavailable)('the lab', () => {
  describe.each(hosts)('%s %s', (release, layer) => {
    let host: LabHost;

    beforeAll(async () => {
      host = await boot({ release, layer });
    });
    afterAll(() => host?.stop());

    it('has come up without a failed unit', async () => {
      const { stdout } = await host.exec('systemctl --failed --no-legend; systemctl is-system-running');
      expect(stdout).toBe('running\n');
    });

    it('lets in exactly the users it should', async () => {
      const answers = {
        root: await login(host, 'root'),
        ubuntu: await login(host, 'ubuntu'),
        fleetclaw: await login(host, 'fleetclaw'),
      };
      expect(answers).toEqual(
        layer === 'bare'
          ? { root: 'in, sudo', ubuntu: 'in, sudo', fleetclaw: 'refused' }
          : { root: 'refused', ubuntu: 'in, sudo', fleetclaw: 'in' },
      );
    });

    it('shows its own values of what the kernel has once per machine', async () => {
      const machine = ['/proc/sys/vm/swappiness', '/proc/sys/fs/file-max', '/proc/swaps'].map((path) =>
        readFileSync(path, 'utf8'),
      );
      const { stdout } = await host.exec('sysctl -n vm.swappiness fs.file-max; tail -n +2 /proc/swaps');
      const swap = '/swapfile                               file\t\t4194300\t\t0\t\t-2\n';
      expect(stdout).toBe(`${layer === 'bare' ? '60' : '10'}\n9223372036854775807\n${layer === 'bare' ? '' : swap}`);

      await host.exec('sysctl -q -w vm.swappiness=7 net.core.somaxconn=777; swapon /swapfile');
      expect((await host.exec('sysctl -n vm.swappiness net.core.somaxconn')).stdout).toBe('7\n777\n');
      expect(
        ['/proc/sys/vm/swappiness', '/proc/sys/fs/file-max', '/proc/swaps'].map((path) => readFileSync(path, 'utf8')),
      ).toEqual(machine);
    });

    it('knows without a network that nothing is to be upgraded', async () => {
      const { code, stdout } = await host.exec('apt-get -s dist-upgrade');
      expect(code).toBe(0);
      expect(stdout).toMatch(/^0 upgraded, 0 newly installed, 0 to remove/m);
    });

    it('runs the fleet, and shows it to the outside only where nobody hardened it', async () => {
      const { stdout } = await host.exec("docker ps --format '{{.Names}} {{.State}}' | sort");
      const names = ['dz-001', 'ex-001', 'loki', 'prometheus', 'promtail', 'redis'];
      expect(stdout).toBe(names.map((each) => `fleetclaw-${each} running\n`).join(''));
      const six = (await host.exec('ip -br -6 addr show ens3 scope global')).stdout.split(/[\s/]+/)[2] ?? '';
      expect(six).toMatch(/^2001:db8:/);
      expect([await ping(host.address), await ping(six)]).toEqual(
        Array(2).fill(layer === 'bare' ? '+PONG' : 'no answer'),
      );
    });

    it('has a Redis that knows its users', async () => {
      const said = (await host.exec('docker exec fleetclaw-redis redis-cli acl whoami')).stdout.trim();
      expect(said).toBe(layer === 'bare' ? 'default' : 'NOAUTH Authentication required.');
    });

    it('has a way out in both families, and no timer that is overdue', async () => {
      const routes = await host.exec('ip route show default; ip -6 route show default');
      expect(routes.stdout.match(/dev ens3/g)).toHaveLength(2);
      const stamps = await host.exec('find /var/lib/systemd/timers -name "stamp-*" -mmin +60');
      expect(stamps.stdout).toBe('');
    });

    it('lets nobody inside set the clock of the machine, load modules or reach its memory', async () => {
      const caps = 'grep -h ^CapBnd /proc/self/status /proc/1/status';
      const [own, first] = (await host.exec(caps)).stdout.match(/[0-9a-f]{16}/g) ?? [];
      const reaching = (1n << 25n) | (1n << 16n) | (1n << 17n) | (1n << 35n); // capabilities(7)
      expect([own, first].map((each) => BigInt(`0x${each}`) & reaching)).toEqual([0n, 0n]);
    });

    it('takes files and commands past ssh', async () => {
      await host.write("/srv/it's a/file", 'two\nlines', 0o640);
      expect(await host.exec(`stat -c %a "/srv/it's a/file"; cat "/srv/it's a/file"; echo no >&2; exit 3`)).toEqual({
        code: 3,
        stdout: '640\ntwo\nlines',
        stderr: 'no\n',
      });
    });

    it('leaves nothing behind', async () => {
      expect(traces(host.name)).toEqual({ mounts: true, device: true, cgroups: true, processes: true, notes: true });
      await host.stop();
      expect(traces(host.name)).toEqual(nothing);
    });
  });

  it('listens where it is told to', async () => {
    const host = await boot({ release: 'debian13', layer: 'bare', ports: [2222, 22] });
    expect(await login(host, 'ubuntu')).toBe('in, sudo');
    expect((await host.exec("ss -Hltn 'sport = :2222 or sport = :22' | wc -l")).stdout).toBe('4\n');
    await host.stop();
  });

  it('removes at the next boot what a killed run left', async () => {
    const script = `import { boot } from './lab/index.ts';
      const host = await boot({ release: 'debian13', layer: 'bare' });
      console.log(host.name);
      setInterval(() => {}, 1000);`;
    const run = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const name = String((await once(run.stdout, 'data'))[0]).trim();
    const ended = once(run, 'close');
    run.kill('SIGKILL');
    await ended;
    expect(traces(name)).toMatchObject({ mounts: true, processes: true });

    const next = await boot({ release: 'debian13', layer: 'bare' });
    expect(traces(name)).toEqual(nothing);
    await next.stop();
  });

  it('refuses a name that is in use, and one that is no name', async () => {
    const host = await boot({ release: 'debian13', layer: 'bare', name: `t${process.pid}` });
    await expect(boot({ release: 'debian13', layer: 'bare', name: host.name })).rejects.toThrow(
      `a host named ${host.name} already`,
    );
    await expect(boot({ release: 'debian13', layer: 'bare', name: '../x' })).rejects.toThrow('no name');
    expect(await login(host, 'ubuntu')).toBe('in, sudo');
    await host.stop();
  });
});

describe('the delay proxy', () => {
  it('holds back both directions and keeps the order', async () => {
    const echo = createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
    await once(echo, 'listening');
    const proxy = await delayProxy({
      to: { host: '127.0.0.1', port: (echo.address() as AddressInfo).port },
      oneWayMs: 40,
    });
    const begin = performance.now();
    const client = connect(proxy.port, '127.0.0.1');
    let answer = '';
    client.on('data', (bytes) => (answer += String(bytes)));
    for (const letter of 'abcdef') client.write(letter);
    client.end();
    await once(client, 'close');
    const took = performance.now() - begin;
    await proxy.close();
    echo.close();
    expect(answer).toBe('abcdef');
    expect(took).toBeGreaterThanOrEqual(79);
    expect(took).toBeLessThan(400);
  });
});

function login(host: LabHost, user: string): Promise<string> {
  const command = 'sudo -n true 2>/dev/null && echo in, sudo || echo in';
  return new Promise((resolve) => {
    execFile('ssh', ['-F', host.sshConfig, '-o', 'BatchMode=yes', user, command], (_error, stdout, stderr) => {
      resolve(stdout.trim() || (stderr.includes('Permission denied (publickey') ? 'refused' : stderr));
    });
  });
}

const nothing = { mounts: false, device: false, cgroups: false, processes: false, notes: false };

/** What the machine still has of a host. */
function traces(name: string): typeof nothing {
  const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n');
  const cgroups = mounts.filter((line) => / cgroup2? /.test(line)).map((line) => line.split(' ')[1] ?? '');
  const mine = mounts.find((line) => line.startsWith(`fleet-audit-lab-${name} `));
  return {
    mounts: mine !== undefined,
    device: existsSync(`/sys/class/net/ve-${name}`),
    cgroups: cgroups.some((path) => existsSync(`${path}/fleet-audit-lab-${name}`)),
    processes: readdirSync('/proc').some((pid) => /^\d+$/.test(pid) && ofHost(pid, name)),
    notes: existsSync(`/run/systemd/nspawn/propagate/${name}`),
  };
}

function ofHost(pid: string, name: string): boolean {
  try {
    // One that has ended and waits for its parent to notice is no process of the host any more.
    if (/^State:\t[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))) return false;
    const own = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(`--machine=${name}`);
    return own || readFileSync(`/proc/${pid}/cgroup`, 'utf8').includes(`/fleet-audit-lab-${name}`);
  } catch {
    return false; // it ended while we looked
  }
}

/** What the fleet's Redis says to the world. */
function ping(address: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port: 6379, timeout: 1000 });
    const end = (text: string) => {
      socket.destroy();
      resolve(text);
    };
    socket.on('connect', () => socket.write('PING\r\n'));
    socket.on('data', (data) => end(String(data).trim()));
    socket.on('timeout', () => end('no answer'));
    socket.on('error', () => end('no answer'));
  });
}
