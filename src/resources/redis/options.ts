import { Type, type Static } from '@sinclair/typebox';

export const options = Type.Object({
  container: Type.String({
    pattern: '^[a-zA-Z0-9][a-zA-Z0-9_.-]*$',
    description: 'Name of the container that runs Redis',
  }),
  admin_user: Type.String({ pattern: '^[A-Za-z0-9_.-]+$', description: 'Redis user that may ask for ACLs' }),
  password: Type.String({
    pattern: '^(host-file:/[^#\\n]*#[A-Za-z_][A-Za-z0-9_]*|secret:[a-z][a-z0-9_]*)$',
    description: 'Where its password is: a secret input, by default a key of a file on the host',
  }),
  env_file: Type.String({
    pattern: '^/[^\\n]*$',
    description: 'The .env file on the host, where REDIS_PASSWORD_EX_001 is the password of user ex_001',
  }),
  pairs: Type.Array(Type.String({ pattern: '^[A-Za-z0-9_.-]+( [A-Za-z0-9_.-]+){2}$' }), {
    description:
      'More pairs to try, "user own other", as in "ex_001 EX-001 DZ-001". Every container with the label fleetclaw.asset_id is tried on the next one by itself',
  }),
  trusted: Type.Optional(
    Type.Array(Type.String(), {
      description: 'Accounts that may own directories on the way to the ACL file. Default: root',
    }),
  ),
});
export type RedisOptions = Static<typeof options>;
