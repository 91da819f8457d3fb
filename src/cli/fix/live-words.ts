import { accessWords } from '../../model/access-words.ts';
import type { LiveChange } from '../../model/fix-plan.ts';

/** What is changed beside files, in words of a plan. */
export function liveWords(change: LiveChange): string {
  const say = words[change.kind] as (change: LiveChange) => string;
  return say(change);
}

const words: { [Name in LiveChange['kind']]: (change: Extract<LiveChange, { kind: Name }>) => string } = {
  packages: ({ names }) => `installs ${names.join(', ')} with what they need; nothing is upgraded or removed`,
  run: ({ says }) => says,
  access: ({ path, before, after }) => `${path}: ${accessWords(before, after).join(', ')}`,
  sysctl: ({ key, value, before }) => `${key}: ${before} → ${value}, now`,
  ufw: ({ commands }) => commands.join('; '),
  docker: () => 'reloads Docker with live-restore, then restarts it; containers go on, or all is undone',
  docker_user: () => 'loads these rules of DOCKER-USER, and no other chain',
  unit: ({ name, enabled, started }) =>
    `${name} is ${[enabled ? 'enabled' : '', started ? 'started' : ''].filter(Boolean).join(' and ')}`,
};
