import { compileSchema } from '../catalog/index.ts';
import { loadEvidence } from '../evidence/index.ts';
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
