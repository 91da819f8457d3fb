import type { StepKind } from './kind.ts';

interface Ufw {
  allow?: string[];
  default?: Record<string, string>;
  enabled?: true;
}

/** What UFW allows, does by default, and whether it runs. ufw(8) edits its own files: only it knows how. */
export const ufw: StepKind<Ufw> = {
  subject: 'UFW',
  needs: () => {},
  draft: ({ allow = [], default: defaults = {}, enabled }, draft) => {
    for (const port of allow) draft.ufw.allow.add(port);
    for (const [direction, policy] of Object.entries(defaults)) draft.ufw.defaults.set(direction, policy);
    draft.ufw.enabled ||= enabled ?? false;
  },
};
