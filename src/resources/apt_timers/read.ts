import type { Observation } from '../../model/observation.ts';
import { unknownFacts } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { observe, one, said, unknown, type Told } from '../said.ts';
import { isIntact } from './intact.ts';
import { timersProbe } from './probe.ts';
import { ran, succeeded } from './ran.ts';
import { isEnabled, nextRun } from './timer.ts';
import { readUnits } from './units.ts';

const timers = ['apt-daily.timer', 'apt-daily-upgrade.timer'];
const services = ['apt-daily.service', 'apt-daily-upgrade.service'];
const facts = ['enabled', 'next_run', 'intact', 'ran', 'succeeded'];

/** Both timers with their services; the runs are those of the one that upgrades. */
export function readTimers(options: { max_age?: string }, answers: Answers): Observation[] {
  const { name } = timersProbe;
  const answer = said(answers, name, ['now', 'booted', 'unit', 'waits', 'sets', 'tool', 'stamp']);
  const plain = (fact: string) => `${fact} of apt's timers`;
  if (!answer.ok) return unknownFacts(facts, plain, name, answer);
  const { now, booted, unit, waits, sets, tool, stamp } = answer.said;
  const units = readUnits(unit, [...timers, ...services]);
  const clock = Number(one(now));
  if (!units || !(clock > 0) || one(tool) === null) {
    const message = 'systemctl printed something else than expected';
    return unknownFacts(facts, plain, name, { code: 'unparsable', message });
  }
  const upgrade = units[services[1]!]!;
  const see = (label: string, told: Record<string, Told>) =>
    observe(name, (fact) => (fact === 'next_run' ? `the next run of ${label}` : label), told);
  return [
    ...timers.flatMap((each) =>
      see(each, { enabled: isEnabled(units[each]!), next_run: nextRun(units[each]!, clock) }),
    ),
    ...services.flatMap((each) => see(each, { intact: isIntact(each, units[each]!, { waits, sets }, one(tool)!) })),
    ...see('the last automatic upgrade', {
      ran: ran(options.max_age ?? '3d', { clock, booted: one(booted), stamp, upgrade }),
    }),
    ...see('the last run of apt-daily-upgrade.service', {
      succeeded: upgrade ? succeeded(upgrade) : unknown('not asked'),
    }),
  ];
}
