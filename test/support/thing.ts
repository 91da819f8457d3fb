import { Type } from '@sinclair/typebox';
import { readable, unknownFacts } from '../../src/resources/answer.ts';
import { defineResource } from '../../src/resources/resource.ts';

/** A resource as small as can be: a word and a list that a host prints. For tests of everything around resources. */
const thing = defineResource({
  type: 'thing',
  summary: 'A word that a host prints.',
  select: Type.Object({ name: Type.String({ minLength: 1, description: 'Which' }) }),
  facts: {
    word: { kind: 'text', description: 'What it prints' },
    number: { kind: 'number', description: 'As a number' },
    present: { kind: 'boolean', description: 'Whether it is there', says: ['is there', 'is not there'] },
    list: { kind: 'words', description: 'Its words' },
    never: { kind: 'text', description: 'A fact that no reading speaks of' },
  },
  example: '{ name: x, word: no }',
  probes: ({ name }) => [{ kind: 'host', name: `thing:${name}`, run: `echo ${name}` }],
  read: ({ name }, answers) => {
    const probe = `thing:${name}`;
    const answer = readable(answers, probe);
    const label = (fact: string) => `${fact} of ${name}`;
    if (!answer.ok) return unknownFacts(['word', 'number', 'present', 'list'], label, probe, answer);
    const text = answer.stdout.trim();
    if (text === 'none') {
      const gone = ['word', 'number', 'list'].map((fact) => ({
        fact,
        label: label(fact),
        probe,
        state: 'absent' as const,
        message: `${name} is not there`,
      }));
      return [...gone, { fact: 'present', label: name, probe, state: 'value', value: false }];
    }
    return [
      {
        fact: 'word',
        label: label('word'),
        probe,
        where: `/etc/${name}:1`,
        note: `set by /etc/${name}:1`,
        state: 'value',
        value: text,
      },
      { fact: 'number', label: label('number'), probe, state: 'value', value: Number(text) },
      { fact: 'present', label: name, probe, state: 'value', value: true },
      { fact: 'list', label: label('list'), probe, state: 'value', value: text.split(' ').filter(Boolean) },
    ];
  },
});

export const resources = { thing };
