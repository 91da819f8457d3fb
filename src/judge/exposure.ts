import type { Evidence } from '../model/evidence.ts';
import type { Exposure } from '../model/report.ts';
import { parseContainers } from '../resources/docker/containers.ts';
import { parseListeners } from '../resources/listeners/parse.ts';
import { filterOf } from './exposure/filter.ts';
import { openingsOf, type Opening } from './exposure/openings.ts';
import { looksIn, stateOf, type Look } from './exposure/outside.ts';
import { reachOf, type Filter } from './exposure/reach.ts';
import { rulesIn } from './exposure/rules.ts';

/**
 * Every port that could be reached, as the host shows it and as it was seen from outside: what listens, for which container, where
 * it is stopped. Pure; a question that was not asked or not answered makes what depends on it unknown, never "not reachable".
 */
export function exposureOf({ probes }: Pick<Evidence, 'probes'>): Exposure[] {
  const [listeners, containers] = [parseListeners(probes), parseContainers(probes)];
  const openings = openingsOf({
    listeners: listeners.ok ? listeners.listeners : null,
    containers: containers.ok ? containers.containers : null,
  });
  return join(openings, filterOf(rulesIn(probes)), looksIn(probes), listeners.ok && containers.ok);
}

/** What inside and outside do not agree on, in words, for the report's warnings. */
export function disagreements(host: string, rows: Exposure[]): string[] {
  return rows
    .filter(({ agrees }) => agrees === false)
    .map(({ proto, port, family, outside, reachable, stoppedBy, listener }) => {
      const inside = reachable
        ? 'nothing on the host stops it'
        : stoppedBy
          ? `the host says that ${stoppedBy} stops it`
          : 'nothing on the host listens there';
      const hint =
        outside === 'open' ? 'the scan is right' : 'something before the host stops it, and may not for ever';
      return `${host}: ${proto} port ${port} (${family}${listener ? `, ${listener}` : ''}) is ${outside} from outside, but ${inside}: ${hint}`;
    });
}

function join(openings: Opening[], filter: Filter, looks: Look[], known: boolean): Exposure[] {
  const inside = openings.map((each) => {
    const { family, proto, port, listener, container, bound } = each;
    return { family, proto, port, listener, container, bound, ...reachOf(each, filter) };
  });
  const rows = inside.map((each) => {
    const outside = stateOf(looks, each.family, each.proto, each.port);
    return { ...each, outside, agrees: agree(each, outside, inside) };
  });
  return [...rows, ...looks.flatMap((look) => unexplained(look, inside, known))];
}

type Row = Omit<Exposure, 'outside' | 'agrees'>;

/** A scan sees the port, not the address: another socket on the same port may be what it saw. */
function agree(row: Row, outside: Exposure['outside'], all: Row[]): boolean | null {
  const same = all.filter(
    ({ family, proto, port }) => family === row.family && proto === row.proto && port === row.port,
  );
  const others = same.filter((each) => each !== row);
  if (outside === null || row.reachable === null) return null;
  if (row.reachable || outside !== 'open') return row.reachable === (outside === 'open');
  return others.some(({ reachable }) => reachable !== false) ? null : false;
}

/** Open from outside, and nothing on the host accounts for it: forwarding, another namespace, or another host that answers. */
function unexplained({ family, proto, open }: Look, inside: Row[], known: boolean): Exposure[] {
  const seen = inside.filter((each) => each.family === family && each.proto === proto);
  const beyond = open.filter((port) => !seen.some((each) => each.port === port));
  return beyond.map((port) => ({
    ...{ family, proto, port, listener: null, container: null, bound: null },
    ...{ stoppedBy: null, reachable: null, outside: 'open' as const, agrees: known ? false : null },
  }));
}
