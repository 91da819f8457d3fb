import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { Report } from '../../src/model/report.ts';
import { statuses } from '../../src/model/status.ts';
import { reporters } from '../../src/reporters/index.ts';
import { sampleReport } from './sample-report.ts';

const options = { color: false, width: 80, verbose: false, quiet: false };
const samples: Record<string, string> = { pretty: 'pretty.txt', json: 'report.json', junit: 'junit.xml' };

describe.each(Object.entries(reporters))('%s', (name, { load, describe: words }) => {
  test('renders the sample as committed', async () => {
    await expect((await load())(sampleReport, options)).toMatchFileSnapshot(`../../reports/samples/${samples[name]}`);
  });

  test('is pure: the report is left as it was, and the same text comes twice', async () => {
    const before = structuredClone(sampleReport);
    const render = await load();
    expect(render(sampleReport, options)).toBe(render(sampleReport, options));
    expect(sampleReport).toEqual(before);
  });

  test('ends with a newline and says what it is for', async () => {
    expect((await load())(sampleReport, options)).toMatch(/[^\n]\n$/);
    expect(words).toMatch(/^for /);
  });
});

test('every reporter has a sample', async () => {
  expect(Object.keys(samples)).toEqual(Object.keys(reporters));
});

test('the sample is a report as the schema has it, with every status and every state of a waiver', () => {
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(Report);
  expect(validate(sampleReport) || validate.errors).toBe(true);
  const controls = sampleReport.hosts.flatMap((each) => each.controls);
  expect(new Set(controls.map((each) => each.status))).toEqual(new Set(statuses));
  expect(new Set(controls.map((each) => each.waiver?.state))).toEqual(new Set([undefined, 'live', 'expired', 'stale']));
});

test('the JSON report parses back to what went in', async () => {
  const render = await reporters.json!.load();
  expect(JSON.parse(render(sampleReport, options))).toEqual(sampleReport);
});
