import { readFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Evidence } from '../model/evidence.ts';
import { writeAtomically } from './write.ts';

/** Thrown when a file is not evidence of a version that this program knows. */
export class EvidenceError extends Error {}

/** Writes evidence, readable by its owner alone: it tells an attacker a lot. */
export async function saveEvidence(path: string, evidence: Evidence): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeAtomically(path, `${JSON.stringify(evidence, null, 2)}\n`, 0o600);
}

/** Reads evidence back, checked against its schema: what is judged must be whole. */
export async function loadEvidence(path: string, validate: (data: unknown) => string[]): Promise<Evidence> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new EvidenceError(`${path}: cannot be read (${error.code ?? error.message})`);
  });
  const data = parse(path, text);
  const problems = validate(data);
  if (problems.length) throw new EvidenceError(`${path}: not evidence: ${problems.slice(0, 3).join('; ')}`);
  return data as Evidence;
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new EvidenceError(`${path}: not JSON: ${(error as Error).message}`);
  }
}
