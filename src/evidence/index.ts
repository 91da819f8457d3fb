export { digestOf, digestOfProbe } from './digest.ts';
export { redact } from './redact.ts';
export { EvidenceError, loadEvidence, saveEvidence } from './store.ts';
export { writeAtomically } from './write.ts';
