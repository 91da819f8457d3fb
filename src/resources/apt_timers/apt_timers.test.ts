import { describe, expect, it } from 'vitest';
import { expectNothingFromPieces, look } from '../../../test/support/look.ts';
import timers from './index.ts';

const now = Date.parse('2026-11-23T05:22:52Z') / 1000;
const day = 86400;
const timer = (name: string, next: string) => `unit|${name}.timer|Unit=${name}.service
unit|${name}.timer|NextElapseUSecRealtime=${next}
unit|${name}.timer|Result=success
unit|${name}.timer|Id=${name}.timer
unit|${name}.timer|LoadState=loaded
unit|${name}.timer|ActiveState=active
unit|${name}.timer|SubState=waiting
unit|${name}.timer|DropInPaths=
unit|${name}.timer|UnitFileState=enabled
`;
const service = (name: string, word: string) => `unit|${name}.service|Result=success
unit|${name}.service|ExecMainExitTimestamp=
unit|${name}.service|ExecStartPre={ path=/usr/lib/apt/apt-helper ; argv[]=/usr/lib/apt/apt-helper wait-online ; ignore_errors=yes
unit|${name}.service|ExecStart={ path=/usr/lib/apt/apt.systemd.daily ; argv[]=/usr/lib/apt/apt.systemd.daily ${word} ; ignore_errors=no
unit|${name}.service|Environment=
unit|${name}.service|RootDirectory=
unit|${name}.service|User=
unit|${name}.service|Id=${name}.service
unit|${name}.service|LoadState=loaded
unit|${name}.service|ActiveState=inactive
unit|${name}.service|SubState=dead
unit|${name}.service|DropInPaths=
unit|${name}.service|UnitFileState=static
`;
const good = `now|${now}
booted|Mon 2026-11-02 05:22:38.889872 UTC
${timer('apt-daily', 'Mon 2026-11-23 11:04:33 UTC')}${timer('apt-daily-upgrade', 'Tue 2026-11-24 06:36:17.5 UTC')}${service('apt-daily', 'update')}${service('apt-daily-upgrade', 'install')}waits|/usr/lib/systemd/system/apt-daily.service|ConditionACPower=true
sets|/usr/lib/systemd/system/apt-daily.service|Unit.Documentation|man:apt(8)
sets|/usr/lib/systemd/system/apt-daily.service|Service.ExecStart|/usr/lib/apt/apt.systemd.daily update
sets|/usr/lib/systemd/system/apt-daily-upgrade.service|Service.KillMode|process
tool|/usr/bin/unattended-upgrade
stamp|${now - 3600}|/var/lib/apt/periodic/upgrade-stamp
stamp|${now - 60}|/var/lib/apt/periodic/unattended-upgrades-stamp
end
`;
const all = (text: string) =>
  look(timers, {}, text).map((each) => [
    `${each.fact} ${each.label}`,
    each.state === 'value' ? each.value : each.state,
  ]);
const see = (fact: string, label: string, text: string) =>
  look(timers, {}, text).find((each) => each.fact === fact && each.label.includes(label))!;
const upgrade = (from: string, to: string) =>
  good.replace(`unit|apt-daily-upgrade.service|${from}`, `unit|apt-daily-upgrade.service|${to}`);
const dropIn = (setting: string, folder = 'apt-daily-upgrade.service.d') =>
  good.replace('tool|', `sets|/etc/systemd/system/${folder}/x.conf|${setting}\ntool|`);
const age = (seconds: number, text = good) => text.replace(`stamp|${now - 3600}`, `stamp|${now - seconds}`);

describe('apt_timers', () => {
  it('reads a host whose timers are as shipped', () => {
    expect(
      Object.fromEntries(all(upgrade('ExecMainExitTimestamp=', 'ExecMainExitTimestamp=Mon 2026-11-23 04:22:52 UTC'))),
    ).toEqual({
      'enabled apt-daily.timer': true,
      'next_run the next run of apt-daily.timer': 20501,
      'enabled apt-daily-upgrade.timer': true,
      'next_run the next run of apt-daily-upgrade.timer': 90805,
      'intact apt-daily.service': true,
      'intact apt-daily-upgrade.service': true,
      'ran the last automatic upgrade': true,
      'succeeded the last run of apt-daily-upgrade.service': true,
    });
  });

  it('tells nothing from pieces', () => {
    expectNothingFromPieces(
      timers,
      {},
      upgrade('ExecMainExitTimestamp=', 'ExecMainExitTimestamp=Mon 2026-11-23 04:22:52 UTC'),
    );
  });

  it.each([
    ['stopped', 'ActiveState=active', 'ActiveState=inactive', 'absent'],
    ['elapsed', 'SubState=waiting', 'SubState=elapsed', 'absent'],
    ['of another service', 'Unit=apt-daily.service', 'Unit=true.service', 'absent'],
    ['without a calendar', 'NextElapseUSecRealtime=Mon 2026-11-23 11:04:33 UTC', 'NextElapseUSecRealtime=', 'unknown'],
  ])('knows a timer that is %s', (_name, from, to, state) => {
    const text = good.replace(`unit|apt-daily.timer|${from}`, `unit|apt-daily.timer|${to}`);
    expect(see('next_run', 'apt-daily.timer', text)).toMatchObject({ state });
  });

  it.each([
    [
      'another command',
      upgrade(
        'ExecStart={ path=/usr/lib/apt/apt.systemd.daily ; argv[]=/usr/lib/apt/apt.systemd.daily install',
        'ExecStart={ path=/bin/true ; argv[]=/bin/true',
      ),
      'it runs /bin/true',
    ],
    [
      'another program by the same name',
      upgrade('ExecStart={ path=/usr/lib/apt/apt.systemd.daily', 'ExecStart={ path=/usr/bin/true'),
      'it runs /usr/bin/true by the name "/usr/lib/apt/apt.systemd.daily install"',
    ],
    ...[
      'PrivateNetwork=yes',
      'InaccessiblePaths=/var/lib/apt',
      'TimeoutStartSec=1',
      'RuntimeMaxSec=1',
      'BindReadOnlyPaths=/x',
    ].map((each): [string, string, string] => [
      'a drop-in that shuts it in',
      dropIn(`Service.${each.replace('=', '|')}`),
      each,
    ]),
    [
      'a drop-in for all units of that beginning',
      dropIn('Service.PrivateNetwork|yes', 'apt-.service.d'),
      'PrivateNetwork=yes of /etc/systemd/system/apt-.service.d/x.conf',
    ],
    [
      'no command',
      upgrade(
        'ExecStart={ path=/usr/lib/apt/apt.systemd.daily ; argv[]=/usr/lib/apt/apt.systemd.daily install ; ignore_errors=no\n',
        '',
      ).replace('unit|apt-daily-upgrade.service|unit', 'unit'),
      'it runs nothing',
    ],
    [
      'a second command',
      upgrade(
        'Environment=',
        'ExecStart={ path=/bin/x ; argv[]=/bin/x ; ignore_errors=no\nunit|apt-daily-upgrade.service|Environment=',
      ),
      'and /bin/x',
    ],
    ['another user', upgrade('User=', 'User=nobody'), 'User=nobody'],
    ['another configuration', upgrade('Environment=', 'Environment=APT_CONFIG=/dev/null'), 'APT_CONFIG'],
    [
      'a condition',
      good.replace(
        'tool|',
        'waits|/etc/systemd/system/apt-daily-upgrade.service.d/x.conf|ConditionPathExists=/no\ntool|',
      ),
      'ConditionPathExists=/no',
    ],
    [
      'a question',
      upgrade(
        'User=',
        'ExecCondition={ path=/bin/false ; argv[]=/bin/false ; ignore_errors=no\nunit|apt-daily-upgrade.service|User=',
      ),
      'asks /bin/false',
    ],
    [
      'a first step that must succeed',
      good.replace(/(apt-daily-upgrade.service\|ExecStartPre=.*)yes/, '$1no'),
      'does not start unless',
    ],
    ['a mask', upgrade('LoadState=loaded', 'LoadState=masked'), 'it is masked'],
    ['nothing to run', good.replace('tool|/usr/bin/unattended-upgrade', 'tool|'), 'no unattended-upgrade'],
  ])('notices %s', (_name, text, words) => {
    expect(see('intact', 'apt-daily-upgrade.service', text)).toMatchObject({
      value: false,
      note: expect.stringContaining(words),
    });
  });

  it('does not judge a setting that it does not know, and takes those that change nothing', () => {
    const intact = (setting: string) => see('intact', 'apt-daily-upgrade.service', dropIn(setting));
    expect(intact('Service.Nice|10')).toMatchObject({ value: true });
    expect(intact('Unit.Requires|missing.service')).toMatchObject({ state: 'unknown', code: 'needs-person' });
    expect(intact('Service.PrivateTmp|yes')).toMatchObject({ state: 'unknown', code: 'needs-person' });
  });

  it('leaves conditions of other units alone, and those that were taken back', () => {
    const more =
      'waits|/etc/systemd/system/other.service.d/x.conf|ConditionPathExists=/no\nwaits|/etc/x/apt-daily.service|ConditionHost=\ntool|';
    expect(see('intact', 'apt-daily.service', good.replace('tool|', more))).toMatchObject({ value: true });
  });

  const young = (text: string) => text.replace('2026-11-02 05:22:38.889872', '2026-11-23 03:00:00');
  it.each([
    ['long ago', age(10 * day), { value: false }],
    ['long ago, on a host that was just started', young(age(10 * day)), { state: 'skipped' }],
    ['never, on a host that was just started', young(good.replace(/stamp\|.*\n/g, '')), { state: 'skipped' }],
    ['never', good.replace(/stamp\|.*\n/g, ''), { value: false, note: 'it never did' }],
    ['by hand or with --dry-run', age(10 * day), { value: false }],
    ['where only its own stamp is there', good.replace(/stamp\|.*upgrade-stamp\n/, ''), { value: true }],
    ['tomorrow', age(-day), { state: 'unknown', code: 'stale' }],
    [
      'long ago, though the service ran since',
      young(age(10 * day, upgrade('ExecMainExitTimestamp=', 'ExecMainExitTimestamp=Mon 2026-11-23 04:22:52 UTC'))),
      { value: false, note: expect.stringContaining('its service ran 1h ago') },
    ],
  ])('knows that it ran %s', (_name, text, expected) => expect(see('ran', '', text)).toMatchObject(expected));

  it('says how the last run ended, once there was one', () => {
    expect(see('succeeded', '', good)).toMatchObject({ state: 'skipped' });
    expect(see('succeeded', '', upgrade('Result=success', 'Result=exit-code'))).toMatchObject({
      value: false,
      note: 'exit-code',
    });
  });
});
