import type { Observation } from '../../model/observation.ts';
import type { ConfigLine } from './config.ts';
import { originOf } from './origin.ts';
import { effectiveProbe } from './probes.ts';
import type { Login, Seen } from './seen.ts';
import { unknown } from './values.ts';

/** Where sshd would listen, one observation for each port: `-T` has every address with its port, and no login changes it. */
export function readPorts(seen: Seen, config: ConfigLine[]): Observation[] {
  return [...seen.readings.keys()].flatMap((options) => {
    const login = seen.logins.find((each) => each.options === options && each.code === 0);
    return login ? portsOf(login, seen, config) : [unknown('Port', 'sshd could not be asked')];
  });
}

function portsOf(login: Login, seen: Seen, config: ConfigLine[]): Observation[] {
  const { where, note } = originOf('Port', login, seen, config);
  const about = {
    fact: 'Port',
    label: 'Port',
    probe: effectiveProbe.name,
    ...(where && { where }),
    ...(note && { note }),
  };
  const ports = (login.values.get('listenaddress') ?? ['']).map((each) => /:(\d+)( rdomain .*)?$/.exec(each)?.[1]);
  return [...new Set(ports)].map((port): Observation =>
    port === undefined
      ? unknown('Port', 'sshd -T did not say where it listens')
      : { ...about, state: 'value', value: Number(port) },
  );
}
