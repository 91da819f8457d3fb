import { describe, expect, it } from 'vitest';
import { expectNothingFromPieces, look, told } from '../../../test/support/look.ts';
import tailscale from './index.ts';
import { reduce } from './reduce.ts';

const status = {
  Version: '1.76.1-t9edcb7edb',
  BackendState: 'Running',
  AuthURL: 'https://login.tailscale.com/a/0123456789ab',
  TailscaleIPs: ['100.101.102.103', 'fd7a:115c:a1e0::1'],
  Self: { UserID: 12345, HostName: 'fleetclaw-prod' },
};
const prefs = { RunSSH: false, ShieldsUp: false, WantRunning: true, Config: { PrivateNodeKey: 'privkey:00' } };
const pretty = (word: string, of: object) =>
  JSON.stringify(of, null, 2)
    .split('\n')
    .map((line) => `${word}|${line}\n`)
    .join('');
const answer = (more: { status?: object; prefs?: object; listens?: string; code?: number } = {}) =>
  reduce(
    `trace|/usr/bin/tailscale\ncode|status ${more.code ?? 0}\n${pretty('status', { ...status, ...more.status })}` +
      `code|prefs 0\n${pretty('prefs', { ...prefs, ...more.prefs })}` +
      `tcp|0.0.0.0:22\ntcp|[::]:22\ntcp|127.0.0.1:6379\n${more.listens ?? ''}udp|0.0.0.0:41641\nudp|10.0.0.4%ens3:68\nend\n`,
  );
const see = (more: Parameters<typeof answer>[0], demand?: string) => told(look(tailscale, { demand }, answer(more)));

describe('tailscale', () => {
  it('reads a node that runs', () => {
    expect(see({})).toEqual({
      present: true,
      concerned: true,
      running: true,
      as_wanted: true,
      serves_ssh: false,
      reachable_tcp: ['22'],
      reachable_udp: ['41641'],
    });
  });

  it('tells nothing from pieces', () => expectNothingFromPieces(tailscale, {}, answer()));

  it('keeps what is judged and nothing else', () => {
    expect(answer()).not.toMatch(/AuthURL|HostName|UserID|privkey/);
  });

  it('proves that there is none', () => {
    const none = { present: false, running: false, serves_ssh: 'absent', reachable_tcp: 'absent' };
    expect(told(look(tailscale, {}, 'end\n'))).toMatchObject({ ...none, concerned: false, as_wanted: true });
    const required = told(look(tailscale, { demand: 'required' }, 'end\n'));
    expect(required).toMatchObject({ ...none, concerned: true, as_wanted: false });
    expect(told(look(tailscale, { demand: 'absent' }, 'end\n'))).toMatchObject({ concerned: false, as_wanted: true });
    expect(see({}, 'absent').as_wanted).toBe(false);
  });

  it.each(['Stopped', 'NeedsLogin', 'NoState', 'Starting'])('is not running while it says %s', (BackendState) => {
    expect(see({ status: { BackendState } })).toMatchObject({ running: false, as_wanted: false });
  });

  it('does not know what a silent tailscaled would say', () => {
    expect(see({ code: 1 })).toMatchObject({ running: 'unknown', as_wanted: 'unknown', reachable_tcp: 'unknown' });
    expect(see({ prefs: { RunSSH: 'no' } }).serves_ssh).toBe('unknown');
    expect(told(look(tailscale, {}, 'trace|x\nend\n')).running).toBe('unknown');
  });

  it('sees its own SSH', () => expect(see({ prefs: { RunSSH: true } }).serves_ssh).toBe(true));

  it('sees what listens for the tailnet', () => {
    const listens = 'tcp|100.101.102.103:3100\ntcp|*:9090\ntcp|[fd7a:115c:a1e0::1]:80\ntcp|100.1.1.1:81\n';
    expect(see({ listens }).reachable_tcp).toEqual(['22', '80', '3100', '9090']);
    expect(see({ listens, prefs: { ShieldsUp: true } })).toMatchObject({ reachable_tcp: [], reachable_udp: [] });
    expect(see({ listens: 'tcp|what\n' }).reachable_tcp).toBe('unknown');
  });
});
