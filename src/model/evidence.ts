import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { hostErrorCodes } from './status.ts';

const strict = { additionalProperties: false };
export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
export const oneOf = <const T extends string>(words: readonly T[], description?: string) =>
  Type.Unsafe<T>({ type: 'string', enum: [...words], ...(description && { description }) });

/** What came back for one probe, as it came; what it *means* is for the resource's parser to say. */
export const Answer = Type.Object(
  {
    digest: Type.String({ description: 'Digest of the question, to notice that evidence and plan differ' }),
    outcome: oneOf(
      ['exited', 'timed-out', 'truncated', 'lost', 'denied', 'no-vantage'],
      'exited: ran to its end; timed-out: killed at its limit; truncated: more output than allowed; lost: no answer came back; denied: not asked, for want of root; no-vantage: can only be asked from outside',
    ),
    code: nullable(Type.Integer({ description: 'Exit code, when it exited' })),
    stdout: Type.String(),
    stderr: Type.String(),
    truncated: Type.Boolean({ description: 'More output than allowed: what is here is only its beginning' }),
    ms: Type.Integer({ minimum: 0, description: 'How long it took on the host, milliseconds' }),
  },
  strict,
);
export type Answer = Static<typeof Answer>;

/** Why the host as a whole gave no (or not all) evidence. */
export const HostError = Type.Object(
  {
    code: oneOf(hostErrorCodes),
    message: Type.String({ description: 'What went wrong, and where' }),
    hint: Type.String({ description: 'What to do next' }),
  },
  strict,
);
export type HostError = Static<typeof HostError>;

export const Tool = Type.Object({ name: Type.Literal('fleet-audit'), version: Type.String() }, strict);

export const Platform = Type.Object(
  { os: Type.String({ description: 'ID of /etc/os-release' }), version: Type.String({ description: 'VERSION_ID' }) },
  strict,
);
export type Platform = Static<typeof Platform>;

/** A host's name becomes a file's name, so it is no path. */
const HostName = Type.String({ pattern: '^[^/.\\u0000-\\u001f][^/\\u0000-\\u001f]*$' });
const Instant = (description: string) =>
  Type.String({ description, pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?Z$' });

/** One host's evidence: the only thing that judging sees. */
export const Evidence = Type.Object(
  {
    schemaVersion: Type.Literal(1),
    tool: Tool,
    host: Type.Object({ name: HostName, target: Type.String() }, strict),
    collectedAt: Instant('UTC, ISO 8601, the clock of the machine that collected'),
    hostClock: nullable(Instant("UTC, ISO 8601, the host's own clock at collection")),
    profileDigest: Type.String(),
    platform: nullable(Platform),
    logins: Type.Integer({ minimum: 0, description: 'Authenticated logins that collection made' }),
    execs: Type.Integer({ minimum: 0, description: 'Remote commands that collection started' }),
    error: nullable(HostError),
    probes: Type.Record(Type.String(), Answer),
  },
  { ...strict, title: 'fleet-audit evidence' },
);
export type Evidence = Static<typeof Evidence>;
