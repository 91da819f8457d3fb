import { parseDotenv } from '../env_file/dotenv.ts';
import { toSections, type Section } from '../sections.ts';
import { portsOf, type Said } from './services.ts';

/**
 * What may be kept of the probe's output: which files there are, and where they publish what. The .env file is used to replace
 * variables in those places and then forgotten, as is everything else in a compose file.
 */
export function reduce(stdout: string): string {
  const sections = toSections(stdout);
  const env = envOf(sections.find(({ head }) => head.startsWith('env|')));
  return sections.flatMap((section) => reduceSection(section, env)).join('');
}

const known = /^(end|(dir|none|gone|file|env)\|.*)$/;
const largest = 262_144;

function reduceSection(section: Section, env: Map<string, string> | null): string[] {
  const { head } = section;
  if (!known.test(head)) return ['odd\n'];
  if (!head.startsWith('file|')) return [`${head}\n`];
  const name = head.split('|')[1];
  const said = saidBy(section, env);
  return [
    `${head}\n`,
    `count|${name}|${said.length}\n`,
    ...said.map((each) => `said|${name}|${JSON.stringify(each)}\n`),
  ];
}

function saidBy(section: Section, env: Map<string, string> | null): Said[] {
  if (isTooLong(section)) return [unclear('it is too long')];
  if (!env) return [unclear('the .env file beside it is not understood')];
  if (env.has('COMPOSE_FILE')) return [unclear('COMPOSE_FILE in .env names the files')];
  return portsOf(section.content.join('\n'), env);
}

function unclear(what: string): Said {
  return { kind: 'unclear', line: 1, what };
}

/** Null: a line of it could set anything. */
function envOf(section: Section | undefined): Map<string, string> | null {
  if (!section) return new Map();
  const entries = parseDotenv(section.content);
  if (isTooLong(section) || entries.some(({ key }) => key === null)) return null;
  return new Map(entries.map(({ key, value }) => [key!, value]));
}

function isTooLong({ head }: Section): boolean {
  return !(Number(head.split('|')[2]) <= largest);
}
