export { matches, type Packet } from './match.ts';
export { parseRule, parseSave, type Rule, type Saved, type Table, type Test } from './parse.ts';
export { hole, walk, type Exit } from './walk.ts';
