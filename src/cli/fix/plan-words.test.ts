import { describe, expect, test } from 'vitest';
import type { FileChange, FixPlan } from '../../model/fix-plan.ts';
import { transaction } from '../../../test/support/fix.ts';
import { planWords } from './plan-words.ts';

const words = (plan: Partial<FixPlan>, deadline = 120, color = false) =>
  planWords('vps3', { hash: 'cafe', transactions: [], left: [], ...plan }, deadline, color);
const file = (diff: string): FileChange => ({
  path: '/etc/x',
  before: { content: 'password=hunter2\n', mode: '0600', owner: 'root:root' },
  after: { content: 'password=correct-horse\n', mode: '0600', owner: 'root:root' },
  diff,
});

describe('a plan says', () => {
  test('how much it is, and by which hash it is known', () => {
    const both = transaction({ controls: ['ssh-root', 'ssh-x11'] });
    expect(words({ transactions: [both, transaction()] })).toMatch(
      /^vps3: 3 controls to mend in 2 transactions \(plan cafe\)$/m,
    );
    expect(words({ transactions: [transaction()] })).toMatch(/^vps3: 1 control to mend in 1 transaction /m);
    expect(words({})).toBe('vps3: nothing that fleet-audit can mend');
  });

  test('of each transaction its risk, what it mends and what is careful about it', () => {
    const said = words({
      transactions: [
        transaction({ risk: 'access', subject: 'sshd', dangers: ['who has no key stays out'] }),
        transaction({ risk: 'service', subject: 'services', controls: ['a-b', 'a-c'] }),
      ],
    });
    expect(said).toMatch(
      /^1\. sshd \(risk: access\)\n {3}mends {4}ssh-root\n {3}careful {2}who has no key stays out$/m,
    );
    expect(said).toMatch(/^2\. services \(risk: service\)\n {3}mends {4}a-b, a-c$/m);
  });

  test('what changes beside files, and what is reloaded', () => {
    const live = [
      { kind: 'sysctl' as const, key: 'vm.swappiness', value: '10', before: '60' },
      { kind: 'ufw' as const, commands: ['ufw allow 22/tcp', 'ufw --force enable'] },
      { kind: 'unit' as const, name: 'fail2ban.service', enabled: true, started: true },
    ];
    const said = words({ transactions: [transaction({ live, activate: ['fa_reload_sshd', 'sysctl --system'] })] });
    expect(said).toContain('   changes  vm.swappiness: 60 → 10, now\n');
    expect(said).toContain('   changes  ufw allow 22/tcp; ufw --force enable\n');
    expect(said).toContain('   changes  fail2ban.service is enabled and started\n');
    expect(said).toContain('   then     reload sshd; sessions that are open stay\n   then     sysctl --system\n');
  });

  test.each([
    ['safe', /undone {3}by itself after 90 s, or at a reboot, unless an audit finds it mended/],
    ['access', /undone {3}by itself after 90 s, or at a reboot, unless two new logins come in and an audit finds/],
  ] as const)('when it is undone by itself: %s', (risk, wanted) =>
    expect(words({ transactions: [transaction({ risk })] }, 90)).toMatch(wanted),
  );

  test('the time that the host really gives it: packages get more', () => {
    const live = [{ kind: 'packages' as const, names: ['fail2ban'] }];
    expect(words({ transactions: [transaction({ live })] }, 90)).toContain('by itself after 600 s');
  });

  test('every line of every file that changes', () => {
    const said = words({
      transactions: [transaction({ files: [file('--- /etc/x\n+++ /etc/x\n@@ -1 +1 @@\n-a\n+b\n')] })],
    });
    expect(said).toMatch(/\n\n {3}--- \/etc\/x\n {3}\+\+\+ \/etc\/x\n {3}@@ -1 \+1 @@\n {3}-a\n {3}\+b$/);
  });

  test('of a file with secrets nothing but that it changes', () => {
    const said = words({ transactions: [transaction({ files: [file('(contents change; not shown)\n')] })] });
    expect(said).toContain('   (contents change; not shown)');
    expect(said).not.toMatch(/hunter2|correct-horse/);
  });

  test('in colour the same words', () => {
    const plan = {
      transactions: [transaction({ dangers: ['!'], files: [file('--- a\n+++ b\n@@ -1 +1 @@\n-a\n+b\n')] })],
    };
    const colored = words(plan, 120, true);
    expect(colored).toContain('\u001b[');
    expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(words(plan));
  });
});

describe('what is left', () => {
  test('for a person: what is refused with its reason, what is mended by hand by name', () =>
    expect(
      words({
        left: [
          { control: 'a-b', why: 'manual', reason: 'is mended by hand' },
          { control: 'a-c', why: 'refused', reason: 'its risk is not allowed: --allow-risk access' },
        ],
      }),
    ).toMatch(
      /Left for a person\n {3}a-c its risk is not allowed: --allow-risk access\n {3}1 control to mend by hand \(fleet-audit explain <id>\): a-b$/,
    ));

  test('for the next plan only, for nobody else', () => {
    const said = words({ left: [{ control: 'a-b', why: 'later', reason: 'needs a-a to hold first' }] });
    expect(said).toMatch(/Planned next, once this holds: a-b$/);
    expect(said).not.toContain('Left for a person');
  });
});

test.each([
  ['a colour of its own', '+\u001b[31mred', '   +red'],
  ['a line that is written over', '+bad\rgood', '   +bad\\rgood'],
  ['an order to a CI runner', ' ::set-env name=X::y', '    \\::set-env name=X::y'],
])('a file on the host cannot smuggle %s into the plan', (_what, line, shown) => {
  const said = words({ transactions: [transaction({ files: [file(`@@ -1 +1 @@\n${line}\n`)] })] });
  expect(said.split('\n').at(-1)).toBe(shown);
});
