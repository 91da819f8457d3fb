import { Type, type Static } from '@sinclair/typebox';
import { HostError, nullable, oneOf, Platform, Tool } from './evidence.ts';
import { risks } from './fix.ts';
import { fixStatuses } from './fix-plan.ts';
import { severities } from './severity.ts';
import { statuses } from './status.ts';

const strict = { additionalProperties: false };

/** One observation about one control: what was seen, what was wanted, where it comes from. */
export const Finding = Type.Object(
  {
    level: oneOf(['pass', 'fail', 'error', 'info'], 'info changes nothing'),
    code: Type.String({ description: 'not-equal, absent, denied, timed-out, …: for scripts; words are in `message`' }),
    message: Type.String({ description: 'A whole sentence for a person' }),
    expected: Type.Optional(Type.Unknown()),
    actual: Type.Optional(Type.Unknown()),
    where: Type.Optional(Type.String({ description: 'File and line, or command, that decides' })),
    probe: Type.Optional(Type.String({ description: 'Name of the probe in the evidence' })),
  },
  strict,
);
export type Finding = Static<typeof Finding>;

export const WaiverNote = Type.Object(
  {
    reason: Type.String(),
    owner: Type.String(),
    expires: Type.String(),
    state: oneOf(['live', 'expired', 'stale'], 'stale: the control passes, the waiver can go'),
    status: oneOf(statuses, 'The real status under the waiver'),
  },
  strict,
);
export type WaiverNote = Static<typeof WaiverNote>;

export const ControlResult = Type.Object(
  {
    id: Type.String(),
    title: Type.String(),
    severity: oneOf(severities),
    section: Type.String(),
    tags: Type.Array(Type.String()),
    references: Type.Array(Type.String()),
    status: oneOf(statuses),
    reason: nullable(Type.String({ description: 'Why it was skipped, in words' })),
    waiver: nullable(WaiverNote),
    durationMs: Type.Integer({ minimum: 0, description: 'Time its probes took on the host' }),
    source: Type.Object({ file: Type.String(), line: Type.Integer() }, strict),
    findings: Type.Array(Finding),
    fix: Type.Object(
      {
        available: Type.Boolean({ description: 'Can be applied by fleet-audit' }),
        manual: nullable(Type.String({ description: 'What a person should do' })),
        risk: nullable(oneOf(risks)),
        status: nullable(oneOf(fixStatuses, 'What became of it under --fix; null: nothing was tried')),
        reason: nullable(Type.String({ description: 'Why it stays as it is, or was undone' })),
        before: nullable(Type.String({ description: 'Status and findings before --fix' })),
        after: nullable(Type.String({ description: 'The same afterwards' })),
      },
      strict,
    ),
  },
  strict,
);
export type ControlResult = Static<typeof ControlResult>;

const count = Type.Integer({ minimum: 0 });
const counts = { pass: count, fail: count, error: count, skip: count, waived: count };
export const Summary = Type.Object(counts, strict);
export type Summary = Static<typeof Summary>;

/** One port of the host, seen from inside and from outside. */
export const Exposure = Type.Object(
  {
    family: oneOf(['ipv4', 'ipv6']),
    proto: oneOf(['tcp', 'udp']),
    port: Type.Integer({ minimum: 0, maximum: 65_535, description: "As the host's address shows it" }),
    listener: nullable(Type.String({ description: 'Program that listens; null: none is seen on the host' })),
    container: nullable(Type.String({ description: 'Container behind it' })),
    bound: nullable(Type.String({ description: 'Address; null: only seen from outside' })),
    stoppedBy: nullable(
      Type.String({ description: 'What keeps the internet from it: loopback, a chain of the packet filter' }),
    ),
    reachable: nullable(
      Type.Boolean({ description: 'From the internet, as the host itself shows; null: it could not be told' }),
    ),
    outside: nullable(
      oneOf(
        ['open', 'filtered', 'closed'],
        'As seen from outside; filtered also stands for "not open" where a scan tells no more; null: not looked at, or not told',
      ),
    ),
    agrees: nullable(
      Type.Boolean({ description: 'That inside and outside say the same; null: one of them says nothing' }),
    ),
  },
  strict,
);
export type Exposure = Static<typeof Exposure>;

export const HostResult = Type.Object(
  {
    name: Type.String(),
    target: Type.String(),
    platform: nullable(Platform),
    reachable: Type.Boolean(),
    error: nullable(HostError),
    logins: Type.Integer({ minimum: 0 }),
    execs: Type.Integer({ minimum: 0 }),
    collectedAt: Type.String(),
    controls: Type.Array(ControlResult),
    exposure: Type.Array(Exposure, { description: 'What could be reached, port by port, and where it is stopped' }),
    summary: Summary,
  },
  strict,
);
export type HostResult = Static<typeof HostResult>;

/** The whole report: the source of truth that every reporter renders. */
export const Report = Type.Object(
  {
    schemaVersion: Type.Literal(1),
    tool: Tool,
    startedAt: Type.String({ description: 'UTC, ISO 8601' }),
    durationMs: Type.Integer({ minimum: 0 }),
    profile: Type.Object(
      {
        id: Type.String(),
        title: Type.String(),
        digest: Type.String(),
        sections: Type.Record(Type.String(), Type.String(), { description: "What the guide's sections are called" }),
      },
      strict,
    ),
    failOn: oneOf(severities),
    warnings: Type.Array(Type.String()),
    hosts: Type.Array(HostResult, { minItems: 1 }),
    summary: Type.Object({ ...counts, hosts: count, unreachable: count }, strict),
    exitCode: Type.Integer({
      description:
        '0 all hold, 1 a control fails, 3 not everything could be told, 4 a fix was undone, 5 one could not be undone',
    }),
  },
  { ...strict, title: 'fleet-audit report' },
);
export type Report = Static<typeof Report>;
