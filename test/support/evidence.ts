import { digestOfProbe } from '../../src/evidence/index.ts';
import type { Answer, Evidence } from '../../src/model/evidence.ts';

/** Evidence of a host that answered each `thing` so. */
export function evidenceOf(answers: Record<string, string | Partial<Answer>>, more: Partial<Evidence> = {}): Evidence {
  const probes = Object.entries(answers).map(([name, given]) => [`thing:${name}`, answerOf(name, given)]);
  return {
    schemaVersion: 1,
    tool: { name: 'fleet-audit', version: '0.0.0' },
    host: { name: 'vps3', target: 'ssh://vps3' },
    collectedAt: '2026-11-23T10:00:00.000Z',
    hostClock: null,
    profileDigest: '',
    platform: null,
    logins: 1,
    execs: 1,
    error: null,
    probes: Object.fromEntries(probes) as Evidence['probes'],
    ...more,
  };
}

function answerOf(name: string, given: string | Partial<Answer>): Answer {
  const digest = digestOfProbe({ kind: 'host', name: `thing:${name}`, run: `echo ${name}` });
  const plain = { digest, outcome: 'exited' as const, code: 0, stdout: '', stderr: '', truncated: false, ms: 2 };
  return typeof given === 'string' ? { ...plain, stdout: `${given}\n` } : { ...plain, ...given };
}
