import type { HostProbe } from '../../model/probe.ts';

/** What runs, what systemd would start, and who listens. */
export const daemonProbe: HostProbe = {
  kind: 'host',
  name: 'sshd.daemon',
  run: `
command -v systemctl > /dev/null || { echo 'systemctl: not found' >&2; exit 127; }
for unit in ssh.service ssh.socket; do
  printf 'show|%s\\n' "$unit"
  systemctl show --timestamp=us+utc "$unit" \\
    -p Id,LoadState,ActiveState,UnitFileState,MainPID,StateChangeTimestamp,ReloadResult,Listen,NeedDaemonReload,Accept |
    sed '/^$/d; s/^/unit|/'
done
systemctl list-dependencies --plain --no-pager default.target |
  sed -n 's/^[[:space:]]*\\(ssh\\.[a-z]*\\)[[:space:]]*$/pulled|\\1/p' | sort -u
if [ -e /etc/ssh/sshd_not_to_be_run ]; then echo 'blocked|yes'; else echo 'blocked|no'; fi
# sshd writes it when it has read its configuration, at every start and at every SIGHUP: server_accept_loop() and sighup_restart().
stat -c 'pidfile|%.9Y' /run/sshd.pid 2> /dev/null && { printf 'pid|'; head -n 1 /run/sshd.pid; }
ns=$(readlink /proc/self/ns/pid)
for dir in /proc/[0-9]*; do
  { read -r comm < "$dir/comm"; } 2> /dev/null || continue
  case $comm in sshd*) ;; *) continue ;; esac
  [ "$(readlink "$dir/ns/pid")" = "$ns" ] || continue
  title=$(tr '\\0\\n' '  ' < "$dir/cmdline" 2> /dev/null) && printf 'process|%s|%s\\n' "\${dir#/proc/}" "$title"
done
command -v ss > /dev/null || { echo 'ss: not found' >&2; exit 127; }
sockets=$(ss -Hltnp) || exit
printf '%s\\n' "$sockets" | sed '/^$/d; s/^/listens|/'
echo end
`,
};
