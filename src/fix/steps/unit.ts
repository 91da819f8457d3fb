import { Refusal } from '../draft.ts';
import type { StepKind } from './kind.ts';

interface Unit {
  name: string;
  /** In its place, unless `name` is active. */
  or?: string;
  enabled?: true;
  started?: true;
}

/** Has a unit start at boot, and now; of two that do the same, the one that does it now. */
export const unit: StepKind<Unit> = {
  subject: 'units',
  needs: ({ name, or = name }, { units }) => [name, or].forEach((each) => units.add(each)),
  draft: ({ name: first, or = first, enabled, started }, draft) => {
    const name = draft.host.units.get(first)?.active === 'active' ? first : or;
    if (!draft.knows(name)) throw new Refusal(`there is no ${name}`);
    const before = draft.units.get(name) ?? { enabled: false, started: false };
    // Started, it answers a moment later only: the reload waits for that.
    if (name === 'fail2ban.service' && started && !draft.activate.has('fa_reload_fail2ban --restart'))
      draft.activate.add('fa_reload_fail2ban');
    draft.units.set(name, { enabled: before.enabled || !!enabled, started: before.started || !!started });
  },
};
