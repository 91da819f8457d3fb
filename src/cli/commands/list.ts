import { Command } from 'commander';
import type { Control } from '../../model/control.ts';
import { plural } from '../../model/plural.ts';
import { loadSelection } from '../load.ts';
import { selectionOptions, type SelectionOptions } from '../options.ts';

/** `fleet-audit list`: what would be checked. */
export function listCommand(): Command {
  return selectionOptions(new Command('list'))
    .description('List the controls that a profile selects')
    .option('--json', 'as JSON')
    .action(async (options: SelectionOptions & { json?: boolean }) => {
      const { controls } = await loadSelection(options);
      console.log(options.json ? JSON.stringify(controls.map(brief), null, 2) : table(controls));
    });
}

function brief({ id, title, severity, section, tags, fix, source }: Control) {
  return {
    id,
    title,
    severity,
    section,
    tags,
    fix: fix?.automatic?.risk ?? null,
    source: { file: source.file, line: source.line },
  };
}

function table(controls: Control[]): string {
  const width = Math.max(...controls.map((control) => control.id.length));
  const rows = controls.map(
    ({ section, severity, fix, id, title }) =>
      `${section.padStart(2)}  ${severity.padEnd(8)}  ${(fix?.automatic?.risk ?? '').padEnd(7)}  ${id.padEnd(width)}  ${title}`,
  );
  const mended = controls.filter(({ fix }) => fix?.automatic).length;
  return [
    ...rows,
    `${plural(controls.length, 'control')}; run --fix can mend ${mended} (third column: the risk of it); fleet-audit explain <id> tells more`,
  ].join('\n');
}
