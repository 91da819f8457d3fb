export { all, any, not } from './kleene.ts';
export type { Known } from './known.ts';
export { match } from './match.ts';
export { compileRegex } from './regex.ts';
export { expectationDefinitions, expectationSchema, matcherNames, type Schema } from './schema.ts';
export type { Fact, FactKind, Outcome } from './types.ts';
export { parseSize } from './units.ts';
export { describe, sentence, state } from './words.ts';
