import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/index.ts';
import { resources } from '../../src/resources/registry.ts';
import { planProbes } from '../../src/runner/index.ts';
import { bootFromArgument } from '../../src/transport/batch/boot.ts';
import { generate } from '../../src/transport/batch/script.ts';

const catalog = await loadCatalog({ profile: 'ovh-vps3', cwd: process.cwd(), resources, inputs: {} });
const plan = planProbes(catalog.controls, resources);

describe('the plan of ovh-vps3', () => {
  test('asks each question once', () => {
    const questions = plan.probes.map((probe) => probe.digest);
    expect(new Set(questions).size).toBe(questions.length);
    expect(new Set(plan.probes.map((probe) => probe.name)).size).toBe(questions.length);
  });

  // Pinned by a generated line: a new control that asks more than it must shows in the diff of docs/controls.md.
  test('has as many questions as docs/controls.md says, merged into as many', () => {
    const said = /They ask (\d+) questions, (\d+) when equal ones are merged/.exec(
      readFileSync('docs/controls.md', 'utf8'),
    );
    expect(said?.slice(1).map(Number)).toEqual([plan.requested, plan.probes.length]);
    expect(plan.probes.length).toBeLessThan(plan.requested);
  });

  test('is one script that fits into one exec', () => {
    const host = plan.probes.filter((probe) => probe.kind === 'host');
    const script = generate(host, { nonce: 'a'.repeat(24), totalSeconds: 60, stream: false });
    const outside = plan.probes.filter((probe) => probe.kind !== 'host').map((probe) => probe.name);
    expect(outside.sort()).toEqual(['outside.tcp4', 'outside.tcp6', 'outside.udp4', 'ssh_login.methods']);
    // Also where it has to be an argument, whose length Linux limits.
    expect(bootFromArgument(script)).not.toBeNull();
  });

  test.each(plan.probes.filter((probe) => probe.kind === 'host'))('$name is asked with something to run', (probe) => {
    expect(probe).toHaveProperty('run');
    expect('run' in probe && probe.run.trim()).not.toBe('');
  });
});

test('two questions under one name are a bug that is named', () => {
  const odd = {
    ...resources,
    odd: {
      ...Object.values(resources)[0]!,
      probes: () => [{ kind: 'host' as const, name: 'host.platform', run: 'x' }],
    },
  };
  const control = { ...catalog.controls[0]!, check: { resource: 'odd', options: {} } };
  expect(() => planProbes([control], odd)).toThrow('two probes are called host.platform and ask different things');
});
