import type { TObject, TProperties, Static } from '@sinclair/typebox';
import type { Fact } from '../matchers/types.ts';
import type { Answer } from '../model/evidence.ts';
import type { Observation } from '../model/observation.ts';
import type { Probe } from '../model/probe.ts';

/** The answers to a resource's own probes, by probe name; a probe without an answer is missing from the map. */
export type Answers = Readonly<Record<string, Answer>>;

/**
 * One kind of thing on a host. Its `select` options say what to look at, its `facts` what can be expected of it; both
 * make the schema, the types and the docs. `probes` asks, `read` understands; both are pure.
 */
export interface Resource<P extends TProperties = TProperties> {
  /** The key in a control file; also the folder's name. */
  type: string;
  /** One sentence for docs and editors. */
  summary: string;
  select: TObject<P>;
  facts: Record<string, Fact>;
  /** An example for the docs, one YAML flow map, e.g. `{ path: /etc/shadow, mode: { no_more_than: "0640" } }`. */
  example: string;
  probes(options: Static<TObject<P>>): Probe[];
  /**
   * What the answers say, at least one observation for every fact it can speak of. A fact without any observation
   * makes its control an error, so silence never passes.
   */
  read(options: Static<TObject<P>>, answers: Answers): Observation[];
}

/** Declares a resource, inferring the option types from `select`. */
export function defineResource<P extends TProperties>(resource: Resource<P>): Resource {
  return resource as unknown as Resource;
}
