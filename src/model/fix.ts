import { Type, type Static } from '@sinclair/typebox';

/** What a fix may cost if it goes wrong, mildest first: nothing, a service for a moment, the way in, the next boot. */
export const risks = ['safe', 'service', 'access', 'boot'] as const;
export type Risk = (typeof risks)[number];

const strict = { additionalProperties: false };
const path = Type.String({ pattern: '^/[A-Za-z0-9_.@+/-]+$', description: 'Absolute, without spaces' });
const mode = Type.String({ pattern: '^0[0-7]{3}$', examples: ['"0600"'] });
const owner = Type.String({ pattern: '^[a-z_][a-z0-9_-]*:[a-z_][a-z0-9_-]*$', examples: ['root:root'] });
const scalar = Type.Union([Type.String({ pattern: '^[^\\r\\n]+$' }), Type.Number()]);
const settings = (description: string) => Type.Record(Type.String(), scalar, { minProperties: 1, description });

/** What a fix can do, one key each. Every one says by itself what it touches, so a plan can show it and a rollback undo it. */
export const Steps = {
  sshd: settings("sshd_config(5) keywords, written to the managed drop-in, which sorts before a cloud image's"),
  sysctl: settings('Kernel parameters, live and for the next boot (/etc/sysctl.d/99-fleetclaw.conf)'),
  ini: Type.Object({ path, section: Type.String(), set: settings('Keys of that section') }, strict),
  json: Type.Object({ path, set: Type.Record(Type.String(), Type.Unknown(), { minProperties: 1 }) }, strict),
  apt: Type.Object({ path, set: settings('apt.conf(5) options with their values') }, strict),
  file: Type.Object({ path, content: Type.String(), mode, owner }, strict),
  mode: Type.Object({ path, mode, owner }, strict),
  docker_user: Type.Object(
    { external: Type.Array(Type.String({ pattern: '^[a-z0-9][a-z0-9._-]*$' })) },
    {
      ...strict,
      description: 'Drops what comes from the internet, now and before Docker starts; empty: by the default routes',
    },
  ),
  ufw: Type.Object(
    {
      allow: Type.Optional(Type.Array(Type.String({ pattern: '^[0-9]{1,5}(/(tcp|udp))?$' }), { minItems: 1 })),
      default: Type.Optional(
        Type.Record(
          Type.String({ pattern: '^(incoming|outgoing|routed)$' }),
          Type.Union([Type.Literal('deny'), Type.Literal('allow')]),
          {
            minProperties: 1,
          },
        ),
      ),
      enabled: Type.Optional(Type.Literal(true)),
    },
    { ...strict, minProperties: 1, description: 'Allows come first, then defaults, then UFW itself; never a reset' },
  ),
  unit: Type.Object(
    {
      name: Type.String({ pattern: '^[A-Za-z0-9_.@-]+\\.(service|socket|timer)$' }),
      enabled: Type.Optional(Type.Literal(true)),
      started: Type.Optional(Type.Literal(true)),
    },
    strict,
  ),
} as const;
export type Step = { [Kind in keyof typeof Steps]: Record<Kind, Static<(typeof Steps)[Kind]>> }[keyof typeof Steps];

/** How a control is mended: by hand, and where `steps` say so by fleet-audit itself. */
export interface Fix {
  manual: string;
  automatic: Automatic | null;
}

export interface Automatic {
  risk: Risk;
  /** Ids of controls that must hold, or be mended, before. */
  requires: string[];
  steps: Step[];
  /** What a person should know before saying yes. */
  danger: string | null;
}
