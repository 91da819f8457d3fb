import { createHash } from 'node:crypto';
import type { Transaction } from '../../model/fix-plan.ts';
import type { Operator } from '../operator.ts';
import { home, recoverUnit } from './places.ts';
import { scriptsFor } from './scripts.ts';

export interface Beginning {
  id: string;
  /** Random; whoever reads it back is on the same host. */
  nonce: string;
  transaction: Transaction;
  operator: Operator;
  /** Seconds until the host undoes it by itself, unless it is confirmed. */
  deadline: number;
}

/**
 * One script for everything before the first write: lock, unpack, compare, snapshot, switch armed and seen to work, worker started. Whoever is cut
 * off in the middle has changed nothing. It prints `busy|…`, `changed|path`, `refused|…` or `started|…`.
 */
export function beginScript({ id, nonce, transaction, operator, deadline }: Beginning): string {
  const { snapshot, worker, rollback } = scriptsFor(id, transaction, operator);
  const uploads: [string, string][] = [
    ...transaction.files.map(({ after }, at): [string, string] => [`new/${at}`, after.content]),
    ['worker.sh', worker],
    ['rollback.sh', rollback],
    ['manifest.json', manifest(id, transaction)],
    ['nonce', nonce],
    ['phase', 'armed\n'],
  ];
  const risky = transaction.risk === 'access' || transaction.risk === 'boot';
  const kilobytes = Math.ceil(uploads.reduce((size, [, text]) => size + text.length, 0) / 1024) * 3 + 1024;
  return `${snapshot}
mkdir -p -m 0700 ${home}/txn || { echo 'refused|${home} cannot be made'; return; }
exec 9>>${home}/lock; flock -n 9 || { echo "busy|transaction $(readlink ${home}/pending) is at work on this host: fleet-audit rollback --list"; return; }
if fa_other=$(readlink ${home}/pending); then
  case $(ls "${home}/txn/$fa_other/state" 2>/dev/null) in armed|rolling-back) echo "busy|transaction $fa_other is not ended: fleet-audit rollback --list"; return ;; esac
  rm -f ${home}/pending
fi
fa_free=$(df -Pk ${home} | sed -n '2s/  */ /gp' | cut -d' ' -f4)
[ "$fa_free" -ge ${kilobytes} ] || { echo "refused|only $fa_free KiB are free in ${home}, ${kilobytes} are wanted"; return; }
ln -s "$ID" ${home}/pending || { echo 'busy|another run came first'; return; }
fa_off() { rm -rf "$T"; rm -f ${home}/pending; echo "$1"; }
mkdir -m 0700 "$T" "$T/backup" "$T/new" "$T/state" || { fa_off 'refused|no directory for the transaction'; return; }
${uploads.map(([name, text]) => `printf %s '${Buffer.from(text).toString('base64')}' | base64 -d >"$T/${name}"`).join('\n')}
printf '%s' '${uploads.map(([name, text]) => `${createHash('sha256').update(text).digest('hex')}  ${name}\n`).join('')}' >"$T/sums"
(cd "$T" && sha256sum --quiet -c sums >/dev/null 2>&1) || { fa_off 'refused|what arrived is not what was sent, or the disk is full'; return; }
sh -n "$T/worker.sh" && sh -n "$T/rollback.sh" || { fa_off 'refused|the shell of this host does not understand the scripts'; return; }
fa_why=$(fa_snapshot) || { fa_off "$fa_why"; return; }
head -c 65536 /dev/zero >"$T/reserve" || { fa_off 'refused|the disk is full'; return; }
: >"$T/state/planned"; fa_note snapshot done
${risky ? selfTest : ''}
fa_arm ${deadline} "exec sh $T/rollback.sh deadline" fleet-audit-deadman-$ID || { fa_off 'refused|nothing on this host can be told to undo it later'; return; }
${armForReboot}
mv "$T/state/planned" "$T/state/armed" && fa_note 'dead man armed, ${deadline} s' done
sync; exec 9>&-
systemd-run -q --collect --unit=fleet-audit-worker-$ID /bin/sh "$T/worker.sh" >/dev/null 2>&1 ||
  { setsid nohup sh "$T/worker.sh" >/dev/null 2>&1 </dev/null & }
echo "started|$(cat "$T/armed-by")"`.replace('fa_free=', `${arm}\nfa_free=`);
}

function manifest(id: string, { risk, subject, controls, files, live }: Transaction): string {
  const touched = files.map(({ path }) => path);
  return `${JSON.stringify({ id, risk, subject, controls, files: touched, live }, null, 1)}\n`;
}

/** Seconds, a command for sh, a name. A timer of systemd survives whoever set it; so does a process in a session of its own. */
const arm = `fa_arm() {
  if systemd-run -q --collect --unit="$3" --on-active="$1" --timer-property=AccuracySec=1s /bin/sh -c "$2" >/dev/null 2>&1 && systemctl is-active -q "$3.timer"; then echo systemd-run >"$T/armed-by"; return 0; fi
  setsid nohup sh -c "sleep $1; $2" >/dev/null 2>&1 </dev/null 9>&- &
  kill -0 $! && echo setsid >"$T/armed-by"
}`;

/** A switch that was never seen to work is a hope. */
const selfTest = `fa_arm 1 "touch $T/alive" fleet-audit-selftest-$ID
fa_n=0; while [ ! -e "$T/alive" ] && [ $fa_n -lt 40 ]; do sleep 0.25; fa_n=$((fa_n+1)); done
[ -e "$T/alive" ] || { fa_off "refused|the dead man's switch did not fire in a trial"; return; }`;

/** Whoever reboots before it is confirmed gets the old state (RFC 6241, 8.4). */
const armForReboot = `if [ -d /run/systemd/system ]; then
cat >${home}/recover.sh <<'FA_END'
for fa_t in ${home}/txn/*/state/armed; do [ -e "$fa_t" ] && sh "\${fa_t%/state/armed}/rollback.sh" boot; done
exit 0
FA_END
cat >${recoverUnit} <<'FA_END'
[Unit]
Description=Undo what fleet-audit changed and nobody confirmed
DefaultDependencies=no
After=local-fs.target
Before=sysinit.target systemd-sysctl.service network-pre.target ssh.service ssh.socket ufw.service docker.service
RequiresMountsFor=${home}
ConditionPathExistsGlob=${home}/txn/*/state/armed
[Service]
Type=oneshot
ExecStart=/bin/sh ${home}/recover.sh
[Install]
WantedBy=sysinit.target
FA_END
systemctl enable -q fleet-audit-recover.service || { fa_off 'refused|the unit that undoes it at a reboot could not be enabled'; return; }
fi`;
