import { Command } from 'commander';
import { suggest } from '../../catalog/index.ts';
import { UsageError } from '../exit.ts';
import { schemaTexts } from '../schemas.ts';

/** `fleet-audit schema <name>`: JSON Schemas, for editors and for whoever reads the reports. */
export function schemaCommand(): Command {
  return new Command('schema')
    .description('Print the JSON Schema of a file format; without a name, the names')
    .argument('[name]', 'control, cases, profile, waivers, evidence or report')
    .action((name?: string) => {
      const schemas = schemaTexts();
      if (name === undefined) console.log(Object.keys(schemas).join('\n'));
      else if (!schemas[name])
        throw new UsageError(`there is no schema "${name}"`, suggest(name, Object.keys(schemas)));
      else process.stdout.write(schemas[name]);
    });
}
