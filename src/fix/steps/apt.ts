import type { StepKind } from './kind.ts';

interface Apt {
  path: string;
  set: Record<string, string | number>;
}

/** Sets options of apt.conf(5), a line each. */
export const apt: StepKind<Apt> = {
  subject: 'files',
  needs: ({ path }, { files }) => files.add(path),
  draft: ({ path, set }, draft) => {
    const lines = (draft.file(path)?.content ?? '').split('\n').filter((line, at, all) => line || at < all.length - 1);
    const others = lines.filter((line) => !Object.keys(set).some((name) => line.trim().split(/\s/)[0] === name));
    const all = [...others, ...Object.entries(set).map(([name, value]) => `${name} "${value}";`)];
    draft.change(path, { content: `${all.join('\n')}\n` });
    draft.validate.add('apt-config dump >/dev/null');
  },
};
