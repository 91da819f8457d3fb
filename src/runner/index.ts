export { collectAll, judgeAll, type Asked, type Audit, type News } from './audit.ts';
export { runCases, type CaseResult } from './cases.ts';
export type { Source } from './collect.ts';
export { fixHost, type Fixed } from './fix.ts';
export { listPast, undoPast, type Past } from './past.ts';
export { planProbes } from './plan.ts';
