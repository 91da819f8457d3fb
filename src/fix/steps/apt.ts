import type { StepKind } from './kind.ts';
import { linesOf } from './lines.ts';

interface Apt {
  path: string;
  set?: Record<string, string | number>;
  add?: Record<string, string[]>;
}

/** Sets options of apt.conf(5), a line each, and adds values to lists: those of several files add up. */
export const apt: StepKind<Apt> = {
  subject: 'files',
  needs: ({ path }, { files }) => files.add(path),
  draft: ({ path, set = {}, add = {} }, draft) => {
    const wanted = Object.entries(add).flatMap(([list, values]) => values.map((value) => `${list}:: "${value}";`));
    const kept = linesOf(path, draft)
      .filter((line) => !Object.keys(set).some((name) => line.trim().split(/\s/)[0] === name))
      .filter((line) => !wanted.includes(line.trim()));
    const all = [...kept, ...Object.entries(set).map(([name, value]) => `${name} "${value}";`), ...wanted];
    draft.change(path, { content: `${all.join('\n')}\n` });
    draft.validate.add('apt-config dump >/dev/null');
  },
};
