/**
 * sshd, and whom it would let in.
 *
 * - A SIGHUP that comes while sshd starts itself anew ends it, and systemd takes that for a clean end: one waits until it catches the signal (bit 1 of
 *   SigCgt, proc_pid_status(5)). One that ran when the transaction began, and does not any more, is started.
 * - An sshd that systemd has handed its socket to may lose it when it is told to reload (Debian 13: `Cannot bind any address`, and the reload fails or
 *   not, as it happens). It is started anew instead, which keeps sessions; not counted among its starts, for too many would end the socket.
 */
export const sshd = `fa_keep_sshd() { systemctl is-active ssh.service >"$T/backup/sshd" 2>/dev/null || :; }
fa_sshd_ready() {
  fa_n=0
  while [ $fa_n -lt 50 ]; do
    fa_pid=$(systemctl show -p MainPID ssh.service); fa_pid=\${fa_pid#MainPID=}
    case $(sed -n 's/^SigCgt:.*\\(.\\)$/\\1/p' "/proc/$fa_pid/status" 2>/dev/null) in [13579bdf]) return 0 ;; esac
    sleep 0.1; fa_n=$((fa_n+1))
  done
  return 1
}
fa_reload_listener() {
  if systemctl is-active -q ssh.service; then
    fa_sshd_ready && systemctl reload ssh.service && sleep 0.2 && fa_sshd_ready && return 0
  fi
  [ "$(cat "$T/backup/sshd")" = active ] || return 0
  systemctl reset-failed ssh.service 2>/dev/null
  systemctl start ssh.service && fa_sshd_ready
}
fa_reload_sshd() {
  install -d -m 0755 /run/sshd && sshd -t || return 1
  systemctl is-active -q ssh.socket || { fa_reload_listener; return; }
  systemctl reset-failed ssh.service 2>/dev/null
  systemctl try-restart ssh.service
}
fa_matches() { fa_who=$1; shift; for fa_p; do case $fa_who in \${fa_p%%@*}) return 0 ;; esac; done; return 1; }
fa_any_group() { fa_gs=$1; shift; for fa_g in $fa_gs; do fa_matches "$fa_g" "$@" && return 0; done; return 1; }
fa_values() { printf '%s\\n' "$fa_said" | sed -n "s/^$1 //p"; }
fa_lets_in() {
  set -f
  fa_said=$(sshd -T -C "user=$1,host=$FROM,addr=$FROM,laddr=$AT,lport=$PORT") || return 1
  [ "$(fa_values pubkeyauthentication)" = yes ] || { echo "logging in with a key would be off for $1"; return 1; }
  [ "$1" != root ] || [ "$(fa_values permitrootlogin)" != no ] || { echo "root, who gets in now, could not log in"; return 1; }
  fa_list=$(fa_values allowusers); [ -z "$fa_list" ] || fa_matches "$1" $fa_list || { echo "AllowUsers has no $1"; return 1; }
  fa_list=$(fa_values denyusers); [ -z "$fa_list" ] || ! fa_matches "$1" $fa_list || { echo "DenyUsers has $1"; return 1; }
  fa_groups=$(id -nG "$1") || return 1
  fa_list=$(fa_values allowgroups); [ -z "$fa_list" ] || fa_any_group "$fa_groups" $fa_list || { echo "AllowGroups has no group of $1"; return 1; }
  fa_list=$(fa_values denygroups); [ -z "$fa_list" ] || ! fa_any_group "$fa_groups" $fa_list || { echo "DenyGroups has a group of $1"; return 1; }
}
fa_keep_logins() {
  : >"$T/backup/logins"
  [ -n "$LOGIN" ] && install -d -m 0755 /run/sshd || return 0
  for fa_l in $OTHERS; do ! id "$fa_l" >/dev/null 2>&1 || ! (fa_lets_in "$fa_l") >/dev/null 2>&1 || echo "$fa_l" >>"$T/backup/logins"; done
}
fa_sshd_lets_in() {
  install -d -m 0755 /run/sshd && sshd -t || return 1
  [ -n "$LOGIN" ] || return 0
  for fa_l in "$LOGIN" $(cat "$T/backup/logins"); do (fa_lets_in "$fa_l") || return 1; done
}
`;
