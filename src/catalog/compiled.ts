import type { ValidateFunction } from 'ajv';

/**
 * Validators compiled ahead, by `digestOfSchema`. Empty in source; the build puts the code of every published schema
 * here (scripts/build/validators.ts), because compiling them takes longer than everything else at the start of a run.
 */
export const compiled: Record<string, ValidateFunction> = {};
