import type { Observation } from '../../model/observation.ts';
import { unknownFacts } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { absent, observe, one, said, unknown, value, type Told } from '../said.ts';

type Unit = Record<string, string>;

const facts = ['exists', 'enabled', 'active', 'sub_state', 'masked', 'starts_at_boot', 'served'];

/** What systemd says of the unit and of those that start it. */
export function readUnit(name: string, probe: string, answers: Answers): Observation[] {
  const label = (fact: string) => (fact === 'sub_state' ? `state of ${name}` : name);
  const answer = said(answers, probe, ['code', 'unit', 'by']);
  if (!answer.ok) return unknownFacts(facts, label, probe, answer);
  const { code, unit, by } = answer.said;
  const failed = one(code) !== '0';
  const [itself] = failed ? [] : (parse(unit) ?? []);
  const triggers = parse(by);
  if (itself?.Names?.split(' ').includes(name) && triggers) return observe(probe, label, tell(itself, triggers));
  const message = (failed && unit[0]) || 'systemctl printed something else than expected';
  const missing = /not been booted with systemd|not found$/.test(message);
  return unknownFacts(facts, label, probe, { code: missing ? 'tool-missing' : 'unparsable', message });
}

/** Blocks of `Key=value`, an empty line between two of them. Null: another line, or a block without what is needed. */
function parse(lines: string[]): Unit[] | null {
  const blocks: Unit[] = [];
  let block: Unit | null = null;
  for (const line of lines) {
    const match = /^([A-Za-z]+)=(.*)$/.exec(line);
    if (line === '') block = null;
    else if (!match) return null;
    else {
      if (!block) blocks.push((block = {}));
      block[match[1]!] = match[2]!;
    }
  }
  const needed = ['Id', 'Names', 'LoadState', 'ActiveState', 'SubState', 'UnitFileState'];
  return blocks.every((each) => needed.every((key) => key in each)) ? blocks : null;
}

function tell(unit: Unit, triggers: Unit[]): Record<string, Told> {
  const name = unit.Id!;
  if (unit.LoadState === 'not-found' && unit.ActiveState === 'inactive') {
    const gone = absent(`there is no unit ${name}`);
    return { ...Object.fromEntries(facts.map((fact) => [fact, gone])), exists: value(false) };
  }
  const starts = [unit, ...triggers].find(isEnabled);
  // What runs goes on running when it is masked; what would start it can no longer do so.
  const serves = (isMasked(unit) ? [unit] : [unit, ...triggers]).find((each) => each.ActiveState === 'active');
  return {
    exists: value(true, unit.LoadState === 'loaded' ? undefined : unit.LoadState),
    enabled: value(isEnabled(unit), unit.UnitFileState || 'no unit file'),
    active: value(unit.ActiveState === 'active', `${unit.ActiveState} (${unit.SubState})`),
    sub_state: unit.SubState ? value(unit.SubState) : unknown('systemctl did not say'),
    masked: value(isMasked(unit)),
    starts_at_boot: startsAtBoot(unit, starts),
    served: value(!!serves, serves && via(serves, unit)),
  };
}

/** A unit that is not enabled but wanted by another one starts when that one does, which only its own chain of wants could tell. */
function startsAtBoot(unit: Unit, starts: Unit | undefined): Told {
  if (isMasked(unit)) return value(false, 'it is masked');
  if (starts) return value(true, via(starts, unit));
  const by = [unit.WantedBy, unit.RequiredBy].filter(Boolean).join(' ');
  return by ? unknown(`it is not enabled, but ${by} starts it`, 'needs-person') : value(false);
}

function isMasked(unit: Unit): boolean {
  return unit.LoadState === 'masked' || unit.UnitFileState!.startsWith('masked');
}

/**
 * `enabled-runtime` is gone after a reboot; `static` units start only when something else wants them; `generated` ones are made
 * anew at every boot and start when something does want them (systemctl(1), is-enabled).
 */
function isEnabled(unit: Unit): boolean {
  if (unit.LoadState !== 'loaded') return false;
  if (unit.UnitFileState === 'generated') return Boolean(unit.WantedBy || unit.RequiredBy);
  return unit.UnitFileState === 'enabled' || unit.UnitFileState === 'alias';
}

function via(found: Unit, unit: Unit): string | undefined {
  return found === unit ? undefined : `through ${found.Id}`;
}
