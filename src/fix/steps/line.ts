import type { StepKind } from './kind.ts';

interface Line {
  path: string;
  line: string;
}

/** A line at the end of a file that has none like it, however its words are set apart. */
export const line: StepKind<Line> = {
  subject: 'files',
  needs: ({ path }, { files }) => files.add(path),
  draft: ({ path, line: wanted }, draft) => {
    const text = draft.file(path)?.content ?? '';
    if (text.split('\n').some((each) => plain(each) === plain(wanted))) return;
    draft.change(path, { content: `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${wanted}\n` });
    if (path === '/etc/fstab') draft.validate.add('findmnt --verify');
  },
};

const plain = (text: string) => text.trim().replace(/\s+/g, ' ');
