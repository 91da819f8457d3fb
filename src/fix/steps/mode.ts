import type { StepKind } from './kind.ts';

interface Mode {
  path: string;
  mode: string;
  owner: string;
}

/** Sets mode and owner of a file that is there. */
export const mode: StepKind<Mode> = {
  subject: 'files',
  needs: ({ path }, { files }) => files.add(path),
  draft: ({ path, mode: bits, owner }, draft) => draft.change(path, { mode: bits, owner }),
};
