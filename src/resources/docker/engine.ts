import { one, type Said } from '../said.ts';
import { flag, list, parseRecord, record, text } from './shape.ts';

/** What the daemon says of itself. */
export interface Engine {
  version: string;
  platform: string;
  loggingDriver: string;
  liveRestore: boolean;
  securityOptions: string[];
  swarm: string;
  /** iptables, iptables+firewalld, nftables; null from engines before 28.1, which do not say. */
  firewall: string | null;
  dataRoot: string;
}

/** A client before 28.1 ends well without a daemon's answer, so only an answer with a version is one. */
export function readEngine(seen: Said<string>): Engine {
  const info = parseRecord(text(one(seen['info']!)));
  const version = parseRecord(text(one(seen['version']!)));
  return {
    version: nonEmpty(info['ServerVersion']),
    platform: text(record(version['Platform'])['Name']),
    loggingDriver: nonEmpty(info['LoggingDriver']),
    liveRestore: flag(info['LiveRestoreEnabled']),
    securityOptions: list(info['SecurityOptions'] ?? null, text),
    swarm: nonEmpty(record(info['Swarm'])['LocalNodeState']),
    firewall:
      'FirewallBackend' in info && info['FirewallBackend'] !== null
        ? text(record(info['FirewallBackend'])['Driver'])
        : null,
    dataRoot: nonEmpty(info['DockerRootDir']),
  };
}

function nonEmpty(of: unknown): string {
  if (text(of) === '') throw new TypeError('empty');
  return of as string;
}
