import { describe, expect, test } from 'vitest';
import { gate, judgeHost } from '../../src/judge/index.ts';
import type { Check, Control } from '../../src/model/control.ts';
import type { Answer, Evidence } from '../../src/model/evidence.ts';
import type { ControlResult } from '../../src/model/report.ts';
import { planProbes } from '../../src/runner/index.ts';
import { evidenceOf } from '../support/evidence.ts';
import { resources } from '../support/thing.ts';

const thing = (name: string, expected: Record<string, unknown>): Check => ({
  resource: 'thing',
  options: { name, ...expected },
});
const no = (name: string) => thing(name, { word: 'no' });

function control(check: Check, more: Partial<Control> = {}): Control {
  const source = { file: 'controls/t/t-one.yaml', line: 8, column: 3 };
  return {
    id: 't-one',
    title: 'T',
    section: '1',
    severity: 'high',
    description: '',
    tags: [],
    references: [],
    onlyIf: null,
    requires: null,
    check,
    fix: null,
    source,
    ...more,
  };
}

function judge(
  subject: Control,
  evidence: Evidence,
  waivers: Parameters<typeof judgeHost>[0]['waivers'] = [],
): ControlResult {
  const plan = planProbes([subject], resources);
  return judgeHost({
    controls: [subject],
    leftOut: [],
    reasons: {},
    plan,
    evidence,
    waivers,
    resources,
    judgedAt: '2026-11-23T11:00:00.000Z',
  }).controls[0]!;
}

const hung: Partial<Answer> = { outcome: 'timed-out', code: null };

describe('what was seen decides', () => {
  test('a good value passes', () => {
    expect(judge(control(no('x')), evidenceOf({ x: 'no' })).status).toBe('pass');
  });

  test('a bad one fails, with words and the winning file:line', () => {
    const result = judge(control(no('x')), evidenceOf({ x: 'yes' }));
    expect(result.status).toBe('fail');
    expect(result.findings).toEqual([
      {
        level: 'fail',
        code: 'not-equal',
        message: 'word of x is yes (set by /etc/x:1), expected no',
        expected: 'no',
        actual: 'yes',
        probe: 'thing:x',
        where: '/etc/x:1',
      },
    ]);
  });
});

describe('nothing fails open', () => {
  test.each<[string, Partial<Answer>, string]>([
    ['a hang', hung, 'timed-out'],
    ['an answer cut off', { outcome: 'truncated', stdout: 'no\n', truncated: true }, 'too-large'],
    ['an answer marked as cut off', { stdout: 'no\n', truncated: true }, 'too-large'],
    ['a lost answer', { outcome: 'lost', stdout: 'no\n', code: null }, 'lost'],
    ['no root', { outcome: 'denied', code: null }, 'denied'],
    ['no tool', { code: 127, stdout: 'no\n' }, 'tool-missing'],
    ['a tool that may not be run', { code: 126, stdout: 'no\n' }, 'denied'],
    ['permission denied', { code: 1, stdout: 'no\n', stderr: 'cat: /x: Permission denied' }, 'denied'],
    ['no exit code', { code: null, stdout: 'no\n' }, 'lost'],
  ])('%s is an error, even with the right word in it', (_, answer, code) => {
    const result = judge(control(no('x')), evidenceOf({ x: answer }));
    expect(result.status).toBe('error');
    expect(result.findings[0]).toMatchObject({ level: 'error', code });
  });

  test('evidence without the probe is an error', () => {
    expect(judge(control(no('x')), evidenceOf({})).findings[0]).toMatchObject({ code: 'not-collected' });
  });

  test('the answer to another question under the same name is no answer', () => {
    expect(judge(control(no('x')), evidenceOf({ x: { digest: 'sha256:other', stdout: 'no\n' } })).status).toBe('error');
  });

  test('a name that every object has is no probe', () => {
    const odd = {
      ...evidenceOf({}),
      probes: Object.create({ 'thing:x': { outcome: 'exited' } }) as Evidence['probes'],
    };
    expect(judge(control(no('x')), odd).status).toBe('error');
  });

  test('a fact of which the resource says nothing is an error', () => {
    expect(judge(control(thing('x', { never: 'no' })), evidenceOf({ x: 'no' })).status).toBe('error');
  });

  test('a parser that throws is an error of its control, and costs nobody the report', () => {
    const broken = { thing: { ...resources.thing, read: () => JSON.parse('{') as never } };
    const plan = planProbes([control(no('x'))], resources);
    const input = {
      controls: [control(no('x'))],
      leftOut: [],
      reasons: {},
      plan,
      evidence: evidenceOf({ x: 'no' }),
      waivers: [],
    };
    const [result] = judgeHost({ ...input, resources: broken, judgedAt: '2026-11-23T11:00:00.000Z' }).controls;
    expect(result).toMatchObject({ status: 'error', findings: [{ code: 'unparsable' }] });
  });

  test('a host that could not be asked has every control in error, whatever evidence lies about', () => {
    const error = { code: 'auth' as const, message: 'vps3 refused the key', hint: '' };
    expect(judge(control(no('x')), evidenceOf({ x: 'no' }, { error })).status).toBe('error');
  });

  test('an absence is a failure for a value, and unknown for its opposite', () => {
    expect(judge(control(no('x')), evidenceOf({ x: 'none' })).status).toBe('fail');
    expect(judge(control(thing('x', { word: { not: 'yes' } })), evidenceOf({ x: 'none' })).status).toBe('error');
    expect(judge(control({ not: no('x') }), evidenceOf({ x: 'none' })).status).toBe('error');
    expect(judge(control(thing('x', { word: { absent: true } })), evidenceOf({ x: 'none' })).status).toBe('pass');
  });
});

describe('all, any, not by Kleene', () => {
  const host = () => evidenceOf({ good: 'no', bad: 'yes', hung });
  test.each<[string, Check, string]>([
    ['all good', { all: [no('good'), no('good')] }, 'pass'],
    ['all with a bad one', { all: [no('good'), no('bad')] }, 'fail'],
    ['all with an unknown', { all: [no('good'), no('hung')] }, 'error'],
    ['all with an unknown and a bad one', { all: [no('hung'), no('bad')] }, 'fail'],
    ['any with a good one', { any: [no('bad'), no('good')] }, 'pass'],
    ['any with an unknown and a good one', { any: [no('hung'), no('good')] }, 'pass'],
    ['any with an unknown and a bad one', { any: [no('hung'), no('bad')] }, 'error'],
    ['any bad', { any: [no('bad'), no('bad')] }, 'fail'],
    ['not a good one', { not: no('good') }, 'fail'],
    ['not a bad one', { not: no('bad') }, 'pass'],
    ['not an unknown', { not: no('hung') }, 'error'],
    ['not any with an unknown', { not: { any: [no('bad'), no('hung')] } }, 'error'],
  ])('%s is %s', (_, check, status) => {
    expect(judge(control(check), host()).status).toBe(status);
  });

  test('under a pass, a failed branch is only information', () => {
    const { findings } = judge(control({ any: [no('bad'), no('good')] }), host());
    expect(findings.map((each) => each.level)).toEqual(['info', 'pass']);
  });
});

describe('only_if and requires', () => {
  const present = thing('gate', { present: true });
  test.each<[string, string | Partial<Answer>, string, string]>([
    ['there', 'yes', 'pass', 'pass'],
    ['proven absent', 'none', 'skip', 'error'],
    ['unknown', hung, 'error', 'error'],
  ])('%s', (_, gateAnswer, underOnlyIf, underRequires) => {
    const host = evidenceOf({ gate: gateAnswer, x: 'no' });
    expect(judge(control(no('x'), { onlyIf: present }), host).status).toBe(underOnlyIf);
    expect(judge(control(no('x'), { requires: present }), host).status).toBe(underRequires);
  });

  test('a skip says why', () => {
    const host = evidenceOf({ gate: 'none', x: 'no' });
    expect(judge(control(no('x'), { onlyIf: present }), host).reason).toBe(
      'does not apply: gate is not there, expected that it is there',
    );
  });
});

describe('waivers', () => {
  const waiver = { control: 't-*', host: '*', reason: 'known', owner: 'ops', expires: '2026-11-23' };
  test('a live one takes a failure out of the gate and keeps its real status', () => {
    expect(judge(control(no('x')), evidenceOf({ x: 'yes' }), [waiver])).toMatchObject({
      status: 'waived',
      waiver: { state: 'live', status: 'fail' },
    });
  });
  test('an expired one only warns', () => {
    expect(judge(control(no('x')), evidenceOf({ x: 'yes' }), [{ ...waiver, expires: '2026-11-22' }])).toMatchObject({
      status: 'fail',
      waiver: { state: 'expired' },
    });
  });
  test('one that ended between collecting and judging is expired', () => {
    const old = evidenceOf({ x: 'yes' }, { collectedAt: '2025-11-23T10:00:00.000Z' });
    const result = judge(control(no('x')), old, [{ ...waiver, expires: '2026-01-31' }]);
    expect(result).toMatchObject({ status: 'fail', waiver: { state: 'expired' } });
  });
  test('one over a pass is stale', () => {
    expect(judge(control(no('x')), evidenceOf({ x: 'no' }), [waiver])).toMatchObject({
      status: 'pass',
      waiver: { state: 'stale' },
    });
  });
  test('one for another control, whose id begins alike, does nothing', () => {
    expect(judge(control(no('x')), evidenceOf({ x: 'yes' }), [{ ...waiver, control: 't-on' }]).status).toBe('fail');
  });
});

describe('the gate', () => {
  const host = (status: ControlResult['status'], severity: ControlResult['severity'] = 'medium') => ({
    ...judgeHost({
      controls: [control(no('x'))],
      leftOut: [],
      reasons: {},
      plan: planProbes([], resources),
      evidence: evidenceOf({}),
      waivers: [],
      resources,
      judgedAt: '2026-11-23T11:00:00.000Z',
    }),
    controls: [{ ...judge(control(no('x')), evidenceOf({ x: 'no' })), status, severity }],
  });
  test.each<[string, ReturnType<typeof host>[], number]>([
    ['all hold', [host('pass'), host('skip'), host('waived')], 0],
    ['a failure', [host('pass'), host('fail')], 1],
    ['a failure below --fail-on', [host('fail', 'low')], 0],
    ['an error, whatever its severity', [host('error', 'low')], 3],
    ['a failure and an error', [host('error'), host('fail')], 1],
    ['a failure below --fail-on and an error', [host('fail', 'low'), host('error')], 3],
    ['no host', [], 3],
    ['a host without controls', [{ ...host('pass'), controls: [] }], 3],
    ['a host that could not be asked', [{ ...host('pass'), error: { code: 'auth', message: '', hint: '' } }], 3],
  ])('%s', (_, hosts, code) => {
    expect(gate(hosts, 'medium')).toBe(code);
  });
});
