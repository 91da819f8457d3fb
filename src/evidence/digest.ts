import { createHash } from 'node:crypto';
import type { Probe } from '../model/probe.ts';

/** What a probe asks, as a digest: equal digests are one question, whatever it is called. */
export function digestOfProbe(probe: Probe): string {
  if (probe.kind === 'login') return digestOf(['login', probe.name]);
  if (probe.kind === 'outside') {
    const { name, family, protocol, ports, again, knownPort, address, nearby } = probe;
    return digestOf(['outside', name, family, protocol, ports, again, knownPort, address, nearby]);
  }
  const { run, timeoutSeconds, maxBytes, reduce } = probe;
  return digestOf(['host', run, timeoutSeconds ?? null, maxBytes ?? null, reduce !== undefined]);
}

/** `sha256:` of the JSON form of a value. */
export function digestOf(value: unknown): string {
  return `sha256:${createHash('sha256').update(JSON.stringify(value)).digest('hex')}`;
}
