import { readFile } from 'node:fs/promises';
import {
  CatalogError,
  loadCatalog,
  loadWaivers,
  misfit,
  narrow,
  parseInput,
  parseYaml,
  suggest,
  unplaced,
  valueProblems,
  type Catalog,
  type InputDefinition,
  type Inputs,
  type Problem,
} from '../catalog/index.ts';
import type { Control } from '../model/control.ts';
import type { Severity } from '../model/severity.ts';
import { resources } from '../resources/registry.ts';
import type { Audit } from '../runner/index.ts';
import type { ReportOptions, SelectionOptions } from './options.ts';

/** The profile that the options name, and the controls that they leave of it. */
export async function loadSelection(options: SelectionOptions): Promise<{ catalog: Catalog; controls: Control[] }> {
  const file = options.inputs ? await readInputs(options.inputs) : null;
  const catalog = await loadCatalog({
    profile: options.profile,
    cwd: process.cwd(),
    resources,
    inputs: (definitions) => ({ ...file?.(definitions), ...fromCommandLine(options.input ?? [], definitions) }),
  });
  const controls = narrow(catalog.controls, {
    controls: options.control ?? [],
    tags: options.tag ?? [],
    sections: options.section ?? [],
    severity: (options.severity ?? null) as Severity | null,
  });
  const narrowed = controls.length < catalog.controls.length;
  return { catalog: narrowed ? { ...catalog, leftOut: [] } : catalog, controls };
}

/** Everything that judging needs beside evidence. */
export async function loadAudit(options: SelectionOptions & ReportOptions): Promise<Audit> {
  const { catalog, controls } = await loadSelection(options);
  const ids = catalog.controls.map((control) => control.id);
  const waivers = options.waivers ? await loadWaivers(options.waivers, ids) : [];
  return { catalog, controls, waivers, resources, failOn: options.failOn as Severity };
}

async function readInputs(path: string): Promise<(definitions: Record<string, InputDefinition>) => Inputs> {
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

function fromCommandLine(pairs: string[], definitions: Record<string, InputDefinition>): Inputs {
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
