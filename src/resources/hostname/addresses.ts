import type { Observation } from '../../model/observation.ts';
import { isLoopback } from '../address.ts';
import { unknownFacts } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { observe, one, said, unknown, value, type Told } from '../said.ts';
import { resolveProbe } from './probes.ts';

const facts = ['addresses', 'loopback'];

/** What the current name resolves to, asked on the host itself. */
export function readAddresses(answers: Answers): Observation[] {
  const answer = said(answers, resolveProbe.name, ['name', 'code', 'address', 'line']);
  const plain = (fact: string) => (fact === 'addresses' ? 'addresses of the host name' : 'host name');
  if (!answer.ok) return unknownFacts(facts, plain, resolveProbe.name, answer);
  const { name, code, address, line } = answer.said;
  const label = (fact: string) => (fact === 'addresses' ? `addresses of ${one(name)}` : `${one(name)}`);
  const told = tell(one(name), one(code), address, line[0]);
  return observe(resolveProbe.name, one(name) ? label : plain, told);
}

/** getent(1): 2 means that nothing was found. */
function tell(name: string | null, code: string | null, addresses: string[], where?: string): Record<string, Told> {
  const known = (code === '0' && addresses.length > 0) || (code === '2' && addresses.length === 0);
  if (!name || !known || !addresses.every((each) => /^[0-9a-fA-F.:%\w]+$/.test(each))) {
    const why = unknown(`getent ahosts ended with code ${code}`);
    return { addresses: why, loopback: why };
  }
  const note = addresses.length ? addresses.join(', ') : 'it does not resolve at all';
  const loopback = addresses.length > 0 && addresses.every((each) => isLoopback(each) === true);
  return { addresses: value(addresses, undefined, where), loopback: value(loopback, note, where) };
}
