import { Refusal } from '../draft.ts';
import type { StepKind } from './kind.ts';

/** Installs packages that are missing. One that is half installed is for a person: apt would go on with what others began. */
export const packages: StepKind<string[]> = {
  subject: 'packages',
  needs: (names, needs) => names.forEach((name) => needs.packages.add(name)),
  draft: (names, draft) => {
    for (const name of names) {
      const status = draft.host.packages.get(name) ?? 'nothing was said of it';
      if (status === 'installed') continue;
      if (status !== 'missing') throw new Refusal(`package ${name} is neither installed nor missing: ${status}`);
      draft.packages.add(name);
    }
  },
};
