import { join } from 'node:path';
import { compileSchema } from '../catalog/index.ts';
import { loadEvidence, saveEvidence } from '../evidence/index.ts';
import { Evidence } from '../model/evidence.ts';

/** Reads an evidence file, refusing one that is not whole. Throws EvidenceError. */
export async function readEvidence(path: string): Promise<Evidence> {
  const validate = await compileSchema(Evidence);
  return loadEvidence(path, (data) => {
    if (validate(data)) return [];
    return (validate.errors ?? []).map(
      (error) => `${error.instancePath || 'the file'} ${error.message ?? 'is not right'}`,
    );
  });
}

/** Writes each host's answers to a file of its name; `onSaved` is told each path, what comes back is what went wrong. */
export async function saveAll(
  folder: string,
  evidence: Evidence[],
  onSaved: (path: string) => void = () => {},
): Promise<string[]> {
  const problems: string[] = [];
  for (const each of evidence) {
    const path = join(folder, `${each.host.name}.json`);
    await saveEvidence(path, each).then(
      () => onSaved(path),
      (error: Error) => problems.push(`evidence could not be written to ${path}: ${error.message}`),
    );
  }
  return problems;
}
