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
console.log(`Now: fill them in, then \`npm run generate\`. docs/add-a-resource.md walks through it.`);

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
import { readable, unknownFacts } from '../answer.ts';
import { quote } from '../../model/quote.ts';
import { defineResource } from '../resource.ts';

const facts = {
  lines: { kind: 'number', description: 'How many lines it has' },
} as const;

/** Replace this by one thing on a host: what to look at (select), what can be expected (facts). */
export default defineResource({
  type: '${name}',
  summary: 'One sentence for docs and editors.',
  select: Type.Object({ path: Type.String({ minLength: 1, description: 'Which file' }) }),
  facts,
  example: '{ path: /etc/hosts, lines: { at_least: 1 } }',
  probes: ({ path }) => [{ kind: 'host', name: probeName(path), run: \`wc -l < \${quote(path)}\` }],
  read: ({ path }, answers) => {
    const probe = probeName(path);
    const label = \`lines of \${path}\`;
    const answer = readable(answers, probe);
    if (!answer.ok) return unknownFacts(['lines'], () => label, probe, answer);
    const count = /^\\s*(\\d+)\\s*$/.exec(answer.stdout)?.[1];
    if (answer.code !== 0 || count === undefined) {
      return unknownFacts(['lines'], () => label, probe, { code: 'unparsable', message: answer.stderr.trim() || 'wc did not print a number' });
    }
    return [{ fact: 'lines', label, probe, where: path, state: 'value', value: Number(count) }];
  },
});

function probeName(path: string): string {
  return \`${name}:\${path}\`;
}
`;
}

function testSource(name: string): string {
  return `import { expect, test } from 'vitest';
import type { Answer } from '../../model/evidence.ts';
import resource from './index.ts';

const answer = (change: Partial<Answer>): Answer => ({
  digest: '',
  outcome: 'exited',
  code: 0,
  stdout: '',
  stderr: '',
  truncated: false,
  ms: 1,
  ...change,
});
const read = (change: Partial<Answer>) => resource.read({ path: '/etc/hosts' }, { '${name}:/etc/hosts': answer(change) })[0]!;

test('a number is a value', () => {
  expect(read({ stdout: '12\\n' })).toMatchObject({ state: 'value', value: 12 });
});

test.each<[string, Partial<Answer>, string]>([
  ['no output', { stdout: '' }, 'unparsable'],
  ['an error', { code: 2, stderr: 'cannot open /etc/hosts: No such file' }, 'unparsable'],
  ['a hang', { outcome: 'timed-out', code: null }, 'timed-out'],
  ['no tool', { code: 127, stderr: 'wc: not found' }, 'tool-missing'],
])('%s is unknown, never a value', (_, change, code) => {
  expect(read(change)).toMatchObject({ state: 'unknown', code });
});
`;
}

function readme(name: string): string {
  return `# ${name}

What it reads and with which commands, why that is the truth, where the rules come from, and what it cannot see.
`;
}
