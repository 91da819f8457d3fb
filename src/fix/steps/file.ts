import type { StepKind } from './kind.ts';

interface File {
  path: string;
  content: string;
  mode: string;
  owner: string;
}

/** Replaces a whole file. */
export const file: StepKind<File> = {
  subject: 'files',
  needs: ({ path }, { files }) => files.add(path),
  draft: ({ path, content, mode, owner }, draft) => {
    draft.change(path, { content: content.endsWith('\n') ? content : `${content}\n`, mode, owner });
    if (path.startsWith('/etc/systemd/system/')) draft.activate.add('systemctl daemon-reload');
  },
};
