import type { Options } from 'ajv';

/**
 * How our schemas are compiled, at run time and ahead. They are proven against the meta-schema by the tests, so that is
 * not loaded; `verbose` gives errors the schema that they break, for suggestions.
 */
export const ajvOptions: Options = {
  strict: true,
  strictTypes: false,
  strictRequired: false,
  allowUnionTypes: true,
  allErrors: true,
  verbose: true,
  validateSchema: false,
  meta: false,
  inlineRefs: false,
};
