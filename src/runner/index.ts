export { collectAll, judgeAll, type Asked, type Audit, type News } from './audit.ts';
export { runCases, type CaseResult } from './cases.ts';
export type { Source } from './collect.ts';
export { planProbes } from './plan.ts';
