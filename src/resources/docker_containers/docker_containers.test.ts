import { describe, expect, it } from 'vitest';
import { container, id, inspectAnswer, kernel } from '../../../test/support/docker.ts';
import { expectNothingFromPieces, look, told } from '../../../test/support/look.ts';
import containers from './index.ts';

const log = (Type: string, Config: object) => ({
  ...container,
  HostConfig: { ...container.HostConfig, LogConfig: { Type, Config } },
});
const see = (...given: Parameters<typeof inspectAnswer>) => told(look(containers, {}, inspectAnswer(...given)));

describe('docker_containers', () => {
  it('reads what a container has', () => {
    expect(see()).toEqual({
      log_driver: 'json-file',
      log_max_size: 10_000_000,
      log_max_file: 3,
      nofile_soft: 65536,
      nofile_hard: 65536,
    });
  });

  it('tells nothing from pieces', () => expectNothingFromPieces(containers, {}, inspectAnswer()));

  it('believes the kernel, not inspect, about limits', () => {
    expect(see([container], [`proc|654|${id}`, ...kernel(654, '1024', '524288')])).toMatchObject({
      nofile_soft: 1024,
      nofile_hard: 524288,
    });
    expect(see([container], [`proc|654|${id}`, ...kernel(654, 'unlimited', 'unlimited')]).nofile_soft).toBe(
      Number.MAX_SAFE_INTEGER,
    );
    expect(see([container], [])).toMatchObject({ nofile_soft: 'unknown', log_max_size: 10_000_000 });
  });

  it('knows what each driver keeps', () => {
    expect(see([log('json-file', {})])).toMatchObject({ log_max_size: 'absent', log_max_file: 1 });
    expect(see([log('json-file', { 'max-size': '-1' })]).log_max_size).toBe('absent');
    expect(see([log('local', {})])).toMatchObject({ log_max_size: 20_000_000, log_max_file: 5 });
    expect(see([log('none', {})])).toMatchObject({ log_driver: 'none', log_max_size: 'skipped' });
    expect(see([log('syslog', {})])).toMatchObject({ log_max_size: 'unknown' });
    expect(see([log('json-file', { 'max-size': '0' })]).log_max_size).toBe('unknown');
    expect(see([log('json-file', { 'max-size': '1m', 'max-file': 'x' })]).log_max_file).toBe('unknown');
  });

  it('looks at logs of stopped ones, too, and says so', () => {
    const stopped = { ...container, State: { ...container.State, Status: 'exited', Running: false, Pid: 0 } };
    const seen = look(containers, {}, inspectAnswer([stopped], []));
    expect(seen[1]).toMatchObject({ label: 'log size of fleetclaw-ex-001 (exited)', value: 10_000_000 });
    expect(told(seen).nofile_soft).toBe('skipped');
  });

  it('skips when there is none, and not when there is no answer', () => {
    expect(see([], [])).toMatchObject({ log_max_size: 'skipped', nofile_soft: 'skipped' });
    expect(told(look(containers, {}, 'state|stopped\nend\n')).log_max_size).toBe('unknown');
  });
});
