export { matches, type Packet } from './match.ts';
export { shortOptions } from './options.ts';
export { parseRule, parseSave, type Rule, type Table } from './parse.ts';
export { hole, stops, walk, type Exit } from './walk.ts';
