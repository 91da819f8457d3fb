/** `npm run new:resource -- <type>`: a folder that works at once and tells what to fill in. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';

const type = process.argv[2] ?? '';
const folder = `src/resources/${type}`;
if (!/^[a-z][a-z0-9_]*$/.test(type)) fail('usage: npm run new:resource -- <type>   (small letters, digits, _)');
if (existsSync(folder)) fail(`${folder} is there already`);

mkdirSync(folder, { recursive: true });
write('index.ts', indexSource(type));
write(`${type}.test.ts`, testSource(type));
write('README.md', readme(type));
console.log(
  `Now: fill them in (TODO says where, and \`npx fleet-audit check\` what is left), then \`npm run generate\`. docs/add-a-resource.md walks through it.`,
);

function write(name: string, text: string): void {
  writeFileSync(`${folder}/${name}`, text);
  console.log(`written: ${folder}/${name}`);
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}

function indexSource(name: string): string {
  return `import { Type } from '@sinclair/typebox';
import { quote } from '../../model/quote.ts';
import { unknownFacts } from '../answer.ts';
import { defineResource } from '../resource.ts';
import { absent, observe, one, said, unknown, value, type Said, type Told } from '../said.ts';

/** TODO: one thing on a host: what to look at (select), what can be expected (facts). */
export default defineResource({
  type: '${name}',
  summary: 'TODO: one sentence for docs and editors.',
  select: Type.Object({ path: Type.String({ minLength: 1, description: 'Which file' }) }),
  facts: { lines: { kind: 'number', description: 'How many lines it has' } },
  example: '{ path: /etc/hosts, lines: { at_least: 1 } }',
  probes: ({ path }) => [{ kind: 'host', name: probeName(path), run: snippet(quote(path)) }],
  read: ({ path }, answers) => {
    const probe = probeName(path);
    const label = (fact: string) => \`\${fact} of \${path}\`;
    const answer = said(answers, probe, ['lines', 'none']);
    if (!answer.ok) return unknownFacts(['lines'], label, probe, answer);
    return observe(probe, label, { lines: tell(path, answer.said) });
  },
});

function probeName(path: string): string {
  return \`${name}:\${path}\`;
}

/** Prints \`lines|12\`, or \`none|\` where there is no such file; the last line proves that nothing was cut off. */
function snippet(file: string): string {
  return \`if [ -e \${file} ] || [ -L \${file} ]; then echo "lines|$(wc -l < \${file})"; else echo 'none|'; fi
echo end\`;
}

/** Only a number is a value, and only the one line that says so an absence. */
function tell(path: string, { lines, none }: Said<'lines' | 'none'>): Told {
  if (none.length === 1 && lines.length === 0) return absent(\`there is no \${path}\`);
  const count = none.length === 0 ? one(lines) : null;
  if (count === null || !/^\\d+$/.test(count)) return unknown(\`the lines of \${path} were not counted\`);
  return value(Number(count), undefined, path);
}
`;
}

function testSource(name: string): string {
  return `import { describe, expect, it } from 'vitest';
import { expectNothingFromPieces, look, told } from '../../../test/support/look.ts';
import resource from './index.ts';

// TODO: real answers, odd ones, and what must not be told from them.
const options = { path: '/etc/hosts' };
const good = 'lines|12\\nend\\n';

describe('${name}', () => {
  it('reads a host as it should be', () => {
    expect(told(look(resource, options, good))).toEqual({ lines: 12 });
  });

  it('tells nothing from pieces', () => expectNothingFromPieces(resource, options, good));

  it('knows that there is none', () => {
    expect(told(look(resource, options, 'none|\\nend\\n'))).toEqual({ lines: 'absent' });
  });

  it.each(['lines|', 'lines|many', 'lines|1\\nlines|2', 'none|\\nlines|1', ''])('tells nothing from %j', (lines) => {
    expect(told(look(resource, options, \`\${lines}\\nend\\n\`)).lines).toBe('unknown');
  });
});
`;
}

function readme(name: string): string {
  return `# ${name}

TODO: what it reads and with which commands, why that is the truth, where the rules come from, and what it cannot see.
`;
}
