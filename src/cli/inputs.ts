import { readFile } from 'node:fs/promises';
import {
  CatalogError,
  misfit,
  parseInput,
  parseYaml,
  suggest,
  unplaced,
  valueProblems,
  type InputDefinition,
  type Inputs,
  type Problem,
} from '../catalog/index.ts';

/** The inputs that a YAML file sets, for the profile that declares them. @throws {CatalogError} */
export async function readInputs(path: string): Promise<(definitions: Record<string, InputDefinition>) => Inputs> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CatalogError([unplaced(path, 'unreadable', `cannot be read: ${error.code}`)]);
  });
  const yaml = parseYaml(path, text);
  const data = yaml.data ?? {};
  const isMap = typeof data === 'object' && data !== null && !Array.isArray(data);
  const wrong = isMap ? [] : [{ ...yaml.locate([]), code: 'wrong-type', message: 'must be a map of inputs' }];
  const problems = yaml.problems.length ? yaml.problems : wrong;
  if (problems.length) throw new CatalogError(problems);
  return (definitions) => {
    const found = valueProblems(yaml, definitions, data as Record<string, unknown>, []);
    if (found.length) throw new CatalogError(found);
    return data as Inputs;
  };
}

/** Those of `--input name=value`. @throws {CatalogError} with every mistake */
export function fromCommandLine(pairs: string[], definitions: Record<string, InputDefinition>): Inputs {
  const problems: Problem[] = [];
  const entries = pairs.map((pair) => {
    const [, name = pair, text = ''] = /^([^=]*)=(.*)$/s.exec(pair) ?? [];
    const definition = definitions[name];
    if (!pair.includes('=')) problems.push(unplaced('--input', 'bad-value', `"${pair}" is not of the form name=value`));
    else if (!definition) {
      problems.push(
        unplaced(
          '--input',
          'unknown-input',
          `the profile has no input "${name}"`,
          suggest(name, Object.keys(definitions)),
        ),
      );
    }
    const value = definition ? parseInput(definition, text) : null;
    const wrong = definition && misfit(definition, value);
    if (wrong)
      problems.push(
        unplaced('--input', 'wrong-type', `"${name}" ${wrong}${definition.secret ? '' : `, "${text}" is not`}`),
      );
    return [name, value];
  });
  if (problems.length) throw new CatalogError(problems);
  return Object.fromEntries(entries) as Inputs;
}
