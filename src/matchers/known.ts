/** What is known of the thing expected: its value, or that it is proven absent. */
export type Known = { absent: true } | { absent: false; value: unknown };

/** A literal or a map of matchers, as a control writes it. */
export type Expectation = unknown;

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
