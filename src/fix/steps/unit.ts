import { Refusal } from '../draft.ts';
import type { StepKind } from './kind.ts';

interface Unit {
  name: string;
  enabled?: true;
  started?: true;
}

/** Has a unit start at boot, and now. */
export const unit: StepKind<Unit> = {
  subject: 'units',
  needs: ({ name }, { units }) => units.add(name),
  draft: ({ name, enabled, started }, draft) => {
    if (!draft.knows(name)) throw new Refusal(`there is no ${name}`);
    const before = draft.units.get(name) ?? { enabled: false, started: false };
    // Started, it answers a moment later only: the reload waits for that.
    if (name === 'fail2ban.service' && started) draft.activate.add('fa_reload_fail2ban');
    draft.units.set(name, { enabled: before.enabled || !!enabled, started: before.started || !!started });
  },
};
