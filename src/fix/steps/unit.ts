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
    const before = draft.units.get(name) ?? { enabled: false, started: false };
    draft.units.set(name, { enabled: before.enabled || !!enabled, started: before.started || !!started });
  },
};
