import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { argv, container, id, infoAnswer, inspectAnswer, kernel, units } from '../../../test/support/docker.ts';
import { expectNothingFromPieces, look, told } from '../../../test/support/look.ts';
import type { Answer } from '../../model/evidence.ts';
import { parseContainers } from './containers.ts';
import docker from './index.ts';
import { keysOf, twice } from './json-keys.ts';
import { parseLogSize } from './log.ts';
import { parseNetworks } from './networks.ts';
import { infoProbe, inspectProbe, networksProbe } from './probes.ts';
import { notOlder } from './version.ts';

const options = { min_version: '28.0.0' };
const see = (text: string) => told(look(docker, options, text));
const answer = (probe: string, stdout: string): Record<string, Answer> => ({
  [probe]: { digest: '', outcome: 'exited', code: 0, stdout, stderr: '', truncated: false, ms: 3 },
});
const containers = (text: string) => {
  const seen = parseContainers(answer(inspectProbe.name, text));
  return seen.ok ? seen.containers : seen.code;
};
const gone = Object.fromEntries(
  Object.entries(units).map(([name, each]) => [name, { ...each, LoadState: 'not-found', ActiveState: 'inactive' }]),
);
const bare = (text: string) => text.replace(/^(program|socket|process|argv|version|info)\|.*\n/gm, '');

describe('docker', () => {
  it('reads an engine that answers', () => {
    expect(see(infoAnswer())).toEqual({
      present: true,
      snap: false,
      answers: true,
      version: '28.2.2',
      recent: true,
      platform: 'Docker Engine - Community',
      loopback_guarded: true,
    });
  });

  it('tells nothing from pieces', () => expectNothingFromPieces(docker, options, infoAnswer()));

  it('is absent only when nothing of it is there', () => {
    const none = bare(infoAnswer({ units: gone }));
    expect(see(none)).toMatchObject({ present: false, snap: false, answers: 'absent', version: 'absent' });
    const traces = [
      'program|docker|/opt/docker|/usr/bin/docker',
      'socket|/run/podman/podman.sock|/run/docker.sock',
      'snap|/snap/docker',
    ];
    for (const trace of traces)
      expect(see(`${trace}\n${none}`)).toMatchObject({ present: true, answers: false, version: 'unknown' });
    expect(see(bare(infoAnswer()))).toMatchObject({ present: true, answers: false });
  });

  it('is there and silent when the daemon refuses', () => {
    const says = ['failed|version|1|Cannot connect to the Docker daemon at unix:///run/docker.sock.'];
    expect(look(docker, options, infoAnswer({ says })).find((each) => each.fact === 'answers')).toMatchObject({
      value: false,
      note: '1: Cannot connect to the Docker daemon at unix:///run/docker.sock.',
    });
    expect(see(infoAnswer({ says }))).toMatchObject({
      present: true,
      version: 'unknown',
      recent: 'unknown',
      loopback_guarded: 'unknown',
    });
  });

  it('does not take an answer without a version for one, which clients before 28.1 print', () => {
    expect(see(infoAnswer({ engine: { ServerVersion: '' } })).answers).toBe('unknown');
  });

  it('does not take a missing client for a silent daemon', () => {
    const says = ["failed|version|127|timeout: failed to run command 'docker': No such file or directory"];
    expect(see(infoAnswer({ says }))).toMatchObject({ present: true, answers: 'unknown' });
  });

  it('knows when the rules for loopback were left out', () => {
    const next = infoAnswer().replace('config|', 'next|DOCKER_INSECURE_NO_IPTABLES_RAW=1\nconfig|');
    expect(see(next).loopback_guarded).toBe(false);
    expect(see(infoAnswer({ file: { iptables: false } })).loopback_guarded).toBe(false);
    expect(see(infoAnswer({ argv: [...argv, '--iptables=false'] })).loopback_guarded).toBe(false);
    const set = (each: string) =>
      infoAnswer().replace('config|', `env|DOCKER_INSECURE_NO_IPTABLES_RAW=${each}\nconfig|`);
    expect(see(set('1')).loopback_guarded).toBe(false);
    expect(see(set('0')).loopback_guarded).toBe(true);
  });

  it.each([
    ['28.0.0', true],
    ['28.0.0+dfsg1', true],
    ['28.0.0-rc.1', false],
    ['28.0.0~rc1', false],
    ['28.0.0-1ubuntu1', true],
    ['100.1', true],
    ['27.99.99', false],
    ['9.0.0', false],
    ['dev', null],
    ['28', null],
    ['v28.0.0', null],
  ])('version %s', (version, recent) => expect(notOlder(version, '28.0.0')).toBe(recent));
});

describe('containers', () => {
  it('reads what was asked for and what is', () => {
    expect(containers(inspectAnswer())).toMatchObject([
      {
        name: 'fleetclaw-ex-001',
        redisUser: 'ex_001',
        ports: { '6379/tcp': [{ hostIp: '127.0.0.1', hostPort: '6379' }] },
        mounts: [{ source: '/srv', writable: false }],
        processes: [
          { pid: 654, uids: [1000, 1000, 1000, 1000], noNewPrivs: true, capabilities: 0n, nofile: { soft: 65536 } },
        ],
      },
    ]);
  });

  it('does not know the processes of one whose main process is not among them', () => {
    expect(containers(inspectAnswer([container], [`proc|700|${id}`, ...kernel(700)]))).toMatchObject([
      { processes: null },
    ]);
    expect(containers(inspectAnswer([container], []))).toMatchObject([{ processes: null }]);
  });

  it('forgets a process that ended meanwhile, and nothing that is half told', () => {
    const procs = [`proc|654|${id}`, ...kernel(654), `proc|655|${id}`];
    expect(containers(inspectAnswer([container], procs))).toMatchObject([{ processes: [{ pid: 654 }] }]);
    expect(containers(inspectAnswer([container], [...procs, ...kernel(655).slice(1)]))).toBe('unparsable');
    expect(containers(inspectAnswer([container], [...procs, ...kernel(655), kernel(655)[1]!]))).toBe('unparsable');
  });

  it('tells a list that is empty from one that was not given', () => {
    expect(containers('state|listed\nend\n')).toEqual([]);
    expect(containers('state|stopped\nend\n')).toBe('unreachable');
    expect(containers('failed|1|Cannot connect to the Docker daemon\nend\n')).toBe('unreachable');
    expect(containers('failed|1|permission denied while trying to connect\nend\n')).toBe('denied');
    expect(containers('failed|124|\nend\n')).toBe('timed-out');
    expect(containers('end\n')).toBe('unparsable');
    expect(containers('state|listed\ncontainer|odd\nend\n')).toBe('unparsable');
  });

  it('reads nothing out of an answer that lacks a part', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(container)), (key) => {
        const { [key as keyof typeof container]: _, ...rest } = container;
        const seen = containers(inspectAnswer([rest]));
        expect(seen === 'unparsable' || key === 'Image').toBe(true);
      }),
    );
  });

  it('keeps no secret', () => {
    const raw = {
      ...container,
      Config: {
        ...container.Config,
        Labels: { auth: 'hunter2', 'fleetclaw.asset_id': 'EX-001' },
        Env: [
          'TOKEN=hunter2',
          'REDIS_URL=redis://ex_001:hunter2@redis:6379',
          'USERS_FILE=/etc/u/users.yaml',
          'PERMISSIONS_FILE=hunter2',
        ],
      },
      HostConfig: {
        ...container.HostConfig,
        LogConfig: { Type: 'splunk', Config: { 'splunk-token': 'hunter2', 'max-size': '1m' } },
      },
    };
    const reduced = inspectProbe.reduce!(inspectAnswer([raw]), '');
    expect(reduced).not.toContain('hunter2');
    expect(containers(reduced)).toMatchObject([
      {
        env: ['TOKEN', 'REDIS_URL', 'USERS_FILE', 'PERMISSIONS_FILE'],
        redisUser: 'ex_001',
        files: { USERS_FILE: '/etc/u/users.yaml', PERMISSIONS_FILE: '***' },
        labels: { auth: '***', 'fleetclaw.asset_id': 'EX-001' },
        host: { logOptions: { 'splunk-token': '***', 'max-size': '1m' } },
      },
    ]);
    expect(inspectProbe.reduce!('container|{"Env":["TOKEN=hunter2"\nend\n', '')).toBe('container|odd\nend\n');
  });
});

describe('networks', () => {
  const bridge =
    '{"Name":"bridge","Id":"a","Driver":"bridge","Scope":"local","EnableIPv6":false,"Internal":false,"Options":{},"IPAM":{"Config":[{"Subnet":"172.17.0.0/16"}]},"Containers":{}}';
  const read = (text: string) => parseNetworks(answer(networksProbe.name, text));
  it('reads them', () => {
    expect(read(`state|listed\nnetwork|${bridge}\nend\n`)).toMatchObject({
      networks: [{ name: 'bridge', subnets: ['172.17.0.0/16'] }],
    });
  });
  it('believes no engine without any', () => expect(read('state|listed\nend\n')).toMatchObject({ code: 'unparsable' }));
});

describe('what becomes evidence of docker.info', () => {
  const reduce = (text: string) => infoProbe.reduce!(text, '');
  it('keeps no secret', () => {
    const text = infoAnswer({
      argv: [
        ...argv,
        '--log-opt',
        'splunk-token=hunter2',
        '--log-opt=awslogs-key=hunter2',
        '--http-proxy=http://me:hunter2@proxy',
      ],
      units: {
        'docker.service': {
          ...units['docker.service'],
          ExecStart: '{ argv[]=/usr/bin/dockerd --log-opt token=hunter2 ; }',
        },
      },
      file: { 'log-opts': { 'gelf-token': 'hunter2' }, proxies: { 'http-proxy': 'http://me:hunter2@proxy' } },
      says: ['failed|info|1|dial http://me:hunter2@proxy'],
    });
    expect(reduce(text)).not.toContain('hunter2');
  });
  it('tells why a file is none', () => {
    const config = (...lines: string[]) => reduce(infoAnswer({ config: lines.map((line) => `json|${line}`) }));
    expect(config('{', '  "a": 1,', '}')).toContain('nojson|it is not JSON');
    expect(config('[]')).toContain('nojson|it is not JSON');
    expect(config('{"a": 1, "b": {"a": 2}, "a": 3}')).toContain('nojson|it has a twice');
    expect(config('')).toContain('json|{}');
    expect(config('{', '', '"a": {"b": ["x:", {"c": 1}]}', '}')).toContain('key|3|a.b.1.c');
  });
});

describe('keys of JSON', () => {
  it('finds every one, and those that are there twice, whatever the values are', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string().filter((key) => !key.includes('.')),
          fc.json(),
        ),
        (record) => {
          const text = `{${Object.entries(record)
            .map(([key, each]) => `${JSON.stringify(key)}:${each}`)
            .join(',\n')}}`;
          const top = keysOf(text).filter(({ path }) => !path.includes('.') || path in record);
          for (const key of Object.keys(record)) expect(top.map(({ path }) => path)).toContain(key);
        },
      ),
    );
    expect(twice(keysOf('{"a":[{"b":1},{"b":2}],"c":{"b":1},"b":1}'))).toEqual([]);
    expect(twice(keysOf('{"a":{"b":1,"b":2}}'))).toEqual(['a.b']);
  });
});

describe('sizes of logs', () => {
  it.each([
    ['10m', 10_000_000],
    ['10M', 10_000_000],
    ['10MB', 10_000_000],
    ['1.5g', 1_500_000_000],
    ['512', 512],
    ['ten', null],
    ['10mm', null],
    ['', null],
  ])('%s', (text, bytes) => expect(parseLogSize(text)).toBe(bytes));
});
