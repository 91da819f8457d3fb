import type { FileChange, LiveChange, Transaction } from '../../model/fix-plan.ts';
import { quote } from '../../model/quote.ts';
import { isAs } from './is-as.ts';
import { liveWorks, shell } from './live.ts';
import { home } from './places.ts';

/**
 * Claims the transaction by rename, undoes it and looks whether it is undone. Whoever claims it ends the worker; who comes second waits for the first,
 * and does it again only if that one died. At boot only files: what reads them starts later. `person` may undo what
 * was confirmed, if nobody has changed it since; `force` undoes that too, and keeps a copy.
 */
export function rollback({ files, live, activate }: Transaction): string {
  return `trap '' HUP INT PIPE
fa_bad=0 fa_drift=
fa_try() { for fa_n in 1 2 3; do fa_do "$@" && return 0; sleep 1; done; fa_bad=1; }
case $BY in
  person|force)
    fa_other=$(readlink ${home}/pending) && [ "$fa_other" != "$ID" ] && case $(ls "${home}/txn/$fa_other/state" 2>/dev/null) in
      armed|rolling-back) echo "busy|transaction $fa_other is at work on this host"; exit 4 ;;
    esac
    if [ -f "$T/state/confirmed" ]; then
${drifts(files, live).join('\n') || ':'}
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
${restores(files).join('\n')}
sort -r "$T/dirs" | while read -r fa_d; do rmdir "$fa_d" 2>/dev/null; done
${undoes(live).join('\n')}
if [ "$BY" != boot ]; then
:
${activate.map((each) => `fa_try ${shell(each)}`).join('\n')}
fi
${comparisons(files).join('\n')}
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

/** Notes in `fa_drift` what is not as the transaction left it, and keeps a copy of such a file. */
function drifts(files: FileChange[], live: LiveChange[]): string[] {
  const ofFiles = files.map(
    ({ path, after }, at) =>
      `${isAs(path, after)} || { [ ! -e ${quote(path)} ] || cp -a -- ${quote(path)} "$T/backup/${at}.drifted"; fa_drift="$fa_drift ${path}"; }`,
  );
  const ofLive = liveWorks(live).flatMap(({ undrifted }) =>
    undrifted.map(({ what, test }) => `${test} || fa_drift="$fa_drift "${quote(what)}`),
  );
  return [...ofFiles, ...ofLive];
}

function restores(files: FileChange[]): string[] {
  return files.map(({ path }, at) => `fa_try fa_restore ${at} ${quote(path)}`).reverse();
}

function undoes(live: LiveChange[]): string[] {
  return liveWorks(live)
    .reverse()
    .flatMap(({ undo }) => undo.map((each) => `fa_try ${each}`));
}

function comparisons(files: FileChange[]): string[] {
  return files.map(
    ({ path, before }) =>
      `${isAs(path, before)} || { fa_note ${quote(`${path} is not what it was`)} failed; fa_bad=1; }`,
  );
}
