import type { Observation } from '../../model/observation.ts';
import { unknownFacts } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { absent, observe, one, said, unknown, value, type Said, type Told } from '../said.ts';

type Zone = Said<'link' | 'dangling' | 'file' | 'winter' | 'summer'>;

const label = () => 'time zone';

/** The zone by name, and whether what programs show is UTC. */
export function readTime(answers: Answers, probe: string): Observation[] {
  const answer = said(answers, probe, ['link', 'dangling', 'file', 'winter', 'summer']);
  if (!answer.ok) return unknownFacts(['timezone', 'utc'], label, probe, answer);
  const named = name(answer.said);
  return observe(probe, label, { timezone: named, utc: isUtc(named, answer.said) });
}

/** As systemd reads it (localtime(5)): the link names the zone, and without the file it is UTC. */
function name({ link, file }: Zone): Told {
  const target = one(link);
  const [, zone] = /(?:^|\/)zoneinfo\/(?:posix\/|right\/)?(.+)$/.exec(target ?? '') ?? [];
  if (zone) return value(zone, undefined, '/etc/localtime');
  if (target !== null) return unknown(`/etc/localtime leads to ${target}, which is no zone`);
  const seen = one(file) ?? '';
  if (seen.endsWith(': No such file or directory')) return value('UTC', 'there is no /etc/localtime');
  return seen === 'regular file' ? absent('/etc/localtime is a copy, which names no zone') : unknown(seen);
}

function isUtc(named: Told, { winter, summer, dangling }: Zone): Told {
  if (named.state === 'unknown') return named;
  const shown = [one(winter), one(summer)];
  if (shown.some((each) => !/^[+-]\d{4} \S+$/.test(each ?? ''))) return unknown('date did not say which zone it shows');
  const zone = named.state === 'value' ? String(named.value) : 'a copied file';
  const where = '/etc/localtime';
  if (named.state === 'value' && !names.has(zone)) {
    return value(false, dangling.length ? `${zone}, which is not installed` : zone, where);
  }
  const different = shown.find((each) => each !== '+0000 UTC');
  return different ? value(false, `${zone} shows ${different}`, where) : value(true, zone, where);
}

/** `Zone` and its `Link`s in the `etcetera` and `backward` files of tz. */
const names = new Set(['UTC', 'UCT', 'Universal', 'Zulu'].flatMap((each) => [each, `Etc/${each}`]));
