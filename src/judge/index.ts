export { disagreements } from './exposure.ts';
export { judgeHost } from './host.ts';
export { probesOf } from './probes-of.ts';
export { gate, summarizeHosts } from './summary.ts';
