import type { Unreadable } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { said } from '../said.ts';
import { readListing } from './listing.ts';
import { networksProbe } from './probes.ts';
import { attempt, flag, list, map, parseRecord, record, text, type Json } from './shape.ts';

export interface Network {
  id: string;
  name: string;
  driver: string;
  scope: string;
  ipv6: boolean;
  internal: boolean;
  options: Record<string, string>;
  subnets: string[];
  /** Running containers in it, by id. */
  containers: Record<string, { name: string; ipv4: string; ipv6: string }>;
}

export interface Networks {
  ok: true;
  networks: Network[];
}

/** All networks; a daemon that does not run, or does not answer, is not an empty list. */
export function parseNetworks(answers: Answers): Networks | Unreadable {
  const answer = said(answers, networksProbe.name, ['network', 'failed', 'state']);
  if (!answer.ok) return answer;
  const refused = readListing(networksProbe.name, answer.said);
  if (refused) return refused;
  const networks = attempt(() => answer.said.network.map((line) => readNetwork(parseRecord(line))));
  // Docker always has bridge, host and none.
  if (networks && networks.length > 0) return { ok: true, networks };
  return { ok: false, code: 'unparsable', message: 'docker network inspect printed something else than expected' };
}

function readNetwork(seen: Json): Network {
  return {
    id: text(seen['Id']),
    name: text(seen['Name']),
    driver: text(seen['Driver']),
    scope: text(seen['Scope']),
    ipv6: flag(seen['EnableIPv6']),
    internal: flag(seen['Internal']),
    options: map(seen['Options'], text),
    subnets: list(record(seen['IPAM'])['Config'], record).map((each) => text(each['Subnet'])),
    containers: map(seen['Containers'], readMember),
  };
}

function readMember(of: unknown): { name: string; ipv4: string; ipv6: string } {
  const { Name, IPv4Address, IPv6Address } = record(of);
  return { name: text(Name), ipv4: text(IPv4Address), ipv6: text(IPv6Address) };
}
