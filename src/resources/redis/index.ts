import { defineResource } from '../resource.ts';
import { facts } from './facts.ts';
import { options } from './options.ts';
import { redisProbe } from './probes.ts';
import { readRedis } from './read.ts';

export default defineResource({
  type: 'redis',
  summary:
    'Redis in a container: who may do what, asked of the server itself, and the file that it has its users from.',
  select: options,
  facts,
  example:
    "{ container: fleetclaw-redis, admin_user: admin, password: '${redis_admin_password}', env_file: /srv/.env, pairs: [], unauthenticated: refused }",
  probes: (chosen) => [redisProbe(chosen)],
  read: readRedis,
});
