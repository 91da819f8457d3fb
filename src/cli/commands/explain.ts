import { Command } from 'commander';
import { stringify } from 'yaml';
import { CatalogError, suggest, unplaced } from '../../catalog/index.ts';
import type { Check, Control } from '../../model/control.ts';
import type { Fix } from '../../model/fix.ts';
import { resources } from '../../resources/registry.ts';
import { probesOf } from '../../judge/index.ts';
import { automaticWords } from '../fix/automatic-words.ts';
import { loadSelection } from '../load.ts';
import { profileOptions, type ProfileOptions } from '../options.ts';

/** `fleet-audit explain <id>`: why a control is there, how it is told, how to mend it. */
export function explainCommand(): Command {
  return profileOptions(new Command('explain'))
    .description('Explain one control: why, what is asked of the host, what must hold, how to mend it')
    .argument('<control>', 'its id')
    .option('--json', 'as JSON')
    .action(async (id: string, options: ProfileOptions & { json?: boolean }) => {
      const { catalog, controls } = await loadSelection(options);
      const control = [...controls, ...catalog.leftOut].find((each) => each.id === id);
      if (!control) throw unknown(id, controls);
      console.log(options.json ? JSON.stringify(control, null, 2) : explain(control));
    });
}

function explain(control: Control): string {
  const probes = new Set(probesOf(control, resources).map((probe) => probe.name));
  const parts = [
    `${control.id}: ${control.title}`,
    `severity ${control.severity}, section ${control.section} of the guide, ${control.source.file}:${control.source.line}`,
    control.description.trim(),
    control.onlyIf && `Only if\n${indent(inYaml(control.onlyIf))}`,
    control.requires && `Needs\n${indent(inYaml(control.requires))}`,
    `Must hold\n${indent(inYaml(control.check))}`,
    `Asks the host\n${indent([...probes].join('\n'))}`,
    control.fix && `To mend it\n${indent(control.fix.manual)}`,
    control.fix && fixWords(control.fix),
    control.references.length > 0 && `See\n${indent(control.references.join('\n'))}`,
  ];
  return parts.filter(Boolean).join('\n\n');
}

function fixWords({ automatic }: Fix): string {
  if (!automatic) return 'run --fix leaves this to a person.';
  return `What run --fix does instead\n${indent(automaticWords(automatic))}`;
}

/** A check as a control file writes it, inputs put in. */
function inYaml(check: Check): string {
  return stringify(asWritten(check), { flowCollectionPadding: true, lineWidth: 100 });
}

function asWritten(check: Check): unknown {
  if ('all' in check) return check.all.map(asWritten);
  if ('any' in check) return { any: check.any.map(asWritten) };
  if ('not' in check) return { not: asWritten(check.not) };
  return { [check.resource]: check.options };
}

function indent(text: string): string {
  return text.trimEnd().replace(/^(?=.)/gm, '  ');
}

function unknown(id: string, controls: Control[]): CatalogError {
  const suggestion =
    suggest(
      id,
      controls.map((each) => each.id),
    ) ?? 'fleet-audit list names them all';
  const message = `the profile has no control "${id}"`;
  return new CatalogError([unplaced('explain', 'unknown-control', message, suggestion)]);
}
