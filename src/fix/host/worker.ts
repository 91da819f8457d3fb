import type { Transaction } from '../../model/fix-plan.ts';
import { quote } from '../../model/quote.ts';
import { callWords } from './call-words.ts';
import { liveWorks, shell } from './live.ts';
import { home } from './places.ts';

/** Writes, has what was written checked, and only then tells anybody to read it; what fails calls the rollback. */
export function worker({ files, live, validate, activate }: Transaction): string {
  const writes = files.map(({ path, after }, at) => {
    const { mode, owner } = after;
    return `fa_do fa_write ${at} ${quote(path)} ${mode} ${quote(owner)} || fa_fail ${quote(`${path} could not be written`)}`;
  });
  const checks = validate.map(
    (each) => `fa_do ${shell(each)} || fa_fail ${quote(`what was written is not valid: ${callWords(each)}`)}`,
  );
  const changes = liveWorks(live)
    .flatMap(({ commands }) => commands)
    .map((each) => `fa_do ${each} || fa_fail ${quote(`failed: ${callWords(each)}`)}`);
  const actions = activate.map((each) => `fa_do ${shell(each)} || fa_fail ${quote(`failed: ${callWords(each)}`)}`);
  return `fa_fail() { fa_phase "failed|$1: $(tail -n 3 "$T/log" | tr '\\n|' ' /' | cut -c1-300)"; exec 9>&-; exec sh "$T/rollback.sh" worker; }
trap '' HUP INT PIPE
exec 9>>${home}/lock; flock -w 20 9 || { fa_phase 'failed|another transaction is at work'; exec sh "$T/rollback.sh" worker; }
[ -f "$T/state/armed" ] || exit 1
fa_phase applying
${writes.join('\n')}
fa_phase validating
${checks.join('\n')}
fa_phase activating
${[...changes, ...actions].join('\n')}
fa_phase applied
`;
}
