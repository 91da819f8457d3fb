import { createHash } from 'node:crypto';
import type { Transaction } from '../../model/fix-plan.ts';
import { quote } from '../../model/quote.ts';
import { callWords } from './call-words.ts';
import { library } from './library.ts';
import { home } from './places.ts';
import { liveWork, shell, type LiveWork } from './live.ts';

/** Who logged in, and from where: whoever that is must still get in. Empty on the machine itself. */
export interface Operator {
  login: string;
  from: string;
  /** Address of the host, as the login came in by it. */
  at: string;
  /** Of the host. */
  port: string;
  /** Accounts beside the login that must not be shut out either, where they get in now. */
  others: string[];
}

/** The scripts of one transaction, complete and readable by a person in an emergency. */
export interface Scripts {
  snapshot: string;
  worker: string;
  rollback: string;
}

export function scriptsFor(id: string, transaction: Transaction, operator: Operator): Scripts {
  const head = (by: string) =>
    `ID=${id}\nT=${home}/txn/${id}\nBY=${by}\nLOGIN=${quote(operator.login)}\nFROM=${quote(operator.from)}\nAT=${quote(operator.at)}\nPORT=${quote(operator.port)}\nOTHERS=${quote(operator.others.join(' '))}\n${library}`;
  return {
    snapshot: head('client') + snapshot(transaction),
    worker: head('worker') + worker(transaction),
    rollback: `#!/bin/sh\n# Undoes the changes of fleet-audit transaction ${id}. By hand, as root: sh ${home}/txn/${id}/rollback.sh person\n${head('"${1:-person}"')}${rollback(transaction)}`,
  };
}

/** Refuses when a file is not what the plan was made for. */
function snapshot({ files, live, validate }: Transaction): string {
  const keeps = files.map(({ path, before }, at) => {
    const is = before ? `${sum(before.content)} ${quote(`${before.mode}|${before.owner}`)}` : "none ''";
    return `fa_keep ${at} ${quote(path)} && fa_same ${quote(path)} ${is} || { echo ${quote(`changed|${path}`)}; return 1; }`;
  });
  const kept = worksOf(live).flatMap(({ name, keep }) =>
    keep.map((each) => `${each} || { echo ${quote(`odd|${name}`)}; return 1; }`),
  );
  return `fa_snapshot() {
: >"$T/backup/units"; : >"$T/backup/sysctls"; : >"$T/dirs"; fa_keep_sshd${validate.includes('fa_sshd_lets_in') ? '; fa_keep_logins' : ''}
${[...keeps, ...kept].join('\n')}
sync; return 0
}
`;
}

function worker({ files, live, validate, activate }: Transaction): string {
  const writes = files.map(({ path, after }, at) => {
    const { mode, owner } = after;
    return `fa_do fa_write ${at} ${quote(path)} ${mode} ${quote(owner)} || fa_fail ${quote(`${path} could not be written`)}`;
  });
  const checks = validate.map(
    (each) => `fa_do ${shell(each)} || fa_fail ${quote(`what was written is not valid: ${callWords(each)}`)}`,
  );
  const changes = worksOf(live)
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

/**
 * Claims the transaction by rename, undoes it and looks whether it is undone. Whoever claims it ends the worker; who comes second waits for the first,
 * and does it again only if that one died. At boot only files: what reads them starts later. `person` may undo what
 * was confirmed, if nobody has changed it since; `force` undoes that too, and keeps a copy.
 */
function rollback({ files, live, activate }: Transaction): string {
  const restore = files.map(({ path }, at) => ({ at, path: quote(path) })).reverse();
  const drifts = files.map(({ path, after }, at) => {
    const { content, mode, owner } = after;
    return `fa_same ${quote(path)} ${sum(content)} ${quote(`${mode}|${owner}`)} || { [ ! -e ${quote(path)} ] || cp -a -- ${quote(path)} "$T/backup/${at}.drifted"; fa_drift="$fa_drift ${path}"; }`;
  });
  for (const { undrifted } of worksOf(live))
    drifts.push(...undrifted.map(({ what, test }) => `${test} || fa_drift="$fa_drift "${quote(what)}`));
  const lines = restore.map(({ at, path }) => `fa_try fa_restore ${at} ${path}`);
  const undone = files.map(({ path, before }) => {
    const is = before ? `${sum(before.content)} ${quote(`${before.mode}|${before.owner}`)}` : "none ''";
    return `fa_same ${quote(path)} ${is} || { fa_note ${quote(`${path} is not what it was`)} failed; fa_bad=1; }`;
  });
  const undo = worksOf(live)
    .reverse()
    .flatMap((work) => work.undo.map((each) => `fa_try ${each}`));
  const again = activate.map((each) => `fa_try ${shell(each)}`);
  return `trap '' HUP INT PIPE
fa_bad=0 fa_drift=
fa_try() { for fa_n in 1 2 3; do fa_do "$@" && return 0; sleep 1; done; fa_bad=1; }
case $BY in
  person|force)
    fa_other=$(readlink ${home}/pending) && [ "$fa_other" != "$ID" ] && case $(ls "${home}/txn/$fa_other/state" 2>/dev/null) in
      armed|rolling-back) echo "busy|transaction $fa_other is at work on this host"; exit 4 ;;
    esac
    if [ -f "$T/state/confirmed" ]; then
${drifts.join('\n') || ':'}
      if [ -n "$fa_drift" ] && [ "$BY" = person ]; then echo "drift|$fa_drift"; exit 3; fi
    fi
    mv "$T/state/confirmed" "$T/state/rolling-back" 2>/dev/null || mv "$T/state/rollback-failed" "$T/state/rolling-back" 2>/dev/null || mv "$T/state/armed" "$T/state/rolling-back" 2>/dev/null ;;
  *) mv "$T/state/armed" "$T/state/rolling-back" 2>/dev/null ;;
esac && [ "$BY" != worker ] && [ "$BY" != boot ] && systemctl stop fleet-audit-worker-$ID.service 2>/dev/null
[ -f "$T/state/rolling-back" ] || { echo "nothing|$(ls "$T/state")"; exit 0; }
exec 8>>"$T/lock"; flock -w 300 8
[ -f "$T/state/rolling-back" ] || exit 0
fa_note 'rolling back' begun
rm -f "$T/reserve" "$T/alive"
${lines.join('\n')}
sort -r "$T/dirs" | while read -r fa_d; do rmdir "$fa_d" 2>/dev/null; done
${undo.join('\n')}
if [ "$BY" != boot ]; then
:
${again.join('\n')}
fi
${undone.join('\n')}
if [ $fa_bad = 0 ]; then fa_end=rolled-back; else fa_end=rollback-failed; fi
fa_note 'rolling back' "$fa_end"
printf '%s\\n' "$BY" >"$T/undone-by"
mv "$T/state/rolling-back" "$T/state/$fa_end"; sync
[ "$(readlink ${home}/pending)" != "$ID" ] || rm -f ${home}/pending
fa_tidy
case $BY in deadline|boot)
  fa_words="fleet-audit undid its change $ID (${'$'}BY): $fa_end. See $T/journal.ndjson"
  { echo "$fa_words" | wall; } 2>/dev/null || : ;;
esac
systemctl stop fleet-audit-deadman-$ID.timer 2>/dev/null
echo "$fa_end|"
[ $fa_bad = 0 ]
`;
}

const sum = (content: string) => createHash('sha256').update(content).digest('hex');

function worksOf(live: Transaction['live']): LiveWork[] {
  return live.map((each, at) => liveWork(each, `live${at}`));
}
