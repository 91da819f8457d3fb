import type { Observation } from '../../model/observation.ts';
import { unknownFacts } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { absent, observe, one, said, unknown, value, type Told } from '../said.ts';

/** Whether the group exists, and who is in it. */
export function readGroup(name: string, probe: string, answers: Answers): Observation[] {
  const label = (fact: string) => (fact === 'exists' ? `group ${name}` : `${fact} of group ${name}`);
  const answer = said(answers, probe, ['code', 'group', 'other', 'user']);
  if (!answer.ok) return unknownFacts(['exists', 'gid', 'members'], label, probe, answer);
  const { code, group, other, user } = answer.said;
  return observe(probe, label, tell(name, one(code), one(group), other, user));
}

/** getent(1): 2 means that it was not found. */
function tell(
  name: string,
  code: string | null,
  line: string | null,
  others: string[],
  users: string[],
): Record<string, Told> {
  if (code === '2' && line === null) {
    const gone = absent(`there is no group ${name}`);
    return { exists: value(false), gid: gone, members: gone };
  }
  const [found, gid, listed] = line?.split('|') ?? [];
  if (code !== '0' || found !== name || !/^\d+$/.test(gid ?? '') || listed === undefined || users.length === 0) {
    return all(unknown(`getent did not tell group ${name}`));
  }
  const twins = others.map((each) => each.split('|')).filter((each) => each[1] === gid);
  if (!twins.some((each) => each[0] === name)) return all(unknown('getent did not list the groups'));
  const first = users.map((each) => each.split('|')).filter((each) => each[1] === gid);
  const members = new Set([
    ...[listed, ...twins.map((each) => each[2]!)].flatMap((each) => each.split(',').filter(Boolean)),
    ...first.map(([user]) => user!),
  ]);
  return { exists: value(true), gid: value(Number(gid)), members: value([...members].toSorted()) };
}

function all(why: Told): Record<string, Told> {
  return { exists: why, gid: why, members: why };
}
