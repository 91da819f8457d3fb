import { loadCatalog, loadWaivers, narrow, type Catalog } from '../catalog/index.ts';
import type { Control } from '../model/control.ts';
import type { Severity } from '../model/severity.ts';
import { resources } from '../resources/registry.ts';
import type { Audit } from '../runner/index.ts';
import { fromCommandLine, readInputs } from './inputs.ts';
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
