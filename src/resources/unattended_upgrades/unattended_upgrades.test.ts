import { describe, expect, it } from 'vitest';
import { look, told } from '../../../test/support/look.ts';
import upgrades from './index.ts';
import { isAllowed, type Origin } from './origins.ts';

const guide = `set|APT::Periodic::Update-Package-Lists "1";
set|APT::Periodic::Unattended-Upgrade "1";
set|Unattended-Upgrade::Allowed-Origins "";
set|Unattended-Upgrade::Allowed-Origins:: "\${distro_id}:\${distro_codename}";
set|Unattended-Upgrade::Allowed-Origins:: "\${distro_id}:\${distro_codename}-security";
set|Unattended-Upgrade::Allowed-Origins:: "\${distro_id}ESMApps:\${distro_codename}-apps-security";
set|Unattended-Upgrade::Allowed-Origins:: "\${distro_id}ESM:\${distro_codename}-infra-security";
set|Unattended-Upgrade::Package-Blacklist:: "docker-ce";
set|Unattended-Upgrade::Package-Blacklist:: "docker-ce-cli";
set|Unattended-Upgrade::Package-Blacklist:: "containerd.io";
set|Unattended-Upgrade::Automatic-Reboot "false";
`;
const pattern =
  'set|Unattended-Upgrade::Origins-Pattern:: "origin=Debian,codename=${distro_codename}-security,label=Debian-Security";\n';
const dump = (text: string) => `${text}lines|248\nend\n`;

interface Host {
  archives: string;
  release: string;
  updates: string;
}
const lists = '/var/lib/apt/lists/';
const row = (base: string, origin: string, label: string, suite: string, codename: string) =>
  [`Origin: ${origin}`, `Label: ${label}`, `Suite: ${suite}`, `Codename: ${codename}`]
    .map((each) => `release|${lists}${base}_InRelease|${each}\n`)
    .join('');
const list = (base: string) =>
  `list|${lists}${base}_main_binary-amd64_Packages|http://host.example/x/main/binary-amd64/Packages.xz\n`;
const osRelease = (id: string, codename: string) =>
  `file|/etc/os-release\nline|ID=${id}\nline|VERSION_CODENAME=${codename}\nend\n`;
const ubuntu: Host = {
  archives: `${row('u_noble', 'Ubuntu', 'Ubuntu', 'noble', 'noble')}${row('u_noble-security', 'Ubuntu', 'Ubuntu', 'noble-security', 'noble')}end\n`,
  release: osRelease('ubuntu', 'noble'),
  updates: `${list('u_noble')}${list('u_noble-security')}\nend\n`,
};
const debian: Host = {
  archives: `${row('d_trixie', 'Debian', 'Debian', 'stable', 'trixie')}${row('d_trixie-security', 'Debian', 'Debian-Security', 'stable-security', 'trixie-security')}end\n`,
  release: osRelease('debian', 'trixie'),
  updates: `${list('d_trixie')}${list('d_trixie-security')}\nend\n`,
};
const packages = ['docker-ce', 'docker-ce-cli', 'containerd.io'];
const installed =
  ['docker-ce', 'docker-compose-plugin', 'linux-image-amd64', 'sudo'].map((each) => `package|${each}\n`).join('') +
  'end\n';
const see = (config: string, { archives, release, updates }: Host = ubuntu) =>
  told(look(upgrades, { packages }, dump(config), archives, release, updates, installed));

describe('unattended_upgrades', () => {
  it('reads the guide on Ubuntu', () => {
    expect(see(guide)).toEqual({
      lists_every: 86400,
      upgrades_every: 86400,
      allows_security: true,
      allows_release: true,
      allows_esm: true,
      not_excluded: [],
      holds_back: [],
      reboots: false,
    });
  });

  it('knows that the guide allows nothing on Debian, where the suite is not the code name', () => {
    expect(see(guide, debian)).toMatchObject({ allows_security: false, allows_release: false, allows_esm: 'skipped' });
    expect(see(guide + pattern, debian)).toMatchObject({ allows_security: true });
  });

  it('tells nothing from pieces', () => {
    const text = dump(guide);
    for (let length = 0; length < text.length; length += 5) {
      const seen = look(upgrades, { packages }, text.slice(0, length), ubuntu.archives, ubuntu.release, ubuntu.updates);
      expect(new Set(seen.map((each) => each.state))).toEqual(new Set(['unknown']));
    }
    for (const key of ['archives', 'release', 'updates'] as const) {
      const cut = { ...ubuntu, [key]: ubuntu[key].slice(0, -3) };
      expect(see(guide, cut)).toMatchObject({ allows_security: 'unknown', allows_esm: 'unknown' });
    }
  });

  it.each([
    ['no list at all', { ...ubuntu, updates: 'now|1\nend\n' }, 'unknown'],
    ['no security archive', { ...ubuntu, updates: `${list('u_noble')}\nend\n` }, false],
    ['a security archive of another release', { ...ubuntu, release: osRelease('ubuntu', 'jammy') }, false],
    [
      'a security archive of somebody else',
      { ...ubuntu, archives: ubuntu.archives.replaceAll('Origin: Ubuntu', 'Origin: Mallory') },
      false,
    ],
  ])('wants the archive to be there: %s', (_name, host, expected) =>
    expect(see(guide, host).allows_security).toBe(expected),
  );

  it.each([
    ['nothing', '', false],
    ['another release', guide.replaceAll('${distro_codename}', 'jammy'), false],
    ['the expansion', guide.replaceAll('${distro_codename}', 'noble').replaceAll('${distro_id}', 'Ubuntu'), true],
    ['a blank instead of a colon', guide.replaceAll('}:$', '} $'), true],
    ['a pattern with a wildcard', 'set|Unattended-Upgrade::Origins-Pattern:: "o=Ubuntu,a=*-security";\n', true],
    ['an empty pattern', 'set|Unattended-Upgrade::Origins-Pattern:: "";\n', false],
    ['a pattern that stops it', `${guide}set|Unattended-Upgrade::Origins-Pattern:: "Debian-Security";\n`, false],
    ['a field that stops it', `${guide}set|Unattended-Upgrade::Origins-Pattern:: "vendor=x";\n`, false],
    ['three parts, which stop it', `${guide}set|Unattended-Upgrade::Allowed-Origins:: "a:b:c";\n`, false],
  ])('compares origins as it does: %s', (_name, config, expected) =>
    expect(see(config).allows_security).toBe(expected),
  );

  it.each([
    ['*', 'x', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['[ab]x', 'bx', true],
    ['[!ab]x', 'bx', false],
    ['a.c', 'abc', false],
    ['a+', 'aa', false],
    ['(', '(', true],
    ['', 'x', false],
    ['Debian', 'debian', false],
  ])('matches as fnmatch does: %s and %s', (glob, text, expected) => {
    const archive = { origin: text, label: '', archive: '', codename: '', component: '', site: '' };
    expect(isAllowed(archive, [[['origin', glob]] as Origin])).toBe(expected);
  });

  const periodic = (text: string) =>
    see(guide.replace('Unattended-Upgrade "1"', `Unattended-Upgrade "${text}"`)).upgrades_every;
  it.each([
    ['1', 86400],
    ['7d', 7 * 86400],
    ['12h', 43200],
    ['always', 0],
    ['0', 'absent'],
    ['00', 'absent'],
    ['', 'absent'],
    ['soon', 'unknown'],
    ['-1', 'unknown'],
  ])('reads intervals as apt does: %s', (text, expected) => expect(periodic(text)).toBe(expected));

  it.each([
    ['APT::Periodic::Enable "0"', 'absent'],
    ['apt::periodic::enable "0"', 'absent'],
    ['APT::Periodic::Enable "1"', 86400],
    ['APT::Periodic::Enable "no"', 'unknown'],
    ['Unattended-Upgrade::InstallOnShutdown "true"', 'absent'],
    ['Unattended-Upgrade::InstallOnShutdown "false"', 86400],
    ['Unattended-Upgrade::Update-Days:: "Never"', 'absent'],
    ['Unattended-Upgrade::Update-Days:: "Mon"', 7 * 86400],
    ['Unattended-Upgrade::Update-Days:: "Sunday"', 7 * 86400],
    ['Unattended-Upgrade::Update-Days:: "monday"', 'absent'],
  ])('knows what else decides: %s', (line, expected) =>
    expect(see(`${guide}set|${line};\n`).upgrades_every).toBe(expected),
  );

  it('knows the longest wait between days', () => {
    const days = ['Mon', '3'].map((each) => `set|Unattended-Upgrade::Update-Days:: "${each}";\n`).join('');
    expect(see(guide + days).upgrades_every).toBe(5 * 86400);
  });

  const listed = (...entries: string[]) =>
    see(entries.map((each) => `set|Unattended-Upgrade::Package-Blacklist:: "${each}";\n`).join(''));
  it.each([
    [['docker-ce'], ['containerd.io']],
    [['docker', 'containerd'], []],
    [['docker-ce$', 'containerd\\.io'], ['docker-ce-cli']],
    [['ce'], ['docker-ce', 'docker-ce-cli', 'containerd.io']],
    [[], ['docker-ce', 'docker-ce-cli', 'containerd.io']],
  ])('matches names from their beginning: %j', (entries, expected) =>
    expect(listed(...entries).not_excluded).toEqual(expected),
  );

  it.each([
    ['.', 'openssl'],
    ['lib', 'libc6'],
    ['.*', 'sudo'],
    ['open', 'openssh-server'],
    ['', 'bash'],
    ['linux-', 'linux-image-amd64'],
  ])('notices that %j holds back %s', (entry, name) => expect(listed(entry).holds_back).toContain(name));

  it('leaves out what belongs to Docker, and tells nothing without knowing what is installed', () => {
    expect(listed('docker', 'containerd').holds_back).toEqual([]);
    const { archives, release, updates } = ubuntu;
    for (const text of [installed.slice(0, -4), 'end\n', '']) {
      const seen = look(upgrades, { packages }, dump(guide), archives, release, updates, text);
      expect(told(seen)).toMatchObject({ holds_back: 'unknown', not_excluded: [] });
    }
  });

  it('notices a whitelist, and does not judge a pattern that it does not understand', () => {
    expect(see('set|Unattended-Upgrade::Package-Whitelist:: "htop";\n').holds_back).toContain('openssl');
    expect(listed('(?<!x)y')).toMatchObject({ not_excluded: 'unknown', holds_back: 'unknown' });
    expect(listed('docker(')).toMatchObject({ not_excluded: 'unknown', holds_back: 'unknown' });
  });

  it.each([
    ['true', true],
    ['1', true],
    ['off', false],
    ['perhaps', 'unknown'],
  ])('knows whether it reboots: %s', (text, expected) => {
    expect(see(guide.replace('"false"', `"${text}"`)).reboots).toBe(expected);
  });
});
