export { collectAll, judgeAll, type Audit, type RunOptions } from './audit.ts';
export { runCases, type CaseResult } from './cases.ts';
export type { AskLogin, Source } from './collect.ts';
export { planProbes } from './plan.ts';
export { version } from './version.ts';
