/**
 * sshd told to read its files anew.
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
`;
