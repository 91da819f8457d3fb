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
const port = Type.String({ pattern: '^[0-9]{1,5}(/(tcp|udp))?$' });
const ports = Type.Array(Type.String({ pattern: '^[0-9]{1,5}(-[0-9]{1,5})?$' }), { minItems: 1 });
const line = Type.String({ pattern: '^[^\\r\\n]+$' });
const unit = Type.String({ pattern: '^[A-Za-z0-9_.@-]+\\.(service|socket|timer)$' });
const packageName = Type.String({ pattern: '^[a-z0-9][a-z0-9.+-]+$' });

/** What a fix can do, one key each. Every one says by itself what it touches, so a plan can show it and a rollback undo it. */
export const Steps = {
  sshd: Type.Record(Type.String(), Type.Union([scalar, Type.Array(line, { minItems: 1 })]), {
    minProperties: 1,
    description: "sshd_config(5) keywords, written to the managed drop-in, which sorts before a cloud image's",
  }),
  sysctl: settings('Kernel parameters, live and for the next boot (/etc/sysctl.d/99-fleetclaw.conf)'),
  ini: Type.Object({ path, section: Type.String(), set: settings('Keys of that section') }, strict),
  json: Type.Object({ path, set: Type.Record(Type.String(), Type.Unknown(), { minProperties: 1 }) }, strict),
  apt: Type.Object(
    {
      path,
      set: Type.Optional(settings('apt.conf(5) options with their values')),
      add: Type.Optional(
        Type.Record(Type.String(), Type.Array(line, { minItems: 1 }), { description: 'Values that lists get besides' }),
      ),
    },
    { ...strict, minProperties: 2 },
  ),
  file: Type.Object({ path, content: Type.String(), mode, owner }, strict),
  line: Type.Object({ path, line }, { ...strict, description: 'A line that a file gets at its end, unless it has it' }),
  mode: Type.Object(
    {
      path: Type.String({ pattern: '^/[A-Za-z0-9_.@+*/-]+$', description: 'Absolute; * stands for any name' }),
      mode: Type.Optional(mode),
      without: Type.Optional(Type.String({ pattern: '^0[0-7]{3}$', description: 'Bits that are taken away' })),
      owner: Type.Optional(owner),
    },
    { ...strict, minProperties: 2, description: 'Mode and owner of what is there, whatever it holds' },
  ),
  package: Type.Array(packageName, { minItems: 1, description: 'Installs those that are missing, and nothing else' }),
  run: Type.Object(
    {
      says: Type.String({ description: 'What it changes, for the plan' }),
      do: Type.String({ description: 'For sh, as root; must be the same when done twice' }),
      undo: Type.Optional(
        Type.String({ description: 'What brings back the rest, once the files are back; also at a reboot' }),
      ),
      touches: Type.Array(path, { description: 'Every file, link and directory that it changes: they are kept' }),
    },
    { ...strict, description: 'The last resort' },
  ),
  docker_user: Type.Object(
    { external: Type.Array(Type.String({ pattern: '^[a-z0-9][a-z0-9._-]*$' })) },
    {
      ...strict,
      description: 'Drops what comes from the internet, now and before Docker starts; empty: by the default routes',
    },
  ),
  ufw: Type.Object(
    {
      allow: Type.Optional(Type.Array(port, { minItems: 1 })),
      only: Type.Optional(
        Type.Object({ tcp: ports, udp: ports }, { ...strict, description: 'Rules for other ports are deleted' }),
      ),
      ipv6: Type.Optional(Type.Literal(true)),
      logging: Type.Optional(Type.Literal('low')),
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
      name: unit,
      or: Type.Optional(unit),
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
