import { mayMove, type Trial } from './trials.ts';

/**
 * Puts trials together that one host can take at once: of different areas, none of which may move what another one is
 * about or may move. Booting and auditing are most of a trial's time, so this is what keeps the matrix short; a trial
 * that does not end as it should in company is tried again alone, and only that counts.
 */
export function bundle(trials: Trial[], ids: string[], most: number): Trial[][] {
  const bundles: Bundle[] = [];
  for (const trial of trials) {
    const moved = new Set(ids.filter((id) => mayMove(trial, id)));
    const room = bundles.find((each) => each.trials.length < most && fits(each, trial, moved));
    if (!room) bundles.push({ trials: [trial], areas: new Set([areaOf(trial)]), moved });
    else {
      room.trials.push(trial);
      room.areas.add(areaOf(trial));
      for (const id of moved) room.moved.add(id);
    }
  }
  return bundles.map((each) => each.trials);
}

interface Bundle {
  trials: Trial[];
  areas: Set<string>;
  moved: Set<string>;
}

function fits(company: Bundle, trial: Trial, moved: Set<string>): boolean {
  return !company.areas.has(areaOf(trial)) && ![...moved].some((id) => company.moved.has(id));
}

function areaOf({ control }: Trial): string {
  return control.split('-')[0]!;
}
