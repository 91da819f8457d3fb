import type { StepKind } from './kind.ts';

/**
 * First of all drop-ins, because for most keywords the first value wins (sshd_config(5)); a cloud image's own is called
 * 50-cloud-init.conf. Keywords that add up (AllowUsers, Port, …) cannot be narrowed here, only set where nothing else does.
 */
const path = '/etc/ssh/sshd_config.d/00-fleet-audit.conf';
const head = '# Written by fleet-audit: sshd takes the first value that it reads, and reads this file first.\n';

/** Sets keywords in the managed drop-in. */
export const sshd: StepKind<Record<string, string | number | string[]>> = {
  subject: 'sshd',
  needs: (_, { files }) => files.add(path),
  draft: (wanted, draft) => {
    const lines = (draft.file(path)?.content ?? head).split('\n').filter((line) => line !== '');
    const others = lines.filter((line) => !Object.keys(wanted).some((keyword) => sets(line, keyword)));
    const all = [
      ...others,
      ...Object.entries(wanted).map(
        ([keyword, value]) => `${keyword} ${Array.isArray(value) ? value.join(' ') : value}`,
      ),
    ];
    draft.change(path, { content: `${all.join('\n')}\n`, mode: '0600', owner: 'root:root' });
    draft.validate.add('fa_sshd_lets_in');
    draft.activate.add('fa_reload_sshd');
  },
};

function sets(line: string, keyword: string): boolean {
  return line.trim().split(/[\s=]/)[0]!.toLowerCase() === keyword.toLowerCase();
}
