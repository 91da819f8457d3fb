import fc from 'fast-check';
import { expect } from 'vitest';
import type { Answer } from '../../src/model/evidence.ts';
import type { Observation } from '../../src/model/observation.ts';
import type { Resource } from '../../src/resources/resource.ts';

type Given = string | Partial<Answer>;

/** What a resource says when its probes, in their order, were answered so. */
export function look(resource: Resource, options: object, ...given: Given[]): Observation[] {
  const names = resource.probes(options as never).map((probe) => probe.name);
  const answers = given.map((each, index) => [names[index]!, answerOf(each)] as const);
  return resource.read(options as never, Object.fromEntries(answers));
}

function answerOf(given: Given): Answer {
  const plain = { digest: '', outcome: 'exited', code: 0, stdout: '', stderr: '', truncated: false, ms: 3 } as const;
  return typeof given === 'string' ? { ...plain, stdout: given } : { ...plain, ...given };
}

/** The value of each fact; for what has none, its state. */
export function told(observations: Observation[]): Record<string, unknown> {
  return Object.fromEntries(observations.map((each) => [each.fact, each.state === 'value' ? each.value : each.state]));
}

/** What every resource owes: all of its facts are spoken of, and an answer that is missing or cut tells none of them. */
export function expectNothingFromPieces(resource: Resource, options: object, ...good: string[]): void {
  const whole = look(resource, options, ...good);
  expect([...new Set(whole.map((each) => each.fact))].sort()).toEqual(Object.keys(resource.facts).sort());
  expect(whole.filter((each) => each.state === 'unknown')).toEqual([]);
  const probes = resource.probes(options as never).map((probe) => probe.name);
  const from = (index: number, given: Given) => {
    const seen = look(resource, options, ...good.map((each, at) => (at === index ? given : each)));
    return seen.filter((each) => each.probe === probes[index]);
  };
  good.forEach((text, index) => {
    for (const outcome of ['timed-out', 'lost', 'denied', 'truncated'] as const) {
      expectUnknown(from(index, { outcome, code: null }));
    }
    expectUnknown(from(index, { code: 127, stderr: 'sh: 1: tool: not found' }));
    fc.assert(fc.property(fc.nat(text.length - 1), (length) => expectUnknown(from(index, text.slice(0, length)))));
    const at = fc.nat(text.length);
    fc.assert(
      fc.property(at, (place) => expectUnknown(from(index, `${text.slice(0, place)}\nstray\n${text.slice(place)}`))),
    );
  });
}

function expectUnknown(observations: Observation[]): void {
  expect(observations.length).toBeGreaterThan(0);
  for (const each of observations) expect(each).toMatchObject({ state: 'unknown' });
}
