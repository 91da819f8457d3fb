import { describe, expect, it } from 'vitest';
import { expectNothingFromPieces, look } from '../../../test/support/look.ts';
import { beyondUsual, beyondUsualBits } from './capabilities.ts';
import { idOf, inspected, type Given } from '../../../test/support/containers.ts';
import containers from './index.ts';

const mountTable = [
  'root|/var/lib/docker',
  'home|/root',
  'home|/home/ubuntu',
  'home|/data/people/bob',
  'host|0:75 / / overlay',
  'host|0:81 / /run tmpfs',
  'host|254:0 /srv/docker /var/lib/docker ext4',
  'host|0:84 / /proc proc',
  'host|0:86 / /mnt/a|b tmpfs',
  'host|0:91 / /var/lib/docker/volumes/v/_data proc',
  'host|0:92 / /var/lib/docker/volumes/w/_data tmpfs',
  'host|0:93 / /var/lib/docker/volumes/n/_data nfs4',
  'host|0:94 / /var/lib/docker/volumes/o/_data overlay',
  'host|0:95 /@ /mnt/system btrfs',
  'host|0:95 /@/etc /etc/more btrfs',
  'host|0:4 net:[4026532582] /run/docker/netns/c30dfa15de67 nsfs',
];
const engines = ['engine|/run/docker.sock', 'engine|/var/run/docker/metrics.sock'];
const mountsOf = (at: Given, ...lines: string[]) =>
  [...engines, ...mountTable, ...usual(at), ...lines.map((line) => mountLine(at, line)), 'end', ''].join('\n');
/** As the tests write it: device|root|inside|options|type, all but the last as the kernel has it. */
const mountLine = (at: Given, line: string) => {
  const [device, root, inside, options, type = 'ext4'] = line.split('|');
  return `mount|${idOf(at)} ${device} ${root} ${inside} ${options} ${type}`;
};
/** What Docker lays into every container. */
const usual = (at: Given) => [
  mountLine(at, `254:0|/srv/docker/containers/${idOf(at)}/hosts|/etc/hosts|rw,relatime`),
  mountLine(at, '0:84|/sys|/proc/sys|ro,relatime|proc'),
  mountLine(at, '0:185|/|/proc|rw,nosuid|proc'),
  mountLine(at, '0:186|/|/dev|rw,nosuid|tmpfs'),
];

const agent: Given = { name: 'fleetclaw-ex-001', labels: { 'fleetclaw.managed': 'true' } };
const bind = (Source: string, Destination: string, RW = true) => ({ Type: 'bind', Source, Destination, RW });
const see = (fact: string, given: Given, mounts: string[] = [], options: object = {}) => {
  const seen = look(containers, options, inspected(given), mountsOf(given, ...mounts)).filter(
    (each) => each.fact === fact,
  );
  return seen.map((each) => (each.state === 'value' ? each.value : each.state))[0];
};

describe('containers', () => {
  it('tells nothing from pieces', () => expectNothingFromPieces(containers, {}, inspected(agent), mountsOf(agent)));

  it('names the container and the program', () => {
    const [seen] = look(containers, {}, inspected({ ...agent, kernel: { Uid: '0\t0\t0\t0' } }), mountsOf(agent));
    expect(seen).toMatchObject({
      fact: 'nonroot',
      label: 'container fleetclaw-ex-001',
      value: false,
      note: 'agent as uid 0',
    });
  });

  it.each([
    ['1000\t1000\t1000\t1000', true],
    ['100000\t100000\t100000\t100000', true],
    ['0\t1000\t1000\t1000', false],
    ['1000\t0\t1000\t1000', false],
    ['1000\t1000\t0\t1000', false],
    ['1000\t1000\t1000\t0', false],
    ['1000\t1000\t1000', undefined],
  ])('uids %j', (Uid, nonroot) => {
    const seen = see('nonroot', { ...agent, kernel: { Uid } });
    expect(seen).toBe(nonroot ?? 'unknown');
  });

  it('says nothing of processes that it does not see', () => {
    const lost = inspected(agent).replace(/^(proc|kernel).*\n/gm, '');
    const seen = look(containers, {}, lost, mountsOf(agent)).filter(({ fact }) => /nonroot|no_new/.test(fact));
    expect(seen.map(({ state }) => state)).toEqual(['unknown', 'unknown']);
  });

  it('praises nothing for there being nothing', () => {
    expect(new Set(look(containers, {}, 'state|listed\nend\n', 'end\n').map(({ state }) => state))).toEqual(
      new Set(['skipped']),
    );
    expect(see('nonroot', { ...agent, running: false })).toBe('skipped');
    expect(see('privileged', { ...agent, running: false, host: { Privileged: true } })).toBe(true);
  });

  it('selects by label and name, a hidden value counting as the wanted one', () => {
    const [managed, other] = [{ label: 'fleetclaw.managed=true' }, { without_label: 'fleetclaw.managed=true' }];
    expect(see('privileged', agent, [], managed)).toBe(false);
    expect(see('privileged', agent, [], other)).toBe('skipped');
    expect(see('privileged', { ...agent, labels: {} }, [], managed)).toBe('skipped');
    expect(see('privileged', { ...agent, labels: { 'fleetclaw.managed': 'false' } }, [], other)).toBe(false);
    const hidden = { ...agent, labels: { 'fleetclaw.managed': '***' } };
    expect([see('privileged', hidden, [], managed), see('privileged', hidden, [], other)]).toEqual([false, false]);
    expect(see('privileged', agent, [], { except: ['fleetclaw-ex-00'] })).toBe(false);
    expect(see('privileged', agent, [], { except: ['fleetclaw-ex-001'] })).toBe('skipped');
  });

  it.each([
    ['added_capabilities', { CapAdd: ['CAP_SYS_ADMIN', 'chown'] }, ['SYS_ADMIN']],
    ['added_capabilities', { CapAdd: ['ALL'] }, ['ALL']],
    ['host_namespaces', { PidMode: 'host', IpcMode: 'host', UTSMode: 'host' }, ['pid', 'ipc', 'uts']],
    ['host_namespaces', { PidMode: 'container:abc', CgroupnsMode: 'host' }, ['cgroup']],
    [
      'unconfined',
      { SecurityOpt: ['seccomp=unconfined', 'apparmor:unconfined', 'label=disable'] },
      ['seccomp', 'apparmor', 'label'],
    ],
    ['unconfined', { SecurityOpt: ['seccomp={"defaultAction":"SCMP_ACT_LOG"}'] }, ['seccomp']],
    ['unconfined', { SecurityOpt: ['seccomp={"defaultAction":"SCMP_ACT_ERRNO"}', 'no-new-privileges'] }, []],
    ['unconfined', { SecurityOpt: ['seccomp={'] }, ['seccomp']],
    [
      'devices',
      { Devices: [{ PathOnHost: '/dev/sda' }], DeviceCgroupRules: ['b 8:0 rwm'] },
      ['/dev/sda', 'rule b 8:0 rwm'],
    ],
    ['devices', { DeviceRequests: [{ Driver: 'nvidia' }] }, ['devices of nvidia']],
  ])('%s of %j', (fact, host, expected) => expect(see(fact, { ...agent, host })).toEqual(expected));

  it('believes the kernel about seccomp and capabilities', () => {
    expect(see('unconfined', { ...agent, kernel: { Seccomp: '0' } })).toEqual(['seccomp']);
    expect(see('added_capabilities', { ...agent, kernel: { CapEff: '00000000a80425fb' } })).toEqual([]);
    expect(see('added_capabilities', { ...agent, kernel: { CapEff: '00000000a82425fb' } })).toEqual(['SYS_ADMIN']);
    expect(beyondUsualBits(1n << 60n)).toEqual(['capability 60']);
    expect(beyondUsual(['cap_net_raw', 'CAP_NET_ADMIN'])).toEqual(['NET_ADMIN']);
  });

  it.each([
    ['/var/run/docker.sock', '0:81|/docker.sock|/d.sock|ro,nosuid', ['/run/docker.sock']],
    ['/srv/link', '0:81|/docker.sock//deleted|/d.sock|ro', ['/run/docker.sock']],
    ['/srv/link', '0:81|/|/d|rw', ['/run']],
    ['/srv/link', '0:75|/|/d|ro', ['/']],
    ['/srv/link', '0:81|/containerd|/d|ro', []],
    ['/srv/link', '0:75|/srv/a\\040b|/d|rw', []],
  ])('follows %s to the socket: %s', (source, line, expected) => {
    expect(see('engine_sockets', { ...agent, mounts: [bind(source, line.split('|')[2]!)] }, [line])).toEqual(
      expected.length > 0
        ? expect.arrayContaining(expected)
        : source === '/srv/link' && line.includes('containerd')
          ? ['/run/containerd']
          : [],
    );
  });

  it.each([
    ['0:75|/etc/cron.d|/x|rw,relatime', ['/etc/cron.d']],
    ['0:75|/etc/cron.d|/x|ro,relatime', []],
    ['0:75|/var|/x|rw', ['/var']],
    ['0:75|/home/ubuntu|/x|rw', ['/home/ubuntu']],
    ['0:75|/home/ubuntu/app|/x|rw', []],
    ['0:75|/home/ubuntu/.ssh/authorized_keys|/x|rw', ['/home/ubuntu/.ssh/authorized_keys']],
    ['0:75|/etcetera|/x|rw', []],
    ['254:0|/srv/docker/overlay2|/x|rw', ['/var/lib/docker/overlay2']],
  ])('knows what of the host is not to be written: %s', (line, expected) => {
    expect(see('writable_host_paths', { ...agent, mounts: [bind('/srv/link', '/x')] }, [line])).toEqual(expected);
  });

  it('takes a volume for one only where it is one', () => {
    const volume = { Type: 'volume', Source: '/var/lib/docker/volumes/v/_data', Destination: '/x', RW: true };
    expect(
      see('writable_host_paths', { ...agent, mounts: [volume] }, ['254:0|/srv/docker/volumes/v/_data|/x|rw']),
    ).toEqual([]);
    expect(see('writable_host_paths', { ...agent, mounts: [volume] }, ['0:75|/etc|/x|rw'])).toEqual(['/etc']);
  });

  it.each([
    ['a submount of an asked mount in /dev', '/dev/tree', '0:81|/|/dev/tree/r|rw|tmpfs', ['/run']],
    ['one in /proc', '/proc/tree', '0:75|/etc|/proc/tree/sys|rw|ext4', []],
    ['what is nowhere known in /sys', '/srv', '0:81|/|/sys/firmware/x|rw|tmpfs', ['/run']],
    ['another file system at a place of Docker', '/srv', '0:75|/|/dev/shm|rw|overlay', ['/']],
  ])("does not take for Docker's own: %s", (_, destination, line, expected) => {
    const mounts = [bind('/srv/tree', destination)];
    const seen = see('engine_sockets', { ...agent, mounts }, [`0:75|/srv/tree|${destination}|rw`, line]);
    expect(seen).toEqual(expected);
  });

  it.each([
    ['/dev/shm of the host', '0:186|/|/dev/shm|rw|tmpfs'],
    ['its own /sys and cgroup', '0:187|/|/sys/fs/cgroup|ro|cgroup2'],
    ['a tmpfs below a mount', '0:188|/|/x/cache|rw|tmpfs'],
  ])('raises no alarm for %s', (_, line) => {
    const seen = see('engine_sockets', { ...agent, mounts: [bind('/srv/x', '/x')] }, ['0:75|/srv/x|/x|rw', line]);
    expect(seen).toEqual([]);
  });

  it('does not lose a file system below a mount that the host has no more', () => {
    const mounts = [bind('/srv/x', '/x')];
    expect(see('engine_sockets', { ...agent, mounts }, ['0:75|/srv/x|/x|rw', '9:9|/|/x/gone|rw|proc'])).toBe('unknown');
  });

  it.each([
    ['v', '0:91|/|/x|rw|proc', ['/var/lib/docker/volumes/v/_data']],
    ['o', '0:94|/|/x|rw|overlay', ['/var/lib/docker/volumes/o/_data']],
    ['o', '0:94|/|/x|ro|overlay', []],
    ['w', '0:92|/|/x|rw|tmpfs', []],
    ['n', '0:93|/|/x|rw|nfs4', 'unknown'],
    ['b', '0:95|/|/x|rw|btrfs', ['/mnt/system']],
  ])('judges the volume %s by its file system: %s', (name, line, expected) => {
    const volume = { Type: 'volume', Source: `/var/lib/docker/volumes/${name}/_data`, Destination: '/x', RW: true };
    const seen = see('writable_host_paths', { ...agent, mounts: [volume] }, [line]);
    expect(seen).toEqual(expected);
  });

  it.each([
    ['/home/ubuntu/.bashrc', true],
    ['/home/ubuntu/.config/systemd', true],
    ['/data/people/bob', true],
    ['/data/people', true],
    ['/data/people/bob/.profile', true],
    ['/data/people/bob/app', false],
    ['/var/lib/dpkg/info', true],
    ['/var/lib/cloud', true],
    ['/run/dbus', true],
    ['/srv/app', true],
    ['/srv/app/docker-compose.yml', true],
    ['/srv/app/config', false],
    ['/srv/other', true],
  ])('knows whether to guard %s', (path, bad) => {
    const labels = { 'com.docker.compose.project.config_files': '/srv/other/a.yml,/srv/other/b.yml' };
    const given = { ...agent, labels, mounts: [bind('/srv/link', '/x')] };
    const seen = see('writable_host_paths', given, [`0:75|${path}|/x|rw`], {
      guarded: ['/srv/app/docker-compose.yml'],
    });
    expect(seen).toEqual(bad ? [path] : []);
  });

  it('follows the links of what is stopped', () => {
    const stopped = { ...agent, running: false, mounts: [bind('/srv/link', '/x')] };
    const seen = (lines: string) =>
      look(containers, {}, inspected(stopped), mountsOf(agent).replace(/end\n$/, `${lines}end\n`))
        .filter(({ probe }) => probe === 'containers.mounts')
        .map((each) => (each.state === 'value' ? each.value : each.state));
    expect(seen('asked|/srv/link\nreal|/\n')).toEqual([['/'], ['/']]);
    expect(seen('asked|/srv/link\nreal|/srv/data\n')).toEqual([[], []]);
    expect(seen('')).toEqual(['unknown', 'unknown']);
  });

  it('knows a data root elsewhere', () => {
    const moved = (at: Given) =>
      mountsOf(at, '0:75|/srv/engine|/x|rw').replace('root|/var/lib/docker', 'root|/srv/engine');
    const given = { ...agent, mounts: [bind('/srv/engine', '/x')] };
    const seen = look(containers, {}, inspected(given), moved(given));
    expect(seen.find(({ fact }) => fact === 'writable_host_paths')).toMatchObject({ value: ['/srv/engine'] });
  });

  it('says why the engine did not name its data root', () => {
    const refused = mountsOf(agent).replace('root|/var/lib/docker', 'failed|root|124|no answer in 8 s');
    const seen = look(containers, {}, inspected(agent), refused).find(({ fact }) => fact === 'engine_sockets');
    expect(seen).toMatchObject({ state: 'unknown', code: 'timed-out' });
  });

  it.each(['CapInh', 'CapPrm', 'CapBnd', 'CapAmb'])('sees a capability that stands in %s only', (set) => {
    expect(see('added_capabilities', { ...agent, kernel: { [set]: '0000000000200000' } })).toEqual(['SYS_ADMIN']);
  });

  it.each([
    [{ MaskedPaths: ['/nope'] }],
    [{ ReadonlyPaths: [] }],
    [{ ReadonlyPaths: ['/proc/bus'] }],
    [{ MaskedPaths: null }],
  ])('misses what Docker hides or makes read-only: %j', (host) =>
    expect(see('unconfined', { ...agent, host })).toEqual(['systempaths']),
  );

  it('does not call clean what it could not follow', () => {
    const mounts = [bind('/srv/x', '/x')];
    expect(see('engine_sockets', { ...agent, mounts })).toBe('unknown');
    expect(see('engine_sockets', { ...agent, mounts }, ['9:9|/|/x|rw'])).toBe('unknown');
    expect(see('engine_sockets', { ...agent, mounts: [bind('/run', '/x')] })).toEqual(['/run']);
    expect(see('writable_host_paths', { ...agent, running: false, mounts: [bind('/etc/', '/x')] })).toEqual(['/etc']);
  });
});
