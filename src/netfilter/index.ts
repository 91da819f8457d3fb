export { matches, type Packet } from './match.ts';
export { shortOptions } from './options.ts';
export { parseSave, type Table } from './parse.ts';
export { parseRule, type Rule } from './rule.ts';
export { withUntracked } from './untracked.ts';
export { hole, stops, walk, type Exit } from './walk.ts';
