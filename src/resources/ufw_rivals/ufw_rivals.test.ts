import { describe, expect, it } from 'vitest';
import { expectNothingFromPieces, look } from '../../../test/support/look.ts';
import ufwRivals from './index.ts';

const unit = (id: string, command: string, state = 'enabled', load = 'loaded') =>
  `block|\nunit|ExecStart={ path=${command.split(' ')[0]!} ; argv[]=${command}\nunit|Id=${id}\n` +
  `unit|LoadState=${load}\nunit|UnitFileState=${state}\n`;
const docker = unit('docker-iptables.service', '/sbin/iptables-restore -n /etc/docker/iptables-rules.conf');
const see = (text: string, options = {}) =>
  look(ufwRivals, options, `${text}units|20\nend\n`).map((each) => (each.state === 'value' ? each.value : each.state));

describe('ufw_rivals', () => {
  it('finds none where only the unit of the guide adds its rules', () => expect(see(docker)).toEqual([[]]));

  it('tells nothing from pieces', () =>
    expectNothingFromPieces(ufwRivals, {}, `${docker}script|/etc/rc.local\nunits|20\nend\n`));

  it.each([
    '/usr/sbin/nft -f /etc/nftables.conf',
    '/usr/sbin/netfilter-persistent start',
    '/usr/sbin/firewalld --nofork --nopid',
    '/sbin/iptables-restore /etc/iptables/rules.v4',
    '/sbin/iptables-restore -n /etc/a.conf; /sbin/iptables -F',
    '/sbin/iptables-restore -n -t /etc/a.conf',
    '/bin/sh -c "iptables -F"',
    '/bin/sh -c "iptables-restore -n < /etc/a.conf"',
  ])('finds %s', (command) => expect(see(docker + unit('a.service', command))).toEqual([['a.service']]));

  it('leaves out what does not start by itself, and what may', () => {
    const nft = '/usr/sbin/nft -f /etc/nftables.conf';
    expect(see(unit('nftables.service', nft, 'disabled'))).toEqual([[]]);
    expect(see(unit('nftables.service', nft, 'masked', 'masked'))).toEqual([[]]);
    expect(see(unit('nftables.service', nft, 'static'))).toEqual([['nftables.service']]);
    expect(see(unit('nftables.service', nft), { allow: ['nftables.service'] })).toEqual([[]]);
  });

  it('leaves out the way back of a fix that is not confirmed, and nothing that only looks like it', () => {
    const id = '20260101T000000Z-abc123';
    const back = (command: string, state = 'transient') =>
      see(
        unit(`fleet-audit-deadman-${id}.service`, command, state) +
          `wrapped|/var/lib/fleet-audit/txn/${id}/rollback.sh\nwrapped|/root/other.sh\n`,
      );
    const own = `/bin/sh -c exec sh /var/lib/fleet-audit/txn/${id}/rollback.sh deadline`;
    expect(back(own)).toEqual([[]]);
    expect(back(own, 'enabled')).not.toEqual([[]]);
    expect(back(`${own}; nft -f /root/x`)).not.toEqual([[]]);
    expect(back('/bin/sh -c exec sh /root/other.sh deadline')).not.toEqual([[]]);
  });

  it.each([
    ['another unit wants it', 'WantedBy=fw.service'],
    ['a timer starts it', 'TriggeredBy=fw.timer'],
    ['it starts when another one fails', 'OnFailureOf=fw.service'],
  ])('finds a disabled unit when %s', (_, line) => {
    const started = unit('a.service', '/sbin/iptables -F', 'disabled').replace('unit|Load', `unit|${line}\nunit|Load`);
    expect(see(started)).toEqual([['a.service']]);
  });

  it('goes by what runs, not by what it calls itself', () => {
    const hidden = unit('a.service', '/usr/sbin/nft -f /etc/a').replace('argv[]=/usr/sbin/nft', 'argv[]=/bin/true');
    expect(see(hidden)).toEqual([['a.service']]);
  });

  it('finds what happens when a unit stops', () => {
    const stopping = unit('a.service', '/bin/true').replace(
      'unit|Id',
      'unit|ExecStopPost={ argv[]=/sbin/iptables -F\nunit|Id',
    );
    expect(see(stopping)).toEqual([['a.service']]);
  });

  it('finds a script that speaks of such programs', () => {
    const text = `wrapped|/opt/fw\n${unit('a.service', '/bin/sh /opt/fw')}${unit('b.service', '/bin/sh /opt/other')}`;
    expect(see(text)).toEqual([['a.service']]);
  });

  it('names scripts', () => expect(see('script|/etc/cron.d/fw\n')).toEqual([['/etc/cron.d/fw']]));

  it('does not take silence for none', () => {
    const text = look(ufwRivals, {}, 'units|0\nend\n');
    expect(text).toMatchObject([{ state: 'unknown' }]);
  });
});
