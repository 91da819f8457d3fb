export { collectAll, judgeAll, type Audit } from './audit.ts';
export { runCases, type CaseResult } from './cases.ts';
export type { Source } from './collect.ts';
export { planProbes } from './plan.ts';
