import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { boot, type LabHost } from '../../lab/index.ts';
import { mend, undoAll } from './mend.ts';
import { unavailable } from './unavailable.ts';

const published = [3100, 6379, 9090];
const controls = ['dockeruser-external-drop', 'dockeruser-rules-file', 'dockeruser-unit'];
const chosen = controls.flatMap((id) => ['--control', id]);

/** Rules without what they have counted, all of /etc, and what starts. */
const snapshot = `for c in iptables ip6tables; do $c-save -t filter | grep -v '^#' | sed 's/ \\[.*//'; done
cd /etc; find . -path ./ssl -prune -o -type f -print0 | sort -z | xargs -0 sha256sum
find . -path ./ssl -prune -o -printf '%y %p -> %l %m %u:%g\\n' | sort
systemctl list-unit-files --no-legend --plain | grep -v ' transient'`;

/** Tables as a boot has them: what was there is no proof of what is loaded. */
const bootAnew = `systemctl stop docker.socket docker.service docker-iptables.service
for c in iptables ip6tables; do for t in nat filter; do $c -t $t -F; $c -t $t -X; done; done
systemctl soft-reboot`;

describe.skipIf(unavailable)('a fix of DOCKER-USER', () => {
  let host: LabHost;
  beforeAll(async () => {
    host = await boot({ release: 'debian13', layer: 'bare' });
  });
  afterAll(() => host?.stop());

  const say = async (command: string) => (await host.exec(command)).stdout.trim();
  const openPorts = async () => {
    const seen = await Promise.all(published.map((port) => answers(host.address, port)));
    return published.filter((_, at) => seen[at]);
  };
  const containers = () =>
    say(`docker inspect -f '{{.Name}} {{.Id}} {{.State.StartedAt}} {{.State.Pid}}' $(docker ps -q) | sort`);
  const rules = () => say('iptables -S DOCKER-USER');

  async function expectContainersReach(): Promise<void> {
    const { port, address } = await listenOutside(host);
    const reach = (where: string) => host.exec(`docker exec fleetclaw-loki nc -w 5 ${where} </dev/null`);
    expect(await reach(`${address} ${port}`)).toMatchObject({ code: 0, stdout: 'outside\n' });
    expect(await reach('fleetclaw-prometheus 9090')).toMatchObject({ code: 0 });
    expect(await host.exec('nc -w 5 127.0.0.1 9090 </dev/null')).toMatchObject({ code: 0 });
  }

  async function expectMended(): Promise<void> {
    const mended = await mend(host, ...chosen);
    const is = mended.controls.map(({ id, status, fix }) => [id, status, fix.status]);
    expect(is, mended.stderr).toEqual(expect.arrayContaining(controls.map((id) => [id, 'pass', 'fixed'])));
    expect(await openPorts()).toEqual([]);
  }

  test('closes what is published, touches no container, and is gone without a trace once it is undone', async () => {
    const before = await say(snapshot);
    const running = await containers();
    expect(running.split('\n')).toHaveLength(6);
    expect(await openPorts()).toEqual(published);
    await expectContainersReach();

    await expectMended();
    expect(await containers()).toBe(running);
    await expectContainersReach();

    await undoAll(host);
    expect(await say(snapshot)).toBe(before);
    expect(await openPorts()).toEqual(published);
    expect(await containers()).toBe(running);
  });

  test('holds when Docker restarts, and from before Docker starts at the next boot', async () => {
    await expectMended();
    const loaded = await rules();
    await host.exec('systemctl restart docker.service');
    expect(await rules()).toContain('-A DOCKER-USER -i ens3 -j DROP');
    expect(await openPorts()).toEqual([]);

    await host.exec(bootAnew);
    await isUp();
    expect(await rules()).toContain(loaded); // and what Docker puts behind it
    expect(await openPorts()).toEqual([]);
    const [loadedAt, startedAt] = (
      await say(`systemctl show -P ActiveEnterTimestampMonotonic docker-iptables.service
systemctl show -P ExecMainStartTimestampMonotonic docker.service`)
    ).split('\n');
    expect(Number(loadedAt)).toBeGreaterThan(0);
    expect(Number(startedAt)).toBeGreaterThan(Number(loadedAt));
    await expectContainersReach();

    await undoAll(host);
    expect(await rules()).not.toContain('DROP');
    expect(await openPorts()).toEqual(published);
  });

  /** All containers are there again, some time after a boot. */
  async function isUp(): Promise<void> {
    for (let left = 40; left > 0; left -= 1) {
      await sleep(1000);
      const { stdout } = await host.exec('docker ps -q | wc -l').catch(() => ({ stdout: '' }));
      if (stdout.trim() === '6') return;
    }
    throw new Error('Docker did not come up again');
  }
});

/** Whether a TCP connection comes about from here, which is outside. */
function answers(host: string, port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ host, port, timeout: 3000 });
    const end = (open: boolean) => {
      socket.destroy();
      done(open);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}

/** This machine's end of the link is all of the internet that a lab host has. */
async function listenOutside({ address }: LabHost): Promise<AddressInfo> {
  const ours = address.replace(/\d+$/, (last) => String(Number(last) - 1));
  const server = createServer((socket) => socket.end('outside\n')).listen(0, ours);
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return server.address() as AddressInfo;
}
