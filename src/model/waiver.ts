import { Type, type Static } from '@sinclair/typebox';

/** Accepted risks: each names what, where, why, who, and until when. */
export const Waivers = Type.Array(
  Type.Object(
    {
      control: Type.String({ minLength: 1, description: 'A control id or a glob' }),
      host: Type.String({ minLength: 1, description: 'A host name or a glob' }),
      reason: Type.String({ minLength: 1 }),
      owner: Type.String({ minLength: 1 }),
      expires: Type.String({
        pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$',
        examples: ['2027-01-31'],
      }),
    },
    { additionalProperties: false },
  ),
  { title: 'fleet-audit waivers' },
);
export type Waiver = Static<typeof Waivers>[number];
