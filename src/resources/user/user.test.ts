import { describe, expect, it } from 'vitest';
import { expectNothingFromPieces, look, told } from '../../../test/support/look.ts';
import user from './index.ts';

const options = { name: 'fleetclaw' };
const account = `code|0
passwd|shadow|fleetclaw|1001|1001|/home/fleetclaw|/bin/bash
all|23
shadowcode|0
shadow|fleetclaw|locked
home|directory|1001|fleetclaw
homemode|750
sshdir|700|1001|1001|directory|fleetclaw|fleetclaw
runs|yes
valid|/bin/sh
valid|/bin/bash
groups|fleetclaw users
end
`;
const noSudo = `code|0
sudo|User fleetclaw is not allowed to run sudo on fleetclaw-prod.
groups|fleetclaw users
end
`;
const see = (from: string | RegExp, to: string) => told(look(user, options, account.replace(from, to), noSudo));

describe('user', () => {
  it('reads an ordinary account', () => {
    expect(told(look(user, options, account, noSudo))).toEqual({
      exists: true,
      uid: 1001,
      same_uid: [],
      home: '/home/fleetclaw',
      home_exists: true,
      home_owner: 'fleetclaw',
      home_mode: '0750',
      ssh_dir_type: 'directory',
      ssh_dir_mode: '0700',
      ssh_dir_owner: 'fleetclaw',
      ssh_dir_group: 'fleetclaw',
      shell: '/bin/bash',
      shell_valid: true,
      password: 'locked',
      groups: ['fleetclaw', 'users'],
      privileged_groups: [],
      sudo: 'none',
      sudo_rules: [],
    });
  });

  it('tells nothing from pieces', () => expectNothingFromPieces(user, options, account, noSudo));

  it('proves that there is none by code 2 alone', () => {
    const none = 'code|2\nall|23\nshadowcode|2\ngroups|id: no such user\nend\n';
    expect(told(look(user, options, none, noSudo))).toMatchObject({
      exists: false,
      password: 'absent',
      groups: 'absent',
    });
    expect(told(look(user, options, none.replace('code|2', 'code|1'), noSudo))).toMatchObject({
      exists: 'unknown',
      password: 'unknown',
    });
  });

  it('does not take another account for it', () => {
    expect(see('shadow|fleetclaw|1001', 'shadow|fleetclaw2|1001')).toMatchObject({ exists: 'unknown', uid: 'unknown' });
    expect(see('shadow|fleetclaw|locked', 'shadow|fleetclaw2|locked')).toMatchObject({
      password: 'unknown',
      uid: 1001,
    });
  });

  it.each([
    ['shadow|fleetclaw|locked', 'shadow|fleetclaw|empty', 'empty'],
    ['shadow|fleetclaw|locked', 'shadow|fleetclaw|usable', 'usable'],
    ['passwd|shadow|', 'passwd|empty|', 'empty'],
    ['passwd|shadow|', 'passwd|usable|', 'usable'],
    ['shadowcode|0\nshadow|fleetclaw|locked', 'shadowcode|2', 'unknown'],
    ['shadow|fleetclaw|locked', 'shadow|fleetclaw|locked\nshadow|fleetclaw|empty', 'unknown'],
  ])('%s becomes %s', (from, to, password) => {
    expect(see(from, to).password).toBe(password);
  });

  it.each([
    ['/bin/bash\n', '/usr/sbin/nologin\n', false],
    ['/bin/bash\n', '/bin/false\n', false],
    ['/bin/bash\n', '/bin/zsh\n', false],
    ['/bin/bash\n', '\n', true],
    ['runs|yes\n', '', false],
    [/valid\|.*\n/g, '', 'unknown'],
  ])('shell: %s becomes %j', (from, to, valid) => {
    expect(see(from, to).shell_valid).toBe(valid);
  });

  it('sees others with the same number, and says when none were listed', () => {
    expect(see('all|', 'same|twin\nall|').same_uid).toEqual(['twin']);
    expect(see('all|23', 'all|0').same_uid).toBe('unknown');
  });

  it.each([
    [
      'home|directory|1001|fleetclaw',
      "home|stat: cannot statx '/x': No such file or directory",
      { home_exists: false, home_owner: 'absent' },
    ],
    ['home|directory|1001|fleetclaw', "home|stat: cannot statx '/x': Permission denied", { home_exists: 'unknown' }],
    ['home|directory|1001|fleetclaw', 'home|regular file|1001|fleetclaw', { home_exists: false }],
    ['home|directory|1001|fleetclaw', 'home|directory|1002|root', { home_owner: '1002' }],
    ['home|directory|1001|fleetclaw', 'home|directory|0|toor', { home_owner: 'root' }],
    [/sshdir\|.*/, "sshdir|stat: cannot statx '/x': No such file or directory", { ssh_dir_mode: 'absent' }],
    [/sshdir\|.*/, "sshdir|stat: cannot statx '/x': Permission denied", { ssh_dir_mode: 'unknown' }],
    ['sshdir|700', 'sshdir|2700', { ssh_dir_mode: '2700' }],
  ])('%s becomes %s', (from, to, facts) => {
    expect(see(from, to)).toMatchObject(facts);
  });

  it('picks the powerful groups out', () => {
    expect(see('groups|fleetclaw users', 'groups|fleetclaw docker lxd').privileged_groups).toEqual(['docker', 'lxd']);
  });
});

const rule = (commands: string, more = '') => `sudo|
sudo|Sudoers entry: /etc/sudoers.d/fleet
sudo|    RunAsUsers: root
${more}sudo|    Commands:
${commands}`;
const sudo = (rules: string, head = '') => {
  const text = `code|0\n${head}sudo|User fleetclaw may run the following commands on vps:\n${rules}groups|fleetclaw users\nend\n`;
  return told(look(user, options, account, text));
};
const free = 'sudo|    Options: !authenticate\n';
const defaults = (text: string) =>
  `sudo|Matching Defaults entries for fleetclaw on vps:\nsudo|    env_reset,\nsudo|    ${text}\nsudo|\n`;

describe('sudo rules', () => {
  it.each([
    ['\t/usr/bin/systemctl restart fleet', '', '', 'listed'],
    ['\tALL', '', '', 'everything'],
    ['\tALL', free, '', 'everything without a password'],
    ['\tALL\nsudo|\t!/bin/su', free, '', 'everything without a password'],
    ['\t!/bin/su', free, '', 'listed'],
    ['\t/bin/bash', free, '', 'everything without a password'],
    ['\t/usr/bin/', free, '', 'everything without a password'],
    ['\t/usr/bin/* -x', free, '', 'everything without a password'],
    ['\t^/usr/bin/.*$', free, '', 'everything without a password'],
    ['\t/usr/bin/systemctl restart fleet-*', free, '', 'listed'],
    ['\tsha256:abc\nsudo|        ALL', free, '', 'everything without a password'],
    ['\tALL', '', defaults('!authenticate'), 'everything without a password'],
    ['\tALL', '', defaults('exempt_group=users, use_pty'), 'everything without a password'],
    ['\tALL', '', defaults('exempt_group=staff'), 'everything'],
    ['\tALL', 'sudo|    Options: setenv, authenticate\n', defaults('!authenticate'), 'everything'],
  ])('%j %j %j', (commands, more, head, worst) => {
    expect(sudo(rule(`sudo|${commands}\n`, more), head).sudo).toBe(worst);
  });

  it('judges each entry by itself, and names the file', () => {
    const both = rule('sudo|\t/bin/ls\n', free) + rule('sudo|\tALL\n');
    expect(sudo(both).sudo).toBe('everything');
    const seen = look(
      user,
      options,
      account,
      `code|0\nsudo|User fleetclaw may run the following commands on vps:\n${rule('sudo|\tALL\n', free)}groups|x\nend\n`,
    );
    expect(seen.find((each) => each.fact === 'sudo')).toMatchObject({
      where: '/etc/sudoers.d/fleet',
      note: '(root) NOPASSWD: ALL',
    });
  });

  it.each([
    [
      'a mistake in a file',
      'code|0\nsudo|/etc/sudoers.d/zz:1:19: syntax error\nsudo|User fleetclaw is not allowed to run sudo on vps.\n',
    ],
    ['another account', 'code|0\nsudo|User fleetclaw2 is not allowed to run sudo on vps.\n'],
    ['a failure', 'code|1\nsudo|sudo: unknown user fleetclaw\n'],
    ['nothing', 'code|0\nsudo|\n'],
    ['a rule without commands', `code|0\nsudo|User fleetclaw may run the following commands on vps:\n${rule('')}`],
    ['a list without rules', 'code|0\nsudo|User fleetclaw may run the following commands on vps:\n'],
    [
      'a line that is not known',
      `code|0\nsudo|User fleetclaw may run the following commands on vps:\n${rule('sudo|ALL\n')}`,
    ],
  ])('tells nothing from %s', (_name, text) => {
    expect(told(look(user, options, account, `${text}groups|fleetclaw\nend\n`)).sudo).toBe('unknown');
  });

  it('does not mind that the host cannot resolve its name, and knows a host without sudo', () => {
    const text = noSudo.replace(
      'code|0\n',
      'code|0\nsudo|sudo: unable to resolve host vps: Name or service not known\n',
    );
    expect(told(look(user, options, account, text)).sudo).toBe('none');
    expect(told(look(user, options, account, 'none|\nend\n')).sudo).toBe('none');
  });
});
