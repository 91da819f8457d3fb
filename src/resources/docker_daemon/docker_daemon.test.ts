import { describe, expect, it } from 'vitest';
import { argv, file, infoAnswer, startAnswer, units } from '../../../test/support/docker.ts';
import { expectNothingFromPieces, look } from '../../../test/support/look.ts';
import daemon from './index.ts';
import { startProbe } from './probe.ts';

type Given = NonNullable<Parameters<typeof infoAnswer>[0]>;
const see = (given: Given = {}, start = startAnswer(given.argv ?? argv)) => {
  const seen = look(daemon, {}, infoAnswer(given), start);
  const of = (fact: string) =>
    seen.filter((each) => each.fact === fact).map((each) => (each.state === 'value' ? each.value : each.state));
  return Object.fromEntries([...new Set(seen.map(({ fact }) => fact))].map((fact) => [fact, of(fact)]));
};
const words = (fact: string, given: Given, start = startAnswer(given.argv ?? argv)) =>
  look(daemon, {}, infoAnswer(given), start)
    .filter((each) => each.fact === fact)
    .map((each) => ('note' in each && each.note) || ('message' in each ? each.message : ''))
    .join('\n');
const without = (key: keyof typeof file) => ({ ...file, [key]: undefined });
const stamps = (modified: string, changed: string, dir = '1795408572.307370310') => [
  `dir|${dir}`,
  `file|644|root|root|regular file|${modified}.000000000|${changed}.000000000|264`,
  `json|${JSON.stringify(file)}`,
];
const started = Date.parse('2026-11-23T04:37:02Z') / 1000;

describe('docker_daemon', () => {
  it('reads what runs and what the next start brings', () => {
    expect(see()).toEqual({
      config_file: ['/etc/docker/daemon.json'],
      valid: [true],
      current: [true],
      swarm: ['inactive'],
      log_driver: ['json-file', 'json-file'],
      log_max_size: [10_000_000],
      log_max_file: [3],
      live_restore: [true, true],
      no_new_privileges: [true, true],
      nofile_soft: [65536],
      nofile_hard: [65536],
    });
  });

  it('tells nothing from pieces', () => {
    const start = startAnswer();
    expectNothingFromPieces(daemon, {}, infoAnswer({ engine: {} }), start);
  });

  it('keeps the two apart', () => {
    expect(see({ engine: { LoggingDriver: 'journald' } })).toMatchObject({
      log_driver: ['journald', 'json-file'],
      current: [false],
    });
    expect(see({ file: without('live-restore') })).toMatchObject({ live_restore: [true, false], current: [false] });
    expect(see({ file: without('no-new-privileges') })).toMatchObject({ no_new_privileges: [true, false] });
  });

  it('takes options of the unit for settings, and refuses both at once', () => {
    const flags = [
      ...argv,
      '--live-restore',
      '--log-driver',
      'local',
      '--log-opt=max-size=5m',
      '--default-ulimit',
      'nofile=1024:2048',
    ];
    expect(see({ argv: flags, file: { 'no-new-privileges': true } })).toMatchObject({
      live_restore: [true, true],
      log_driver: ['json-file', 'local'],
      log_max_size: [5_000_000],
      log_max_file: [5],
      nofile_soft: [1024],
      nofile_hard: [2048],
    });
    expect(see({ argv: [...argv, '--live-restore'] })).toMatchObject({ live_restore: [true, 'unknown'] });
    expect(see({ argv: [...argv, '--no-new-privileges=false'], file: without('no-new-privileges') })).toMatchObject({
      no_new_privileges: [true, false],
    });
  });

  it.each([
    [{ 'live-restore': 'true' }, 'live_restore'],
    [{ 'live-restore': 1 }, 'live_restore'],
    [{ 'log-driver': null }, 'log_driver'],
    [{ 'log-opts': { 'max-size': 10 } }, 'log_max_size'],
    [{ 'log-opts': [] }, 'log_max_file'],
    [{ 'default-ulimits': { nofile: { Name: 'nofile', Hard: '65536', Soft: 65536 } } }, 'nofile_soft'],
  ])('does not guess what %j means', (odd, fact) => {
    expect(see({ file: { ...file, ...odd } })[fact]).toContain('unknown');
  });

  it('takes the name in a limit, not its key, as dockerd does', () => {
    const limits = { 'default-ulimits': { nofile: { Name: 'nproc', Hard: 65536, Soft: 65536 } } };
    expect(see({ file: { ...file, ...limits } }).nofile_soft).toEqual(['absent']);
  });

  it('knows that logs without a limit have none', () => {
    expect(see({ file: without('log-opts') })).toMatchObject({ log_max_size: ['absent'], log_max_file: [1] });
    expect(see({ file: { 'log-opts': { 'max-size': '-1' } } }).log_max_size).toEqual(['absent']);
    expect(see({ file: { 'log-driver': 'syslog' } }).log_max_size).toEqual(['unknown']);
  });

  it('knows nothing of a daemon that does not answer but its next start', () => {
    const says = ['failed|version|1|Cannot connect to the Docker daemon'];
    expect(see({ says })).toMatchObject({ live_restore: ['unknown', true], swarm: ['unknown'] });
  });
});

describe('current', () => {
  const current = (given: Given, start?: string) => see(given, start).current;
  it('compares times', () => {
    expect(current({ config: stamps(`${started - 9}`, `${started - 9}`) })).toEqual([true]);
    expect(current({ config: stamps(`${started + 9}`, `${started + 9}`) })).toEqual([false]);
  });

  it('cannot tell a change of mode from an older file that was copied over it', () => {
    expect(current({ config: stamps(`${started - 9}`, `${started + 9}`) })).toEqual(['unknown']);
  });

  it('sees that a link was set anew', () => {
    const [dir, stat, json] = stamps(`${started - 9}`, `${started - 9}`);
    expect(current({ config: [dir!, `link|${started + 9}.000000000`, stat!, json!] })).toEqual(['unknown']);
  });

  it('sees that a file was removed by its directory', () => {
    const none = "nofile|stat: cannot statx '/etc/docker/daemon.json': No such file or directory";
    const plain = { SecurityOptions: [], LiveRestoreEnabled: false };
    expect(current({ config: [`dir|${started - 9}.000000000`, none], engine: plain })).toEqual([true]);
    expect(current({ config: [`dir|${started + 9}.000000000`, none], engine: plain })).toEqual(['unknown']);
    expect(current({ config: [none], engine: plain })).toEqual(['unknown']);
    expect(current({ config: [`dir|${started - 9}.000000000`, none] })).toEqual([false]);
  });

  it('compares options, and asks systemd whether it has read its units', () => {
    expect(current({}, startAnswer([...argv, '--debug']))).toEqual([false]);
    expect(current({}, 'unclear|/usr/bin/dockerd $OPTS\nend\n')).toEqual(['unknown']);
    const stale = { 'docker.socket': { ...units['docker.socket'], NeedDaemonReload: 'yes' } };
    expect(words('current', { units: stale })).toContain('docker.socket was changed');
  });

  it('knows only the daemon of the unit', () => {
    const other = { 'docker.service': { ...units['docker.service'], MainPID: '9' } };
    expect(current({ units: other })).toEqual(['unknown']);
    const two = infoAnswer().replace('process|168|host', 'process|169|host\nargv|x\nprocess|168|host');
    expect(look(daemon, {}, two, startAnswer()).find(({ fact }) => fact === 'current')).toMatchObject({
      state: 'unknown',
    });
  });

  it('believes of an engine that does not list it only what it was started with', () => {
    const old = { ServerVersion: '20.10.24+dfsg1', SecurityOptions: ['name=seccomp,profile=default'] };
    expect(see({ engine: old })).toMatchObject({ no_new_privileges: [true, true], current: [true] });
    const late = stamps(`${started + 9}`, `${started + 9}`);
    expect(see({ engine: old, config: late })).toMatchObject({ no_new_privileges: ['unknown', true] });
    expect(see({ engine: { SecurityOptions: [] } })).toMatchObject({
      no_new_privileges: [false, true],
      current: [false],
    });
  });
});

describe('valid', () => {
  const valid = (answer: string, given: Given = {}) => see(given, startAnswer(argv, answer)).valid;
  it('believes dockerd', () => {
    expect(
      valid(
        "1|unable to configure the Docker daemon with file /etc/docker/daemon.json: the following directives don't match any configuration option: foo",
      ),
    ).toEqual([false]);
    expect(valid('0|')).toEqual(['unknown']);
    expect(valid('0|configuration OK but')).toEqual(['unknown']);
    expect(valid('124|')).toEqual(['unknown']);
    expect(valid('139|')).toEqual(['unknown']);
  });

  it('knows that an engine without the question has answered it by running', () => {
    const unasked = "1|Status: unknown flag: --validate See 'dockerd --help'., Code: 125";
    expect(valid(unasked)).toEqual([true]);
    expect(valid(unasked, { config: stamps(`${started + 9}`, `${started + 9}`) })).toEqual(['unknown']);
  });

  it('sees a log option that the driver does not know, which dockerd does not look at before it starts', () => {
    const foreign = (more: object) => see({ file: { ...file, ...more } }).valid;
    expect(foreign({ 'log-driver': 'journald' })).toEqual([false]);
    expect(foreign({ 'log-driver': 'local' })).toEqual([true]);
    expect(foreign({ 'log-driver': 'none' })).toEqual([true]);
    expect(foreign({ 'log-opts': { 'max-sise': '10m' } })).toEqual([false]);
    expect(foreign({ 'log-opts': { mode: 'non-blocking', 'max-buffer-size': '4m' } })).toEqual([true]);
  });

  it('takes no file for no file', () => {
    const none = "nofile|stat: cannot statx '/etc/docker/daemon.json': No such file or directory";
    expect(see({ config: [none] }).valid).toEqual(['absent']);
    expect(see({ config: ['nofile|stat: Too many levels of symbolic links'] }).valid).toEqual(['unknown']);
  });

  it('keeps no secret out of its words', () => {
    const text = startAnswer(
      [...argv, '--log-opt', 'splunk-token=hunter2'],
      '1|log-opts: (from flag: map[t:hunter2], from file: map[t:hunter2]), x: (from flag: hunter2, from file: hunter2)',
    );
    expect(startProbe.reduce!(text, '')).not.toContain('hunter2');
  });
});
