import { describe, expect, test } from 'vitest';
import { loadCatalog } from '../../src/catalog/index.ts';
import { resources } from '../../src/resources/registry.ts';
import { planProbes } from '../../src/runner/index.ts';

const catalog = await loadCatalog({ profile: 'ovh-vps3', cwd: process.cwd(), resources, inputs: {} });
const plan = planProbes(catalog.controls, resources);

describe('the plan of ovh-vps3', () => {
  test('asks each question once', () => {
    const questions = plan.probes.map((probe) => probe.digest);
    expect(new Set(questions).size).toBe(questions.length);
    expect(new Set(plan.probes.map((probe) => probe.name)).size).toBe(questions.length);
  });

  // Pinned on purpose: a new control that asks more than it must should be noticed here.
  test('has this many questions, and merges this many into one', () => {
    expect({ requested: plan.requested, asked: plan.probes.length }).toMatchInlineSnapshot(`
      {
        "asked": 24,
        "requested": 78,
      }
    `);
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
