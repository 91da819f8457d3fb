import { describe, expect, it } from 'vitest';
import { expectNothingFromPieces, look, told } from '../../../test/support/look.ts';
import aptConfig from './index.ts';
import { toBoolean } from './parse.ts';

const dump = `set|APT::Periodic "";
set|APT::Periodic::Update-Package-Lists "1";
set|Unattended-Upgrade::Package-Blacklist "";
set|Unattended-Upgrade::Package-Blacklist:: "docker-ce";
set|Unattended-Upgrade::Package-Blacklist::named "say \\"hi\\"";
set|Unattended-Upgrade::Package-Blacklist::named::below "no";
set|Unattended-Upgrade::Automatic-Reboot "false";
lines|248
line|/etc/apt/apt.conf.d/50unattended-upgrades:47|Unattended-Upgrade::Package-Blacklist {
line|/etc/apt/apt.conf.d/52fleet:13|  Automatic-Reboot "false";
end
`;
const see = (key: string, text = dump) => look(aptConfig, { key }, text);

describe('apt_config', () => {
  it('reads a scalar, whatever the case of its name, with its place', () => {
    const seen = see('unattended-upgrade::automatic-REBOOT');
    expect(told(seen)).toEqual({ value: 'false', values: 'absent', on: false });
    expect(seen[0]).toMatchObject({ where: '/etc/apt/apt.conf.d/52fleet:13' });
  });

  it('reads a list, named items included, but not what is below them', () => {
    expect(told(see('Unattended-Upgrade::Package-Blacklist')).values).toEqual(['docker-ce', 'say \\"hi\\"']);
  });

  it('proves that nothing sets a key', () => {
    expect(told(see('APT::Periodic::Enable'))).toEqual({ value: 'absent', values: 'absent', on: 'absent' });
  });

  it('tells nothing from pieces', () => {
    const text = dump.replace(
      'Automatic-Reboot "false"',
      'Automatic-Reboot "false";\nset|Unattended-Upgrade::Automatic-Reboot::x "y"',
    );
    expectNothingFromPieces(aptConfig, { key: 'Unattended-Upgrade::Automatic-Reboot' }, text);
  });

  it('does not guess at a value of two lines, or at an empty configuration', () => {
    expect(told(see('APT::Periodic::Enable', dump.replace('"1";', '"1\nset|";')))).toMatchObject({ value: 'unknown' });
    expect(told(see('APT::Periodic::Enable', 'lines|0\nend\n'))).toMatchObject({ value: 'unknown' });
  });

  it.each([
    ['1', true],
    ['yes', true],
    ['On', true],
    ['0', false],
    ['FALSE', false],
    ['without', false],
    ['2', null],
    ['perhaps', null],
    ['', null],
  ])('understands yes and no as apt does: %j', (text, expected) => expect(toBoolean(text)).toBe(expected));
});
