import type { TestCase, TestSuite } from 'junit-report-builder';
import type { ControlResult, HostResult } from '../../model/report.ts';
import { decisive, headline, waiverWords } from '../words.ts';
import { bodyOf, metadataOf } from './body.ts';
import { attribute, textOf } from './complete.ts';
import { attributeText, bodyText } from './text.ts';

/** One control on one host. */
export function addCase(
  suite: TestSuite,
  host: HostResult,
  control: ControlResult,
  unique: (name: string) => string,
): void {
  const testCase = suite.testCase();
  testCase
    .className(attributeText(`${host.name}.section-${control.section}`, nameBytes))
    .name(unique(attributeText(`${control.id} ${control.title} [${host.name}]`, nameBytes)))
    .file(attributeText(control.source.file, nameBytes));
  attribute(testCase, 'line', control.source.line);
  attribute(testCase, 'time', (control.durationMs / 1000).toFixed(3));
  addOutcome(testCase, control);
  textOf(testCase, 'system-out', metadataOf(control));
}

/** That a host could not be assessed is a finding of its own, beside the errors of all its controls; so is an empty host. */
export function addHostCase(suite: TestSuite, host: HostResult, unique: (name: string) => string): void {
  if (!host.error && host.controls.length) return;
  const { code, message, hint } = host.error ?? nothingJudged;
  const testCase = suite.testCase();
  testCase
    .className(attributeText(`${host.name}.host`, nameBytes))
    .name(unique(attributeText(`host could be assessed [${host.name}]`, nameBytes)))
    .error(attributeText(message), code);
  attribute(testCase, 'time', '0.000');
  textOf(testCase, 'error', [`error: ${attributeText(message)}`, `next: ${attributeText(hint)}`].join('\n'));
}

const nameBytes = 512;
const nothingJudged = { code: 'not-collected', message: 'no control was judged', hint: 'select at least one control' };

function addOutcome(testCase: TestCase, control: ControlResult): void {
  switch (control.status) {
    case 'fail':
      testCase.failure(attributeText(headline(control)), 'ControlFailed');
      return textOf(testCase, 'failure', bodyOf(control));
    case 'error':
      testCase.error(attributeText(headline(control)), typeOf(control));
      return textOf(testCase, 'error', bodyOf(control));
    case 'skip':
    case 'waived':
      return addSkipped(testCase, control);
    case 'pass':
  }
}

/** The builder counts the case as skipped; its reason is ours to write, for readers of attributes and of text. */
function addSkipped(testCase: TestCase, control: ControlResult): void {
  const reason = skipReason(control);
  testCase.skipped();
  const body = control.status === 'waived' ? `${reason}\n${bodyOf(control)}` : reason;
  textOf(testCase, 'skipped', bodyText([body], 5120), { message: attributeText(reason) });
}

function skipReason(control: ControlResult): string {
  const { status, waiver, reason } = control;
  if (status !== 'waived') return attributeText(reason ?? control.findings[0]?.message ?? 'no reason was given');
  return attributeText(`waived: ${waiverWords(waiver!)}; really ${waiver!.status}: ${headline(control)}`);
}

/**
 * The code of the error. Rails reads an attribute `type` as the type of the element's text and refuses whole reports
 * for `yaml` and `symbol` (DisallowedType), so only what looks like one of our codes may stand there.
 */
function typeOf(control: ControlResult): string {
  const code = decisive(control)[0]?.code ?? '';
  return /^[a-z]+(-[a-z]+)*$/.test(code) && !railsTypes.has(code) ? code : 'could-not-tell';
}

const railsTypes = new Set(
  'array boolean date datetime decimal double duration file float hash integer string symbol yaml'.split(' '),
);
