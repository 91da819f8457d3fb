import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model/report.ts';
import { pretty } from '../../src/reporters/pretty.ts';
import { columns } from '../../src/reporters/pretty/wrap.ts';
import { manyLines } from '../../src/reporters/sanitize.ts';
import { control, finding, host, manual, report } from './build.ts';
import { hostileReport } from './hostile.ts';
import { sampleReport } from './sample-report.ts';

const options = { color: false, width: 80, verbose: false, quiet: false };
const fail = (id: string, more = {}) =>
  control(id, `title of ${id}`, { status: 'fail', findings: [finding('fail', `${id} is wrong`)], ...more });
const error = (id: string, message: string) =>
  control(id, id, { status: 'error', findings: [finding('error', message, { code: 'denied' })] });
const runs = { numRuns: 300 };
const sgr = new RegExp(String.raw`\x1b\[\d+m`, 'g');

describe('whatever a host says', () => {
  const modes = fc.record({ width: fc.integer({ min: 40, max: 140 }), verbose: fc.boolean(), quiet: fc.boolean() });

  test('there is no control but the line feed, nothing invisible, and no order to a CI runner', () => {
    fc.assert(
      fc.property(hostileReport, modes, (given, mode) => {
        const text = pretty(given, { ...mode, color: false });
        expect(text).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(text).not.toMatch(/^\s*::|##\w*\[/m);
      }),
      runs,
    );
  });

  test('with colour, the only sequences are our own colours', () => {
    fc.assert(
      fc.property(hostileReport, modes, (given, mode) => {
        const plain = pretty(given, { ...mode, color: false });
        expect(pretty(given, { ...mode, color: true }).replace(sgr, '')).toBe(plain);
      }),
      runs,
    );
  });

  test('no line is wider than the page, but for a word that cannot be broken and a command that must not be', () => {
    fc.assert(
      fc.property(hostileReport, modes, (given, mode) => {
        const commands = commandsIn(given);
        const lines = pretty(given, { ...mode, color: false }).split('\n');
        const wide = lines.filter((line) => columns(line) > mode.width && !commands.has(line.trim()));
        expect(wide.filter((line) => !endsInLongWord(line))).toEqual([]);
      }),
      runs,
    );
  });

  /** Indented lines of fixes, as the report writes them. */
  function commandsIn({ hosts }: Report): Set<string> {
    const fixes = hosts.flatMap(({ controls }) => controls.map(({ fix }) => fix.manual ?? ''));
    const lines = fixes.flatMap(manyLines).filter((line) => /^\s/.test(line));
    return new Set(lines.map((line) => line.trim().replace(/^::/, '\\::')));
  }

  test('a command of a fix is neither wrapped nor moved, and never shown by halves', () => {
    const command = `    echo '/swapfile none swap sw 0 0' | sudo tee -a /etc/fstab && echo ${'very '.repeat(30)}long`;
    const text = `Only once:\n${command}\n    swapon -a\nThen look.`;
    const red = fail('a-b', { fix: { ...fail('a-b').fix, manual: text } });
    const shown = (verbose: boolean) => pretty(report([host('h', [red])]), { ...options, verbose });
    expect(shown(true).split('\n')).toContain(`      ${command}`);
    expect(shown(false)).toContain('fix: Only once: …');
    expect(shown(false)).not.toContain('swapon');
  });

  /** Beside the widest label there is room for twelve columns; a longer word stands whole. */
  function endsInLongWord(line: string): boolean {
    return columns(line.split(/ +/).at(-1)!) > 12;
  }

  test('a forged line stays inside the finding', () => {
    const text = pretty(
      report([host('h', [fail('a-b', { findings: [finding('fail', 'x\r\n✓ PASS  all is well\u001b[1A')] })])]),
      options,
    );
    expect(text).toContain('x\\r\\n✓ PASS all is well');
    expect(text).not.toMatch(/^✓/m);
  });
});

describe('the order', () => {
  test('worst first: failures by severity, then errors, waived, skipped', () => {
    const given = [
      control('skip-a', 't', { status: 'skip', reason: 'why' }),
      error('error-a', 'could not tell x: denied'),
      fail('low-a', { severity: 'low' }),
      fail('critical-a', { severity: 'critical' }),
      control('waived-a', 'waived-a', {
        status: 'waived',
        waiver: { reason: 'r', owner: 'o', expires: '2030-01-01', state: 'live', status: 'fail' },
      }),
    ];
    const text = pretty(report([host('h', given)]), options);
    const at = ['title of critical-a', 'title of low-a', 'error-a', 'waived-a', 'skip-a'].map((each) =>
      text.indexOf(each),
    );
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    expect(at[0]).toBeGreaterThan(0);
  });

  test('sections as in the guide, and one that it does not know as it is', () => {
    const text = pretty(
      report([
        host(
          'h',
          ['10', '2', 'Z 99', '12'].map((section) => control(`a-${section}`, 't', { section })),
        ),
      ]),
      options,
    );
    expect(text).toMatch(/^2 SSH .*\n10 Fleet .*\n12 .*\nZ 99 /m);
  });

  test('the verdict is last', () => {
    expect(pretty(sampleReport, options).trimEnd().split('\n').at(-1)).toBe(
      '        exit code 1: a control at or above --fail-on low failed',
    );
  });
});

describe('what is said', () => {
  test('57 errors with one reason are one line', () => {
    const controls = Array.from({ length: 57 }, (_, at) => error(`a-${at}`, `could not tell fact ${at}: sudo refused`));
    const text = pretty(report([host('h', [...controls, control('b-c', 't')])]), options);
    expect(text).toContain('57 controls could not be told: sudo refused');
    expect(text.match(/sudo refused/g)).toHaveLength(1);
    expect(text).toContain('a-0, a-1, a-2, a-3 and 53 more');
  });

  test('different reasons stay apart', () => {
    const text = pretty(
      report([
        host(
          'h',
          [1, 2, 3].map((at) => error(`a-${at}`, `could not tell x: reason ${at}`)),
        ),
      ]),
      options,
    );
    expect(text.match(/\? ERROR medium/g)).toHaveLength(3);
  });

  test('a failure says what, where, what to do next and how to read more', () => {
    const given = fail('a-b', {
      findings: [finding('fail', 'mode is 0644, expected 0600', { where: '/etc/x:3' })],
      fix: manual('one\n\ntwo\nthree\nfour'),
    });
    const text = pretty(report([host('h', [given])]), options);
    for (const part of [
      'mode is 0644, expected 0600',
      'at /etc/x:3',
      'fix: one',
      'three',
      '…',
      'fleet-audit explain a-b',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('four');
  });

  test('a failing control shows what else could not be told about it', () => {
    const given = fail('a-b', { findings: [finding('fail', 'v4 is open'), finding('error', 'could not tell v6')] });
    expect(pretty(report([host('h', [given])]), options)).toContain('could not tell v6');
  });

  test('passes are counted, and shown with --verbose', () => {
    const given = report([host('h', [control('a-b', 'All is well', { findings: [finding('pass', 'it is 3')] })])]);
    expect(pretty(given, options)).toMatch(/System and user +1 pass/);
    expect(pretty(given, options)).not.toContain('All is well');
    expect(pretty(given, { ...options, verbose: true })).toMatch(/✓ PASS {2}a-b: All is well\n +pass: it is 3/);
  });

  test('quiet says only what is wrong, and the verdict', () => {
    const good = pretty(report([host('h', [control('a-b', 't')])]), { ...options, quiet: true });
    expect(good).toBe('✓ PASS  1 passed\n        exit code 0: every control holds, is waived or does not apply\n');
    const bad = pretty(sampleReport, { ...options, quiet: true });
    expect(bad).toContain('ssh-permit-root-login: PermitRootLogin');
    expect(bad).not.toMatch(/SKIP|WAIVED|Warnings/);
  });

  test('a host that gave nothing is never silent', () => {
    expect(pretty(report([host('h', [])], { exitCode: 3 }), options)).toContain('no control was judged');
  });

  test.each([
    [0, 'every control holds'],
    [3, 'not everything could be told'],
    [4, 'a fix was undone'],
    [5, 'a person is needed on the host now'],
  ])('exit code %i in words', (exitCode, words) => {
    const text = pretty(report([host('h', [control('a-b', 't')])], { exitCode }), { ...options, width: 140 });
    expect(text).toContain(`exit code ${exitCode}: `);
    expect(text).toContain(words);
  });

  test('failures below --fail-on are not hidden behind exit code 0', () => {
    const text = pretty(
      report([host('h', [fail('a-b', { severity: 'low' })])], { failOn: 'high', exitCode: 0 }),
      options,
    );
    expect(text).toContain('1 control failed (1 low)');
    expect(text).toContain('exit code 0: all failures are below --fail-on high');
  });

  test('a path is never cut, however narrow the page', () => {
    const path = `/very/${'long/'.repeat(30)}path.conf:12`;
    const given = fail('a-b', { findings: [finding('fail', 'wrong', { where: path })] });
    expect(pretty(report([host('h', [given])]), { ...options, width: 40 })).toContain(path);
  });
});
