import { Type, type Static } from '@sinclair/typebox';
import { oneOf } from '../../model/evidence.ts';

const strict = { additionalProperties: false };

/** A change to recorded evidence: what the host would have answered instead. */
export const Change = Type.Object(
  {
    probe: Type.String({ minLength: 1, description: 'Name of the probe in the evidence' }),
    replace: Type.Optional(
      Type.Record(Type.String(), Type.String(), {
        description: 'Text in stdout and what stands there instead; text that is not found is an error',
      }),
    ),
    stdout: Type.Optional(Type.String({ description: 'The whole of stdout' })),
    stderr: Type.Optional(Type.String()),
    code: Type.Optional(Type.Integer()),
    outcome: Type.Optional(oneOf(['exited', 'timed-out', 'truncated', 'lost', 'denied', 'no-vantage'])),
  },
  strict,
);
export type Change = Static<typeof Change>;

export const Case = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    from: Type.String({ minLength: 1, description: 'A recorded host in test/hosts/' }),
    change: Type.Optional(Type.Array(Change, { minItems: 1 })),
    expect: oneOf(['pass', 'fail', 'error', 'skip']),
    says: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })),
  },
  strict,
);
export type Case = Static<typeof Case>;

const releases = Type.Array(oneOf(['debian12', 'debian13']), { minItems: 1 });
const shell = Type.String({ minLength: 1, description: 'POSIX sh, run as root on a hardened lab host' });

export const Violation = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    do: shell,
    says: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })),
    also: Type.Optional(Type.Array(Type.String(), { description: 'Other controls that may turn red with it' })),
    unmended: Type.Optional(
      Type.String({ minLength: 1, description: "Why the control's own fix cannot mend it, in words of the report" }),
    ),
    on: Type.Optional(releases),
  },
  strict,
);
export type Violation = Static<typeof Violation>;

export const Equivalent = Type.Object(
  {
    name: Type.String({ minLength: 1 }),
    do: shell,
    also: Type.Optional(Type.Array(Type.String(), { description: 'Other controls that may not take it for good' })),
    on: Type.Optional(releases),
  },
  strict,
);

/** The proof of a control: evidence it must judge so, ways to break it, other ways to be good. */
export const Cases = Type.Object(
  {
    cases: Type.Array(Case, { minItems: 3 }),
    violations: Type.Optional(Type.Array(Violation, { minItems: 1 })),
    unprovable: Type.Optional(Type.String({ minLength: 1, description: 'Why no lab host can be made to violate it' })),
    equivalents: Type.Optional(Type.Array(Equivalent, { minItems: 1 })),
  },
  { ...strict, title: 'fleet-audit cases' },
);
export type Cases = Static<typeof Cases>;
