import { describe, expect, it } from 'vitest';
import { expectNothingFromPieces, look, told } from '../../../test/support/look.ts';
import { ufwAnswer } from '../../../test/support/ufw.ts';
import ufw from './index.ts';

const see = (from: string, to: string) => {
  expect(ufwAnswer).toContain(from);
  return told(look(ufw, {}, ufwAnswer.replaceAll(from, to)));
};

describe('ufw', () => {
  it('reads a host as the guide wants it, and where it is said', () => {
    expect(look(ufw, {}, ufwAnswer)).toMatchObject([
      { fact: 'starts_at_boot', value: true, where: '/etc/ufw/ufw.conf:1' },
      { fact: 'ipv6', value: 'managed', where: '/etc/default/ufw:4' },
      { fact: 'log_level', value: 'low', where: '/etc/ufw/ufw.conf:2' },
    ]);
  });

  it('tells nothing from pieces', () => expectNothingFromPieces(ufw, {}, ufwAnswer));

  it.each([
    ['ENABLED=yes', 'ENABLED=no', false],
    ['ENABLED=yes', 'ENABLED=Yes', false],
    ['ENABLED=yes', 'ENABLED=YES', true],
    ['ENABLED=yes', "ENABLED='yes' # since May", true],
    ['ENABLED=yes', '#ENABLED=yes', false],
    ['ENABLED=yes', 'ENABLED=yes\ntext|conf|ENABLED=no', false],
    ['text|conf|LOGLEVEL=low', 'text|conf|LOGLEVEL=low; ENABLED=no', 'unknown'],
    ['ENABLED=yes', 'ENABLED=yes\r', 'unknown'],
    ['ENABLED=yes', 'ENABLED=$(true)', 'unknown'],
    ['ENABLED=yes', 'ENABLED=yes\ntext|conf|. /etc/other', 'unknown'],
    ['UnitFileState=enabled', 'UnitFileState=disabled', false],
    ['UnitFileState=enabled', 'UnitFileState=enabled-runtime', false],
    ['LoadState=loaded', 'LoadState=masked', false],
    ['LoadState=loaded', 'LoadState=not-found', false],
    ['argv[]=/usr/lib/ufw/ufw-init start quiet', 'argv[]=/usr/lib/ufw/ufw-init flush-all', 'unknown'],
    ['unit|Id=', 'unit|ExecStartPost={ path=/usr/sbin/iptables\nunit|Id=', 'unknown'],
    ['pulled|ufw.service\n', '', false],
    ['unit|Id=', 'unit|PrivateNetwork=yes\nunit|Id=', false],
    ['unit|Id=', 'unit|NetworkNamespacePath=/run/netns/x\nunit|Id=', false],
    ['unit|Id=', 'unit|User=nobody\nunit|Id=', 'unknown'],
    ['unit|Id=', 'unit|ExecCondition={ path=/bin/false\nunit|Id=', 'unknown'],
    ['unit|Id=', 'condition|ConditionPathExists=/never\nunit|Id=', 'unknown'],
  ])('%j as %j: starts at boot is %s', (from, to, starts) => {
    expect(see(from, to).starts_at_boot).toBe(starts);
  });

  it('lets ufw.conf win over /etc/default/ufw, because it is sourced last', () => {
    expect(see('text|conf|LOGLEVEL', 'text|conf|IPV6=no\ntext|conf|LOGLEVEL').ipv6).toBe('left out');
  });

  it('does not start without its settings', () => {
    const gone = ufwAnswer.replace('file|conf', 'none|conf').replace(/^text\|conf.*\n/gm, '');
    expect(told(look(ufw, {}, gone))).toMatchObject({ starts_at_boot: false, log_level: 'absent' });
  });

  it('tells a host without IPv6 from one whose IPv6 is dropped', () => {
    const without = ufwAnswer.replace('IPV6=yes', 'IPV6=no');
    expect(told(look(ufw, {}, without)).ipv6).toBe('left out');
    expect(told(look(ufw, {}, without.replace('ipv6|on', 'ipv6|off'))).ipv6).toBe('off');
    expect(told(look(ufw, {}, without.replace('ipv6|on', 'ipv6|unclear'))).ipv6).toBe('unknown');
  });

  it('knows the log levels', () => {
    expect(see('LOGLEVEL=low', 'LOGLEVEL=off').log_level).toBe('off');
    expect(see('LOGLEVEL=low', 'LOGLEVEL=loud').log_level).toBe('unknown');
  });

  it('says what it cannot read', () => {
    expect(see('file|user6', 'failed|user6')).toMatchObject({ starts_at_boot: 'unknown' });
    expect(see('file|user6\n', '')).toMatchObject({ starts_at_boot: 'unknown' });
    const bus = 'unit|Failed to connect to bus';
    expect(look(ufw, {}, ufwAnswer.replace('unit|Id=ufw.service', bus))[0]).toMatchObject({
      state: 'unknown',
      message: expect.stringContaining('Failed to connect to bus') as string,
    });
  });
});
