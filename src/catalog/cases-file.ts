import { readFile } from 'node:fs/promises';
import { displayPath } from './places.ts';
import { unplaced, type Problem } from './problem.ts';
import { Cases } from './schemas/cases.ts';
import { compile } from './validate.ts';
import { parseYaml, type YamlFile } from './yaml.ts';

/** Loads the proof of a control; problems instead when it is missing or does not prove enough. */
export async function loadCases(
  path: string,
  root: string,
): Promise<{ cases: Cases | null; yaml: YamlFile | null; problems: Problem[] }> {
  const file = displayPath(path, root);
  const text = await readFile(path, 'utf8').catch(() => null);
  if (text === null) {
    const message = 'is missing: a control proves itself by cases';
    return { cases: null, yaml: null, problems: [unplaced(file, 'no-cases', message)] };
  }
  const yaml = parseYaml(file, text);
  const problems = yaml.problems.length ? yaml.problems : (await compile(Cases))(yaml);
  if (problems.length) return { cases: null, yaml, problems };
  const cases = yaml.data as Cases;
  return { cases, yaml, problems: coverage(cases, yaml) };
}

/** At least one pass, one fail and one could-not-tell; and a violation, or the reason why there can be none. */
function coverage(cases: Cases, yaml: YamlFile): Problem[] {
  const missing = (['pass', 'fail', 'error'] as const).filter(
    (status) => !cases.cases.some((each) => each.expect === status),
  );
  const problems = missing.map((status) => ({
    ...yaml.locate(['cases']),
    code: 'unproven',
    message: `no case expects "${status}"`,
  }));
  if (!cases.violations === !cases.unprovable) {
    problems.push({
      ...yaml.locate([]),
      code: 'unproven',
      message: 'needs either violations or the reason why it is unprovable',
    });
  }
  return problems;
}
