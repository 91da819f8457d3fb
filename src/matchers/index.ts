export { all, any, not } from './kleene.ts';
export { isMap, type Known } from './known.ts';
export { match } from './match.ts';
export { compileRegex } from './regex.ts';
export { expectationDefinitions, expectationSchema, matcherNames, type Schema } from './schema.ts';
export type { Fact, FactKind, Match, Outcome } from './types.ts';
export { parseDuration, parseMode, parseSize } from './units.ts';
export { show } from './value.ts';
export { describe, sentence, state } from './words.ts';
