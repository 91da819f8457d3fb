import { describe, expect, it } from 'vitest';
import { argv, infoAnswer, startAnswer, units } from '../../../test/support/docker.ts';
import { expectNothingFromPieces, look } from '../../../test/support/look.ts';
import { isTcp } from './addresses.ts';
import api from './index.ts';

type Given = NonNullable<Parameters<typeof infoAnswer>[0]>;
const ports = (...lines: string[]) => `${lines.map((line) => `socket|${line}\n`).join('')}end\n`;
const ssh = 'tcp LISTEN 0 128 0.0.0.0:22 0.0.0.0:* users:(("sshd",pid=1,fd=3))';
const see = (given: Given = {}, start = startAnswer(given.argv ?? argv), open = ports(ssh)) => {
  const seen = look(api, {}, infoAnswer(given), start, open);
  return Object.fromEntries(
    seen.map((each) => [`${each.fact}: ${each.label}`, each.state === 'value' ? each.value : each.state]),
  );
};
const exposed = (...given: Parameters<typeof see>) =>
  Object.entries(see(...given))
    .filter(([, value]) => value === true)
    .map(([label]) => label.replace("tcp: Docker's API by the ", ''));

describe('docker_api', () => {
  it('reads a daemon with the usual socket only', () => {
    expect(see()).toEqual({
      "tcp: Docker's API by the Listen= of docker.socket": false,
      "tcp: Docker's API by the options of process 168": false,
      "tcp: Docker's API by the options in docker.service": false,
      "tcp: Docker's API by the ports of dockerd": false,
      "sockets: sockets of Docker's API": ['/run/docker.sock'],
      "socket_mode: mode of Docker's socket from the next start on": '0660',
      "socket_owner: owner of Docker's socket from the next start on": 'root',
      "socket_group: group of Docker's socket from the next start on": 'docker',
    });
  });

  it('tells nothing from pieces', () => expectNothingFromPieces(api, {}, infoAnswer(), startAnswer(), ports(ssh)));

  it.each(['-H=tcp://0.0.0.0:2375', '--host=tcp://127.0.0.1:2375', '-Htcp://[::]:2376', '--host=:2375'])(
    'finds %s',
    (word) => {
      expect(exposed({}, startAnswer([...argv, word]))).toEqual(['options in docker.service']);
      expect(exposed({ argv: [...argv, word] }, startAnswer())).toEqual(['options of process 168']);
    },
  );

  it('finds it in the file and in every socket unit', () => {
    expect(exposed({ file: { hosts: ['unix:///run/docker.sock', 'tcp://0.0.0.0:2375'] } })).toEqual([
      'hosts in /etc/docker/daemon.json',
    ]);
    const Listen = '/run/docker.sock (Stream)\nunit|Listen=[::]:2375 (Stream)';
    expect(exposed({ units: { 'docker.socket': { ...units['docker.socket'], Listen } } })).toEqual([
      'Listen= of docker.socket',
    ]);
    const more = { Id: 'api.socket', LoadState: 'loaded', Listen: '2375 (Stream)' };
    expect(exposed({ units: { 'api.socket': more } })).toEqual(['Listen= of api.socket']);
  });

  it('finds what really listens, and leaves out what is not the API', () => {
    const port = (each: number, pid = 168) =>
      ports(`tcp LISTEN 0 1 127.0.0.1:${each} 0.0.0.0:* users:(("x",pid=${pid},fd=3))`);
    expect(exposed({}, startAnswer(), port(2375))).toEqual(['ports of dockerd']);
    expect(exposed({}, startAnswer(), port(2375, 9))).toEqual([]);
    expect(exposed({ file: { 'metrics-addr': '127.0.0.1:9323' } }, startAnswer(), port(9323))).toEqual([]);
    expect(exposed({ file: { 'metrics-addr': '127.0.0.1:9323' } }, startAnswer(), port(9324))).toEqual([
      'ports of dockerd',
    ]);
    expect(exposed({}, startAnswer(), port(2377))).toEqual(['ports of dockerd']);
    expect(exposed({ engine: { Swarm: { LocalNodeState: 'active' } } }, startAnswer(), port(2377))).toEqual([]);
  });

  it('does not guess', () => {
    const unknown = (...given: Parameters<typeof see>) =>
      Object.values(see(...given)).filter((each) => each === 'unknown').length;
    expect(unknown({ file: { hosts: 'tcp://0.0.0.0:2375' } })).toBe(2);
    expect(unknown({ config: ['nofile|stat: odd'] })).toBe(2);
    expect(unknown({}, 'unclear|dockerd $X\nend\n')).toBe(1);
    expect(unknown({ argv: [...argv, '-H', 'vsock://3'] }, startAnswer())).toBe(1);
    const Listen = '@abstract (Datagram)';
    expect(unknown({ units: { 'docker.socket': { ...units['docker.socket'], Listen } } })).toBe(2);
  });

  it('reads what docker.socket will make of its socket', () => {
    const socket = (more: object) =>
      look(
        api,
        {},
        infoAnswer({ units: { 'docker.socket': { ...units['docker.socket'], ...more } } }),
        startAnswer(),
        ports(ssh),
      );
    const of = (more: object, fact: string) => socket(more).find((each) => each.fact === fact);
    expect(of({ SocketMode: '0666' }, 'socket_mode')).toMatchObject({ value: '0666' });
    expect(of({ SocketGroup: '' }, 'socket_group')).toMatchObject({ value: 'root' });
    expect(of({ SocketMode: '' }, 'socket_mode')).toMatchObject({ state: 'unknown' });
    expect(of({ LoadState: 'masked' }, 'socket_mode')).toMatchObject({ state: 'skipped' });
  });

  it('names other sockets', () => {
    expect(see({ argv: [...argv, '-H', 'unix:///tmp/d.sock'] })["sockets: sockets of Docker's API"]).toEqual([
      '/run/docker.sock',
      '/tmp/d.sock',
    ]);
  });

  it.each([
    ['fd://', false],
    ['unix:///var/run/docker.sock', false],
    ['tcp://x:1', true],
    ['0.0.0.0:2375', true],
    ['unix://', null],
    ['npipe://x', null],
  ])('%s', (address, tcp) => expect(isTcp(address)).toBe(tcp));
});
