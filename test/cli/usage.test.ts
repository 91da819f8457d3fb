import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { cli } from '../support/cli.ts';
import { folderWith } from '../support/folder.ts';

describe('a mistake is exit 2, says where, and suggests', () => {
  test.each<[args: string[], wanted: RegExp]>([
    [['rnu'], /unknown command 'rnu'[^]*Did you mean run\?/],
    [['run', '--profle', 'ovh-vps3'], /unknown option '--profle'[^]*Did you mean --profile\?/],
    [
      ['run', '--profile', 'ovh-vps4'],
      /--profile unknown-profile .*did you mean "ovh-vps3"\? known: lab-debian, ovh-vps3\)/,
    ],
    [['run', '--profile', 'nope'], /there is no profile "nope".* \(known: lab-debian, ovh-vps3\)/],
    [['run', '--profile', './nothing.yaml'], /unknown-profile there is no file \.\/nothing\.yaml$/m],
    [['run', '--control', 'ssh-permit-root-logn'], /--control matches-nothing .*did you mean "ssh-permit-root-login"/],
    [['run', '--control', '!ssh-permit-root-logn'], /matches-nothing/],
    [['run', '--control', 'ssh-*', '--control', '!ssh-*'], /select no control/],
    [['run', '--tag', 'coer'], /--tag matches-nothing .*"core"/],
    [['run', '--section', '99'], /--section matches-nothing/],
    [['run', '--severity', 'hihg'], /--severity/],
    [['run', '--input', 'ssh_prot=22'], /--input unknown-input .*did you mean "ssh_port"/],
    [['run', '--input', 'ssh_port=many'], /"ssh_port" must be a number/],
    [['run', '--input', 'ssh_port'], /not of the form name=value/],
    [['run', '--inputs', 'nothing.yaml'], /nothing\.yaml unreadable/],
    [['run', '--waivers', 'nothing.yaml'], /nothing\.yaml unreadable/],
    [['run', '--reporter', 'junti'], /no reporter "junti"[^]*did you mean "junit"/],
    [['run', '--reporter', 'json', '--reporter', 'pretty'], /two reports would go to stdout/],
    [['run', '--fail-on', 'never'], /--fail-on/],
    [['run', '--concurrency', '0'], /whole number above zero/],
    [['run', '--target', 'replay:nothing.json'], /nothing\.json: cannot be read/],
    [['run', '--target', 'ssh://user:secret@host'], /password/],
    [['run', '--target', 'ftp://host'], /ftp/],
    [['run', '--target', 'local', '--target', 'local'], /two hosts are called local/],
    [['run', '--passphrase', 'hunter2'], /--passphrase takes env:NAME/],
    [['judge', 'package.json'], /package\.json: not evidence/],
    [['judge'], /missing required argument/],
    [['explain', 'ssh-permit-root-logn'], /did you mean "ssh-permit-root-login"/],
    [['schema', 'contrl'], /no schema "contrl"[^]*did you mean "control"/],
  ])('%j', async (args, wanted) => {
    const result = await cli(args);
    expect(result.stderr).toMatch(wanted);
    expect(result.code).toBe(2);
    expect(result.stdout).toBe('');
  });

  test('a secret in a target is not repeated', async () => {
    expect((await cli(['run', '--target', 'ssh://user:hunter2@host'])).stderr).not.toContain('hunter2');
  });

  test('every mistake in a control file comes at once, with line and column', async () => {
    const cwd = folderWith({
      'profiles/mine.yaml': 'id: mine\ntitle: M\ncontrols: [my-one]\n',
      'controls/my/my-one.yaml':
        'id: my-one\ntitel: x\nsection: 1\nseverity: hgih\ndescription: d\ncheck:\n  - file: { path: /x, mod: "0600" }\n',
    });
    const { code, stderr } = await cli(['run', '--profile', 'mine'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/my-one\.yaml:2:1 unknown-key unknown key "titel" \(did you mean "title"\?\)/);
    expect(stderr).toMatch(/my-one\.yaml:3:10 wrong-type/);
    expect(stderr).toMatch(/my-one\.yaml:4:11 bad-value "hgih" is not a severity \(did you mean "high"\?\)/);
    expect(stderr).toMatch(/my-one\.yaml:7:\d+ unknown-key unknown key "mod" \(did you mean "mode"\?\)/);
  });

  test('a profile of ones own is offered beside the shipped ones', async () => {
    const cwd = folderWith({ 'profiles/mine.yaml': 'id: mine\ntitle: M\ncontrols: [ssh-*]\n' });
    const { stderr } = await cli(['list', '--profile', 'mien'], { cwd });
    expect(stderr).toMatch(/did you mean "mine"\? known: lab-debian, mine, ovh-vps3\)/);
  });

  test('a waiver for a control that is not there is a mistake', async () => {
    const cwd = folderWith({
      'w.yaml': '- { control: ssh-permit-root-logn, host: "*", reason: r, owner: o, expires: 2027-01-31 }\n',
    });
    const { code, stderr } = await cli(['run', '--waivers', 'w.yaml'], { cwd });
    expect(stderr).toMatch(/w\.yaml:1:14 unknown-control .*did you mean "ssh-permit-root-login"/);
    expect(code).toBe(2);
  });
});

describe('help teaches', () => {
  test.each([[['--help']], [['run', '--help']], [['judge', '--help']], [['check', '--help']]])('%j', async (args) => {
    const { code, stdout } = await cli(args);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Usage: fleet-audit/);
    for (const line of stdout.split('\n')) expect(line).not.toMatch(/\u001b/);
  });

  test('--version is the version of the package', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect((await cli(['--version'])).stdout).toBe(`${version}\n`);
  });
});
