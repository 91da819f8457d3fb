export { matches, type Packet } from './match.ts';
export { parseRule, parseSave, type Rule, type Table } from './parse.ts';
export { hole, walk, type Exit } from './walk.ts';
