import type { Observation } from '../../model/observation.ts';
import { unknownFacts } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { readAclFile } from './acl-file.ts';
import { readAgents } from './agents.ts';
import { readAssets } from './assets.ts';
import { facts } from './facts.ts';
import { readIsolation } from './isolation.ts';
import type { RedisOptions } from './options.ts';
import { readPasswords } from './passwords.ts';
import { redisProbe } from './probes.ts';
import { look } from './seen.ts';
import { readServer } from './server.ts';

/** What the answer says. */
export function readRedis(options: RedisOptions, answers: Answers): Observation[] {
  const probe = redisProbe(options).name;
  const seen = look(answers, probe);
  if ('ok' in seen) return unknownFacts(Object.keys(facts), (fact) => `${fact} of ${options.container}`, probe, seen);
  return [
    ...readServer(options, probe, seen),
    ...readAssets(options, probe, seen),
    ...readIsolation(options, probe, seen),
    ...readPasswords(options, probe, seen),
    ...readAgents(probe, seen),
    ...readAclFile(options, options.trusted ?? ['root'], probe, seen),
  ];
}
