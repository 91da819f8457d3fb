import { Type, type Static } from '@sinclair/typebox';
import { oneOf } from '../../model/evidence.ts';
import { severities } from '../../model/severity.ts';

const strict = { additionalProperties: false };
const id = Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$', examples: ['ovh-vps3'] });

/** A value that an input can have. */
export const InputValue = Type.Unsafe<string | number | boolean | string[]>({
  type: ['string', 'number', 'boolean', 'array'],
  items: { type: 'string' },
});
export type InputValue = Static<typeof InputValue>;

export const InputDefinition = Type.Object(
  {
    type: oneOf(['string', 'number', 'boolean', 'list']),
    description: Type.String({ minLength: 1 }),
    default: Type.Optional(InputValue),
    secret: Type.Optional(
      Type.Literal(true, {
        description:
          'The value only says where the secret is: env:NAME, file:PATH or, on the audited host, host-file:/PATH#KEY',
      }),
    ),
  },
  strict,
);
export type InputDefinition = Static<typeof InputDefinition>;

const Selection = Type.Object(
  {
    id: Type.String({ minLength: 1, description: 'A control id or a glob' }),
    severity: Type.Optional(oneOf(severities)),
    inputs: Type.Optional(Type.Record(Type.String(), InputValue)),
    leave_out: Type.Optional(
      Type.String({ minLength: 1, description: 'Why it does not apply; shown in every report' }),
    ),
  },
  strict,
);
export type Selection = Static<typeof Selection>;

/** Which controls, with which inputs. */
export const Profile = Type.Object(
  {
    id,
    title: Type.String({ minLength: 1 }),
    extends: Type.Optional(Type.String({ description: 'A profile this one adds to and overrides' })),
    inputs: Type.Optional(Type.Record(Type.String({ pattern: '^[a-z][a-z0-9_]*$' }), InputDefinition)),
    sections: Type.Optional(
      Type.Record(Type.String(), Type.String(), { description: "What the guide's sections are called, by number" }),
    ),
    set: Type.Optional(
      Type.Record(Type.String(), InputValue, { description: 'Values for inputs that an extended profile declares' }),
    ),
    keep_access: Type.Optional(
      Type.Unsafe<string | string[]>({
        type: ['string', 'array'],
        items: { type: 'string' },
        description:
          'Accounts that no fix may shut out of SSH where it lets them in now: a list, or an input that is one',
      }),
    ),
    controls: Type.Optional(
      Type.Array(Type.Unsafe<string | Selection>({ type: ['string', 'object'], minLength: 1, ...rest(Selection) }), {
        minItems: 1,
      }),
    ),
  },
  { ...strict, title: 'fleet-audit profile' },
);
export type Profile = Static<typeof Profile>;

/** The object part of a schema, to be offered beside a plain string. */
function rest(schema: typeof Selection): object {
  const { properties, required, additionalProperties } = schema;
  return { properties, required, additionalProperties };
}
