import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const read = (name: string) => readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8');
const options = readFileSync(new URL('../../src/cli/options.ts', import.meta.url), 'utf8');

describe.each(['gitlab-ci.yml', 'github-workflow.yml'])('%s', (name) => {
  test('is YAML, and uses only options that there are', () => {
    const text = JSON.stringify(parse(read(name)));
    const [, command] = /fleet-audit\.git#\S+ (run .*?)"/.exec(text.replaceAll('\\"', "'"))!;
    const used = command!.match(/--[a-z-]+/g)!;
    expect(used.length).toBeGreaterThan(5);
    for (const option of used) expect(options).toContain(`${option} <`);
  });

  test('runs no package that anybody could publish under our name', () => {
    expect(read(name)).not.toMatch(/npx [^"]*\bfleet-audit(@| run)/);
    expect(read(name)).toMatch(/git\+https:\S+fleet-audit\.git#/);
  });

  test('nothing hides the exit code', () => {
    const commands = read(name).replace(/^\s*#.*$/gm, '');
    expect(commands).not.toMatch(/\|\| true|continue-on-error: true|allow_failure: true|accept-new-host-key/);
  });
});

test('the report is published when the audit fails, and the deploy waits for it', () => {
  const gitlab = parse(read('gitlab-ci.yml'));
  expect(gitlab.audit.artifacts).toMatchObject({ when: 'always', reports: { junit: 'reports/junit.xml' } });
  expect(gitlab.deploy.needs).toContain('audit');
  const { audit, deploy } = parse(read('github-workflow.yml')).jobs;
  const shows = audit.steps.filter((step: { uses?: string }) => /junit-report|upload-artifact/.test(step.uses ?? ''));
  expect(shows.map((step: { if: string }) => step.if)).toEqual(['${{ !cancelled() }}', '${{ !cancelled() }}']);
  expect(deploy.needs).toBe('audit');
});
