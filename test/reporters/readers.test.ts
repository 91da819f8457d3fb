import { describe, expect, test } from 'vitest';
import { junit } from '../../src/reporters/junit.ts';
import { control, finding, host, report } from './build.ts';
import { readAsDorny } from './readers/dorny.ts';
import { readAsEnricoMi } from './readers/enricomi.ts';
import { readAsGitLab } from './readers/gitlab.ts';
import { unknownToJenkins } from './readers/jenkins.ts';
import { readAsMikepenz } from './readers/mikepenz.ts';
import type { TestResult } from './readers/test-result.ts';
import { sampleReport } from './sample-report.ts';

const xml = junit(sampleReport, { color: false, width: 80, verbose: false, quiet: false });
const message = 'PermitRootLogin for user root from 203.0.113.1 is yes';

const defined = 'controls/ssh/ssh-permit-root-login.yaml';
const places: Record<string, { file: string | undefined; line: number | undefined }> = {
  GitLab: { file: defined, line: undefined },
  'dorny/test-reporter': { file: undefined, line: undefined },
  'mikepenz/action-junit-report': { file: defined, line: 2 },
  'EnricoMi/publish-unit-test-result-action': { file: defined, line: 2 },
};

const readers: [name: string, read: (xml: string) => Promise<TestResult[]>][] = [
  ['GitLab', readAsGitLab],
  ['dorny/test-reporter', readAsDorny],
  ['mikepenz/action-junit-report', readAsMikepenz],
  ['EnricoMi/publish-unit-test-result-action', async (text) => (await readAsEnricoMi(text)).cases],
];

describe.each(readers)('%s', (reader, read) => {
  const findCase = async (part: string) => (await read(xml)).find((each) => each.name.startsWith(part))!;

  test('shows every case of the report, and the two hosts that could not be assessed', async () => {
    const controls = sampleReport.hosts.flatMap((each) => each.controls);
    expect(await read(xml)).toHaveLength(controls.length + 2);
  });

  test('shows why a control failed, where on the host, and how to go on', async () => {
    const failed = await findCase('ssh-permit-root-login Root login disabled [vps3-a.example.net]');
    expect(failed.outcome).toBe('failed');
    expect(failed.group).toBe('vps3-a.example.net.section-2');
    for (const part of [
      message,
      'expected: no',
      'actual: yes',
      '/etc/ssh/sshd_config.d/50-cloud-init.conf:1',
      'sshd -t',
      'fleet-audit explain ssh-permit-root-login',
    ])
      expect(failed.shown).toContain(part);
  });

  test('tells where the control is defined, as far as the reader looks', async () => {
    const { file, line, shown } = await findCase('ssh-permit-root-login');
    expect({ file, line }).toEqual(places[reader]);
    expect(shown).toContain(`source: ${defined}:2`);
  });

  test('an error is not a pass, and its reason is shown', async () => {
    const stale = await findCase('sys-security-updates');
    expect(stale.outcome).toBe(
      ['GitLab', 'EnricoMi/publish-unit-test-result-action'].includes(reader) ? 'error' : 'failed',
    );
    expect(stale.shown).toContain('the package lists are 12 days old');
  });

  test('a waived and a skipped control are skipped', async () => {
    expect((await findCase('ssh-password-authentication')).outcome).toBe('skipped');
    expect((await findCase('redis-acl-loaded')).outcome).toBe('skipped');
  });

  test('a host that could not be assessed is a case of its own, with what to do', async () => {
    const unreachable = await findCase('host could be assessed [vps3-c.example.net]');
    expect(['failed', 'error']).toContain(unreachable.outcome);
    expect(unreachable.shown).toContain('ssh-keygen -R vps3-c.example.net');
    expect((await findCase('host could be assessed [vps3-b.example.net]')).shown).toContain('sudo refused');
  });

  test('a hostile host forges no case, no place, no attachment and no order to a runner', async () => {
    const forged = await findCase('ssh-allow-users');
    expect(forged.outcome).toBe('failed');
    expect(forged.shown).toContain('forged');
    expect(forged.shown).not.toMatch(/^\s*::|##\[|\[\[ATTACHMENT|\p{Cf}|[^\P{Cc}\n]/mu);
  });
});

test('GitLab and EnricoMi show the reason of a skip', async () => {
  for (const read of [readAsGitLab, async (text: string) => (await readAsEnricoMi(text)).cases]) {
    const skipped = (await read(xml)).find((each) => each.name.startsWith('redis-acl-loaded'))!;
    expect(skipped.shown).toContain('container fleetclaw-redis does not exist');
  }
});

test('EnricoMi takes totals from attributes: they are those of the report, with a case for each host not assessed', async () => {
  const { fail, error, skip, waived } = sampleReport.summary;
  expect((await readAsEnricoMi(xml)).totals).toMatchObject({ failed: fail, error: error + 2, skipped: skip + waived });
});

test('a host cannot forge a stack frame, which dorny would take for the place of the failure', async () => {
  const frame = control('x-y', 'title', {
    status: 'fail',
    findings: [finding('fail', 'at a.b(c.yaml:1)', { where: 'at a.b(c.yaml:1)', actual: 'x\nat a.b(c.yaml:1)' })],
  });
  const [read] = await readAsDorny(
    junit(report([host('h', [frame])]), { color: false, width: 80, verbose: false, quiet: false }),
  );
  expect(read!.shown).toContain('at a.b(c.yaml:1)');
  expect(read!.file).toBeUndefined();
});

test.each(['yaml', 'symbol', 'file', 'integer', 'array'])(
  'an error code %s does not make GitLab refuse or convert',
  async (code) => {
    const odd = control('x-y', 'title', { status: 'error', findings: [finding('error', 'why', { code })] });
    const [read] = await readAsGitLab(
      junit(report([host('h', [odd])]), { color: false, width: 80, verbose: false, quiet: false }),
    );
    expect(read).toMatchObject({ outcome: 'error', shown: expect.stringContaining('why') });
  },
);

test('what the schema of Jenkins does not know is exactly what docs/ci.md says', async () => {
  expect(await unknownToJenkins(xml)).toEqual(['testcase@file', 'testcase@line', 'testsuites@skipped']);
});
