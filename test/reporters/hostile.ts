import * as fc from 'fast-check';
import type { Finding, Report } from '../../src/model/report.ts';
import type { Status } from '../../src/model/status.ts';
import { control, finding, host, manual, report } from './build.ts';

const tricks = [
  '\u001b[31m',
  '\u001b[2K\r',
  '\u001b]0;title\u0007',
  '\u001b]52;c;aGk=\u001b\\',
  '\u009b1m',
  '\u009d0;x\u009c',
  '\u001b',
  '\u0000',
  '\u0008',
  '\u007f',
  '\u0085',
  '\r',
  '\n',
  '\r\n',
  '\t',
  '\u2028',
  '\u202e',
  '\u2066',
  '\u200f',
  '\ufeff',
  '\ufffe',
  '\uffff',
  '\ud800',
  '\udc00',
  '\udbff\udfff',
  '\u{e0041}',
  ']]>',
  '<![CDATA[',
  '</failure>',
  '<x y="',
  '&#0;',
  '&lt;',
  '"',
  "'",
  '[[ATTACHMENT|/etc/passwd]]',
  '::error::',
  '\n::set-env name=A::b',
  '\n  ::stop-commands::x',
  '##[error]',
  '\n##vso[task.complete]',
  '###[group]',
  '\u00a0::',
  'at a.b(c.yaml:1)',
  ' (2)',
  '✓ PASS',
  '界',
  'e\u0301',
  '🔥',
];

/** Whatever a host may answer. */
export const hostileText = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...tricks) },
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.string({ maxLength: 30 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

const hostileFinding = fc.record({
  level: fc.constantFrom<Finding['level']>('fail', 'error', 'pass', 'info'),
  code: fc.oneof(fc.constantFrom('denied', 'timed-out', 'yaml', 'symbol'), hostileText),
  message: hostileText,
  expected: fc.oneof(hostileText, fc.array(hostileText), fc.constant(undefined)),
  actual: fc.oneof(hostileText, fc.dictionary(hostileText, hostileText), fc.integer(), fc.constant(null)),
  where: fc.option(hostileText, { nil: undefined }),
});

const hostileControl = fc
  .record({
    status: fc.constantFrom<Status>('pass', 'fail', 'error', 'skip', 'waived'),
    really: fc.constantFrom<Status>('fail', 'error'),
    findings: fc.array(hostileFinding, { maxLength: 7 }),
    text: hostileText,
    id: fc.oneof(fc.constant('same-id'), hostileText),
  })
  .map(({ status, really, findings, text, id }) =>
    control(id, text, {
      status,
      findings: [...findings, ...(status === 'fail' ? [finding('fail', text)] : [])],
      section: text.slice(0, 3),
      reason: status === 'skip' ? text : null,
      waiver:
        status === 'waived'
          ? { reason: text, owner: text, expires: '2026-12-31', state: 'live', status: really }
          : null,
      fix: manual(text),
      source: { file: `controls/${text}`, line: 3 },
    }),
  );

const hostileHost = fc
  .record({
    name: fc.oneof(fc.constant('same'), hostileText),
    text: hostileText,
    down: fc.boolean(),
    controls: fc.array(hostileControl, { maxLength: 6 }),
  })
  .map(({ name, text, down, controls }) =>
    host(name, controls, {
      target: text,
      platform: { os: text, version: text },
      reachable: !down,
      error: down ? { code: 'lost', message: text, hint: text } : null,
      collectedAt: text,
    }),
  );

/** Reports whose every text was written by an enemy. */
export const hostileReport: fc.Arbitrary<Report> = fc
  .record({
    hosts: fc.array(hostileHost, { minLength: 1, maxLength: 3 }),
    warnings: fc.array(hostileText, { maxLength: 2 }),
  })
  .map(({ hosts, warnings }) => report(hosts, { warnings }));
