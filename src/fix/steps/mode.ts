import type { Access } from '../../model/fix-plan.ts';
import { Refusal, type Draft } from '../draft.ts';
import type { StepKind } from './kind.ts';

interface Mode {
  path: string;
  mode?: string;
  without?: string;
  owner?: string;
}

/** Sets mode and owner of what is there. Nothing is read of it, and no link is followed. */
export const mode: StepKind<Mode> = {
  subject: 'modes',
  needs: ({ path }, { access }) => access.add(path),
  draft: (wanted, draft) => {
    const found = draft.host.access.get(wanted.path);
    if (!found?.length) throw new Refusal(`there is no ${wanted.path}`);
    for (const { path, type, ...before } of found) {
      if (!plain.has(type)) throw new Refusal(`${path} is ${type}: see first who made it`);
      setAccess(path, before, wanted, draft);
    }
    if (wanted.path.startsWith('/etc/ssh/')) {
      // Whoever asks sshd whether it has read its files as they are goes by their last change, of whatever kind.
      draft.validate.add('fa_sshd_lets_in');
      draft.activate.add('fa_reload_sshd');
    }
  },
};

/** Words of stat(1). */
const plain = new Set(['regular file', 'regular empty file', 'directory', 'socket']);

function setAccess(path: string, before: Access, { mode: bits, without, owner }: Mode, draft: Draft): void {
  const is = draft.access.get(path)?.after ?? before;
  const kept = parseInt(bits ?? is.mode, 8) & ~parseInt(without ?? '0', 8);
  draft.access.set(path, { before, after: { mode: `0${kept.toString(8)}`, owner: owner ?? is.owner } });
}
