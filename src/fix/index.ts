export { carryOut, type Outcome } from './engine.ts';
export { deadlineOf } from './deadline.ts';
export { planFixes } from './plan.ts';
export { listTransactions, rollBack, type Past, type Undone } from './past.ts';
export { untold } from './state.ts';
export { readState, stateName, stateProbe } from './state-probe.ts';
export { needsOf } from './steps/index.ts';
export { whoAmI } from './operator.ts';
