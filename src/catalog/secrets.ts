import type { Inputs } from './inputs.ts';
import type { InputDefinition, InputValue } from './schemas/profile.ts';

/** `env:NAME`, `file:PATH` (both here) or `host-file:/PATH#KEY` (a line KEY=… of a file on the audited host). */
const source = /^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+|host-file:\/[^#]*#[A-Za-z_][A-Za-z0-9_]*)$/;

/** True for a text that says where a secret is found. */
export function isSecretSource(value: unknown): value is string {
  return typeof value === 'string' && source.test(value);
}

/**
 * Controls see where a secret comes from, never what it is: one that is found here becomes `secret:NAME`, which the
 * resource reads as the shell variable `FA_SECRET_NAME`; one that lies on the host stays `host-file:/PATH#KEY`.
 * So neither a probe's text nor a digest holds it.
 */
export function hideSecrets(definitions: Record<string, InputDefinition>, values: Inputs): Inputs {
  const hide = (name: string, value: InputValue) =>
    definitions[name]?.secret && !String(value).startsWith('host-file:') ? `secret:${name}` : value;
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, hide(name, value)]));
}

/** The secrets that have to be found on this machine: name of the input → `env:NAME` or `file:PATH`. */
export function secretsHere(definitions: Record<string, InputDefinition>, values: Inputs): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([name, value]) => definitions[name]?.secret && !String(value).startsWith('host-file:'))
      .map(([name, value]) => [name, String(value)]),
  );
}
