import { describe, expect, it } from 'vitest';
import { expectNothingFromPieces, look, told } from '../../../test/support/look.ts';
import unit from './index.ts';

const options = { name: 'ssh.service' };
const block = (tag: string, values: Record<string, string>) => {
  const all = {
    Id: 'ssh.service',
    Names: 'ssh.service sshd.service',
    LoadState: 'loaded',
    ActiveState: 'active',
    SubState: 'running',
    UnitFileState: 'enabled',
    WantedBy: values['UnitFileState'] === 'disabled' ? '' : 'multi-user.target',
    RequiredBy: '',
    TriggeredBy: '',
    ...values,
  };
  return Object.entries(all)
    .map(([key, each]) => `${tag}|${key}=${each}\n`)
    .join('');
};
const answer = (values: Record<string, string>, by = '') => `code|0\n${block('unit', values)}${by}end\n`;
const socket = (values: Record<string, string> = {}) =>
  block('by', { Id: 'ssh.socket', Names: 'ssh.socket', SubState: 'listening', WantedBy: 'sockets.target', ...values });
const see = (values: Record<string, string>, by = '') => told(look(unit, options, answer(values, by)));

describe('unit', () => {
  it('reads a running service', () => {
    expect(see({})).toEqual({
      exists: true,
      enabled: true,
      active: true,
      sub_state: 'running',
      masked: false,
      starts_at_boot: true,
      served: true,
    });
  });

  it('tells nothing from pieces', () => expectNothingFromPieces(unit, options, answer({}, socket())));

  it('goes by its other names, too', () => {
    expect(told(look(unit, { name: 'sshd.service' }, answer({}))).enabled).toBe(true);
    expect(told(look(unit, { name: 'cron.service' }, answer({}))).enabled).toBe('unknown');
  });

  it('knows that a socket starts it, as on Ubuntu 24.04', () => {
    const idle = { ActiveState: 'inactive', SubState: 'dead', UnitFileState: 'disabled', TriggeredBy: 'ssh.socket' };
    expect(see(idle, socket())).toMatchObject({ enabled: false, active: false, starts_at_boot: true, served: true });
    const off = socket({ UnitFileState: 'disabled', ActiveState: 'inactive' });
    expect(see(idle, off)).toMatchObject({ starts_at_boot: false, served: false });
    expect(see({ ...idle, LoadState: 'masked', UnitFileState: 'masked' }, socket())).toMatchObject({
      masked: true,
      starts_at_boot: false,
      served: false,
    });
  });

  it('does not take a disabled unit that another one wants for one that stays down', () => {
    expect(see({ UnitFileState: 'disabled', WantedBy: 'fw.service' }).starts_at_boot).toBe('unknown');
    expect(see({ UnitFileState: 'static', RequiredBy: 'fw.service', WantedBy: '' }).starts_at_boot).toBe('unknown');
  });

  it('knows that what runs goes on running when it is masked', () => {
    expect(see({ LoadState: 'masked', UnitFileState: 'masked' })).toMatchObject({
      starts_at_boot: false,
      served: true,
    });
  });

  it.each([
    ['enabled-runtime', {}, false],
    ['static', {}, false],
    ['alias', {}, true],
    ['generated', {}, true],
    ['generated', { WantedBy: '' }, false],
    ['', {}, false],
  ])('UnitFileState=%s %j', (UnitFileState, more, enabled) => {
    expect(see({ UnitFileState, ...more }).enabled).toBe(enabled);
  });

  it('does not call a broken unit enabled, and says what active means', () => {
    expect(see({ LoadState: 'bad-setting' }).enabled).toBe(false);
    expect(see({ SubState: 'exited' }).sub_state).toBe('exited');
    expect(see({ ActiveState: 'failed', SubState: 'failed' }).active).toBe(false);
  });

  it('proves that there is none', () => {
    const none = see({ LoadState: 'not-found', ActiveState: 'inactive', SubState: 'dead', UnitFileState: '' });
    expect(none).toMatchObject({ exists: false, enabled: 'absent', active: 'absent' });
  });

  it('says when systemd cannot be asked', () => {
    const words = "System has not been booted with systemd as init system (PID 1). Can't operate.";
    expect(look(unit, options, `code|1\nunit|${words}\nend\n`)[0]).toMatchObject({
      state: 'unknown',
      code: 'tool-missing',
      message: words,
    });
  });
});
