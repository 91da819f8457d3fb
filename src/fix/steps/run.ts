import type { StepKind } from './kind.ts';

interface Run {
  says: string;
  do: string;
  undo?: string;
  touches: string[];
}

/** What no other step can do. The host keeps what it touches, and puts that back before `undo`. */
export const run: StepKind<Run> = {
  subject: 'commands',
  needs: () => {},
  draft: ({ says, do: command, undo = '', touches }, draft) => {
    draft.runs.set(says, { says, do: command, undo, touches });
  },
};
