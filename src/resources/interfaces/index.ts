import { Type } from '@sinclair/typebox';
import { unknownFacts } from '../answer.ts';
import { defineResource } from '../resource.ts';
import { observe, value } from '../said.ts';
import { externalOf, readInterfaces } from './parse.ts';
import { interfacesProbe } from './probe.ts';

export default defineResource({
  type: 'interfaces',
  summary: 'The network interfaces of the host, and which of them face the internet.',
  select: Type.Object({
    external: Type.Optional(
      Type.Array(Type.String(), { description: 'Those that face the internet; found when empty' }),
    ),
  }),
  facts: {
    names: { kind: 'words', description: 'All of them' },
    facing_out: { kind: 'words', description: 'Those that face the internet' },
  },
  example: '{ facing_out: { includes: ens3 } }',
  probes: () => [interfacesProbe],
  read({ external = [] }, answers) {
    const probe = interfacesProbe.name;
    const label = (fact: string) => (fact === 'names' ? 'the interfaces' : 'what faces the internet');
    const seen = readInterfaces(answers);
    if (!seen.ok) return unknownFacts(['names', 'facing_out'], label, probe, seen);
    return observe(probe, label, {
      names: value(seen.interfaces.map((each) => each.name)),
      facing_out: value(externalOf(seen.interfaces, external)),
    });
  },
});
