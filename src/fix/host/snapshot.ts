import type { Transaction } from '../../model/fix-plan.ts';
import { quote } from '../../model/quote.ts';
import { isAs } from './is-as.ts';
import { liveWorks } from './live.ts';

/** Defines `fa_snapshot`: keeps all that is changed, and refuses when a file is not what the plan was made for. */
export function snapshot({ files, live, validate }: Transaction): string {
  const keeps = files.map(
    ({ path, before }, at) =>
      `fa_keep ${at} ${quote(path)} && ${isAs(path, before)} || { echo ${quote(`changed|${path}`)}; return 1; }`,
  );
  const kept = liveWorks(live).flatMap(({ name, keep }) =>
    keep.map((each) => `${each} || { echo ${quote(`odd|${name}`)}; return 1; }`),
  );
  return `fa_snapshot() {
: >"$T/backup/units"; : >"$T/backup/sysctls"; : >"$T/dirs"; fa_keep_sshd${validate.includes('fa_sshd_lets_in') ? '; fa_keep_logins' : ''}
${[...keeps, ...kept].join('\n')}
sync; return 0
}
`;
}
