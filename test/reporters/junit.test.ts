import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { junit } from '../../src/reporters/junit.ts';
import { control, finding, host, manual, report } from './build.ts';
import { hostileReport } from './hostile.ts';
import { readAsDorny } from './readers/dorny.ts';
import { readAsGitLab } from './readers/gitlab.ts';
import { attr, children, elements, parseXml, text, type Element } from './readers/xml.ts';

const options = { color: false, width: 80, verbose: false, quiet: false };
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const suitesOf = async (xml: string) => children(children(await parseXml(xml), 'testsuites')[0], 'testsuite');
const casesOf = (suite: Element) => children(suite, 'testcase');

describe('whatever a host says', () => {
  const forAll = (check: (xml: string, wanted: number) => Promise<void>) =>
    fc.assert(
      fc.asyncProperty(hostileReport, async (given) => {
        const hosts = given.hosts.filter((each) => each.error || !each.controls.length).length;
        await check(junit(given, options), hosts + given.hosts.flatMap((each) => each.controls).length);
      }),
      { numRuns: 300 },
    );

  test('the XML is well-formed, without a character that XML 1.0 forbids, written or referred to', () =>
    forAll(async (xml) => {
      expect(xml).not.toMatch(forbidden);
      for (const [, code] of xml.matchAll(/&#x?([0-9a-f]+);/gi)) expect(['9', 'A', 'D']).toContain(code);
      await parseXml(xml);
    }));

  test('the elements are ours: as many cases as controls, unique, and the counts are right', () =>
    forAll(async (xml, wanted) => {
      const suites = await suitesOf(xml);
      const names = suites.flatMap(casesOf).map((each) => attr(each, 'name'));
      expect(names).toHaveLength(wanted);
      expect(new Set(names).size).toBe(wanted);
      for (const suite of suites) expect(countsOf(suite)).toEqual(elementsOf(suite));
      const root = children(await parseXml(xml), 'testsuites')[0]!;
      const sum = (name: string) => suites.reduce((total, suite) => total + Number(attr(suite, name)), 0);
      for (const name of ['tests', 'failures', 'errors', 'skipped']) expect(Number(attr(root, name))).toBe(sum(name));
    }));

  test('no reader loses a case, refuses the report or is told a wrong place', () =>
    forAll(async (xml, wanted) => {
      expect(await readAsGitLab(xml)).toHaveLength(wanted);
      expect((await readAsDorny(xml)).every((each) => each.file === undefined)).toBe(true);
    }));

  test('no line is an order to a CI runner', () =>
    forAll(async (xml) => {
      expect(xml).not.toMatch(/^\s*::|##\w*\[/m);
      for (const [, element] of elements(await parseXml(xml))) expect(text(element)).not.toMatch(/^\s*::|##\w*\[/m);
    }));
});

function countsOf(suite: Element) {
  return ['tests', 'failures', 'errors', 'skipped'].map((name) => Number(attr(suite, name)));
}

function elementsOf(suite: Element) {
  const having = (child: string) => casesOf(suite).filter((each) => children(each, child).length === 1).length;
  return [casesOf(suite).length, having('failure'), having('error'), having('skipped')];
}

test('two "]]>" do not end an element early', async () => {
  const said = ']]></failure></testcase>]]><testcase name="forged"/>';
  const xml = junit(
    report([
      host('h', [
        control('a-b', said, {
          status: 'fail',
          findings: [finding('fail', said, { actual: said })],
          fix: manual(said),
        }),
      ]),
    ]),
    options,
  );
  expect((await suitesOf(xml)).flatMap(casesOf)).toHaveLength(1);
});

test('a case stays under 8 KB, and long output does not push out what to do', async () => {
  const long = '\u001b界'.repeat(50_000);
  const findings = Array.from({ length: 40 }, () => finding('fail', long, { actual: long, where: long }));
  const big = control('a-b', long, {
    status: 'fail',
    findings,
    fix: manual('systemctl reload ssh'),
    references: [long],
  });
  const [suite] = await suitesOf(junit(report([host('h', [big])]), options));
  const [only] = casesOf(suite!);
  const failure = children(only, 'failure')[0]!;
  const output = [attr(failure, 'message')!, text(failure), text(children(only, 'system-out')[0])].join('');
  expect(Buffer.byteLength(output)).toBeLessThanOrEqual(8192);
  expect(output).toContain('bytes left out');
  expect(text(failure)).toContain('fix: systemctl reload ssh');
  expect(output).not.toContain('\ufffd');
});

describe('a fix in a failure', () => {
  const fixOf = async (text_: string) => {
    const failing = control('a-b', 't', { status: 'fail', findings: [finding('fail', 'f')], fix: manual(text_) });
    const [suite] = await suitesOf(junit(report([host('h', [failing])]), options));
    const body = text(children(casesOf(suite!)[0], 'failure')[0]!);
    return body.split('\n').filter((line) => line.startsWith('fix: '));
  };

  test('is whole where it is as long as ours are', async () => {
    const lines = Array.from({ length: 30 }, (_, at) => `systemctl restart unit-${at}.service # and look`);
    expect(await fixOf(lines.join('\n'))).toEqual(lines.map((line) => `fix: ${line}`));
  });

  test('that is too long ends with a whole line, and says how much is missing and where it is', async () => {
    const lines = Array.from({ length: 99 }, (_, at) => `systemctl restart unit-${at}.service # and look`);
    const [last, ...kept] = (await fixOf(lines.join('\n'))).toReversed();
    expect(last).toMatch(/^fix: systemctl .* and look … \(\d+ bytes left out; --reporter json has all of it\)$/);
    expect(kept.toReversed()).toEqual(lines.slice(0, kept.length).map((line) => `fix: ${line}`));
  });

  test('in one long line ends with a whole word', async () => {
    expect((await fixOf('abcdefghi '.repeat(900))).join()).toMatch(/ abcdefghi … \(\d+ bytes left out/);
  });
});

test('an actual of null (absent) is written, one that was not given is not', async () => {
  const given = control('a-b', 't', {
    status: 'fail',
    findings: [finding('fail', 'first', { actual: null }), finding('fail', 'second')],
  });
  const xml = junit(report([host('h', [given])]), options);
  expect(xml.match(/actual: /g)).toHaveLength(1);
});

test('a host without a single control is an error, not an empty suite', async () => {
  const [suite] = await suitesOf(junit(report([host('h', [])]), options));
  expect(elementsOf(suite!)).toEqual([1, 0, 1, 0]);
});

test('suites carry host, UTC time and what was run', async () => {
  const [suite] = await suitesOf(junit(report([host('h', [control('a-b', 't', { durationMs: 1234 })])]), options));
  expect(attr(suite, 'hostname')).toBe('h');
  expect(attr(suite, 'timestamp')).toBe('2026-03-02T09:30:01.250Z');
  expect(attr(casesOf(suite!)[0], 'time')).toBe('1.234');
  const properties = children(children(suite, 'properties')[0], 'property').map((each) => [
    attr(each, 'name'),
    attr(each, 'value'),
  ]);
  expect(Object.fromEntries(properties)).toMatchObject({
    profile: 'ovh-vps3',
    target: 'ssh://ubuntu@h',
    platform: 'ubuntu 24.04',
    'tool.version': '0.1.0',
  });
});
