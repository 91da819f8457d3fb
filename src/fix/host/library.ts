/** Where transactions live on the host. */
export const home = '/var/lib/fleet-audit';

/** Undoes at a reboot what nobody has confirmed; it is there only as long as there is such a thing. */
export const recoverUnit = '/etc/systemd/system/fleet-audit-recover.service';

/**
 * What worker and rollback share on the host: POSIX sh with coreutils, util-linux and systemd, nothing else. `T` is the transaction's
 * directory. Every act is in the journal before it is done, and its result after.
 *
 * Why it is as it is:
 * - A file is written beside itself as a copy with everything that the old one has (ACL and attributes too), then renamed: whoever reads
 *   it sees the old one or the new one, and a full disk leaves the old one.
 * - \`state/\` holds one file; who renames it first has decided. mv(1) fails for the other.
 * - Of a masked unit systemctl does not say whether it would be enabled; the link that wants it does.
 * - A SIGHUP that comes while sshd starts itself anew ends it, and systemd takes that for a clean end: one waits until it catches the signal (bit 1 of
 *   SigCgt, proc_pid_status(5)). One that ran when the transaction began, and does not any more, is started.
 * - Where UFW's chains are there and INPUT no longer leads to them, neither enable nor reload brings the jumps back, and a reload shuts everybody out
 *   (seen with ufw 0.36.2): they are put back first.
 * - ufw(8) takes \`ENABLED=Yes\` for on and leaves it, while ufw-init knows \`yes\` and \`YES\` alone; and \`ufw reload\` writes the line anew.
 * - The time of /etc/docker stays as it was: by it the engine is judged to have read its file or not, and rules beside that are none of it.
 * - An sshd that systemd has handed its socket to may lose it when it is told to reload (Debian 13: \`Cannot bind any address\`, and the reload fails or
 *   not, as it happens). It is started anew instead, which keeps sessions; not counted among its starts, for too many would end the socket.
 * - The lock is held by whoever changes the host, not by the client.
 */
export const library = `set -u; umask 077
LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; export LC_ALL PATH
fa_note() {
  printf '{"at":"%s","by":"%s","what":"%s","state":"%s"}\\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$BY" "$(printf %s "$1" | tr -d '\\000-\\037"\\\\')" "$2" >>"$T/journal.ndjson"
  sync "$T/journal.ndjson" 2>/dev/null || :
}
fa_do() { fa_note "$*" begun; if "$@" >>"$T/log" 2>&1; then fa_note "$*" done; else fa_rc=$?; fa_note "$*" "failed ($fa_rc)"; return $fa_rc; fi; }
fa_phase() { printf '%s\\n' "$1" >"$T/phase.new" && mv -f "$T/phase.new" "$T/phase"; }
fa_sum() { sha256sum <"$1" | cut -c1-64; }
fa_access() { stat -c '0%a|%U:%G' "$1"; }
fa_plain() { [ ! -L "$1" ] && { [ ! -e "$1" ] || { [ -f "$1" ] && [ "$(stat -c %h "$1")" = 1 ]; }; }; }
fa_keep() {
  fa_plain "$2" || return 1
  if [ -e "$2" ]; then cp -a -- "$2" "$T/backup/$1" && fa_sum "$2" >"$T/backup/$1.sum"; else echo none >"$T/backup/$1.sum"; fi
}
fa_same() { if [ -e "$1" ]; then [ "$(fa_sum "$1")" = "$2" ] && [ "$(fa_access "$1")" = "$3" ]; else [ "$2" = none ]; fi; }
fa_dirs() { [ -d "$1" ] || { fa_dirs "\${1%/*}" && mkdir -m 0755 "$1" && echo "$1" >>"$T/dirs"; }; }
fa_write() {
  fa_plain "$2" && fa_dirs "\${2%/*}" || return 1
  fa_new=\${2%/*}/.fleet-audit.$ID.$1
  { if [ -e "$2" ]; then cp -a -- "$2" "$fa_new"; else : >"$fa_new"; fi; } && cat "$T/new/$1" >"$fa_new" &&
    chown "$4" "$fa_new" && chmod "$3" "$fa_new" && sync "$fa_new" && mv -f -- "$fa_new" "$2" && sync "\${2%/*}" && return 0
  rm -f -- "$fa_new"; return 1
}
fa_restore() {
  if [ "$(cat "$T/backup/$1.sum")" = none ]; then rm -f -- "$2"; return; fi
  fa_new=\${2%/*}/.fleet-audit.$ID.$1
  cp -a -- "$T/backup/$1" "$fa_new" && sync "$fa_new" && mv -f -- "$fa_new" "$2" && sync "\${2%/*}"
}
fa_unit_kept() { sed -n "s/^$1|//p" "$T/backup/units" | head -n 1; }
fa_wanted() { find /etc/systemd/system -path '*.wants/*' -name "$1" | grep -q . && echo wanted; }
fa_keep_unit() { printf '%s|%s|%s|%s\\n' "$1" "$(systemctl is-enabled "$1" 2>/dev/null)" "$(fa_wanted "$1")" "$(systemctl is-active "$1" 2>/dev/null)" >>"$T/backup/units"; }
fa_restore_start() {
  [ "$(systemctl is-enabled "$1" 2>/dev/null)" != "\${2%%|*}" ] || return 0
  case $2 in
    enabled\\|*) systemctl enable -q "$1" ;;
    enabled-runtime\\|*) systemctl disable -q "$1" && systemctl enable -q --runtime "$1" ;;
    masked\\|wanted\\|*) systemctl mask -q "$1" ;;
    masked\\|*) systemctl disable -q "$1" && systemctl mask -q "$1" ;;
    *) systemctl disable -q "$1" ;;
  esac
}
fa_restore_unit() {
  fa_kept=$(fa_unit_kept "$1"); fa_ok=0
  fa_restore_start "$1" "$fa_kept" || fa_ok=1
  [ "$BY" != boot ] || return $fa_ok
  case \${fa_kept##*|} in active) systemctl is-active -q "$1" || systemctl start "$1" ;; *) systemctl stop "$1" ;; esac || fa_ok=1
  return $fa_ok
}
fa_enable() { case $(systemctl is-enabled "$1" 2>/dev/null) in masked*) systemctl unmask -q "$1" || return 1 ;; esac; systemctl enable -q "$1"; }
fa_keep_sysctl() { sysctl -n "$1" >/dev/null && printf '%s=%s\\n' "$1" "$(sysctl -n "$1")" >>"$T/backup/sysctls"; }
fa_set() { sysctl -qw "$1=$2"; }
fa_reset() { [ "$BY" = boot ] || fa_set "$1" "$2"; }
fa_has_access() { [ ! -L "$1" ] && [ "$(fa_access "$1")" = "$2|$3" ]; }
fa_set_access() { [ ! -L "$1" ] && chown -h "$3" "$1" && chmod "$2" "$1" && sync "$1" 2>/dev/null; fa_has_access "$1" "$2" "$3"; }
fa_reset_access() { [ -e "$1" ] || return 0; fa_set_access "$1" "$2" "$3"; }
fa_look() {
  if [ -L "$1" ]; then echo "link $(readlink "$1")"; elif [ -f "$1" ]; then echo "file $(fa_sum "$1") $(fa_access "$1")"
  elif [ -d "$1" ]; then echo "directory $(fa_access "$1")"; elif [ -e "$1" ]; then return 1; else echo none; fi
}
fa_keep_touched() {
  fa_is=$(fa_look "$2") && printf '%s\\n' "$fa_is" >"$T/backup/$1.was" || return 1
  case $fa_is in link*|file*) cp -aP -- "$2" "$T/backup/$1" ;; esac
}
fa_touched() { fa_look "$2" >"$T/backup/$1.is"; }
fa_as_touched() { [ "$(fa_look "$2")" = "$(cat "$T/backup/$1.is")" ]; }
fa_put_back() {
  fa_was=$(cat "$T/backup/$1.was")
  [ "$(fa_look "$2")" != "$fa_was" ] || return 0
  case $fa_was in
    none) if [ -d "$2" ] && [ ! -L "$2" ]; then rmdir -- "$2" || { fa_note "$2 stays, it is not empty" done; return 0; }; else rm -f -- "$2"; fi ;;
    directory*) [ -d "$2" ] && [ ! -L "$2" ] && fa_was=\${fa_was#* } && fa_set_access "$2" "\${fa_was%%|*}" "\${fa_was#*|}"; return ;;
    *) fa_new=\${2%/*}/.fleet-audit.$ID.$1; cp -aP -- "$T/backup/$1" "$fa_new" && mv -fT -- "$fa_new" "$2" ;;
  esac
  [ "$(fa_look "$2")" = "$fa_was" ]
}
fa_packages() { dpkg-query -W -f='\${binary:Package} \${db:Status-Status}\\n' | grep -Ev ' (not-installed|config-files)$' | cut -d' ' -f1 | sort; }
fa_keep_packages() { fa_packages >"$T/backup/packages"; }
fa_apt() { DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l apt-get -o DPkg::Lock::Timeout=60 -o Dpkg::Options::=--force-confold "$@" </dev/null; }
fa_install() {
  fa_apt -s install --no-install-recommends "$@" >"$T/simulated" || { fa_apt update && fa_apt -s install --no-install-recommends "$@" >"$T/simulated"; } || return 1
  ! grep -E '^Remv|^Inst [^ ]+ \\[' "$T/simulated" || { echo "it would remove or replace other packages"; return 1; }
  fa_apt -y install --no-install-recommends "$@"
}
fa_uninstall() {
  [ "$BY" != boot ] || { echo "packages cannot be removed this early: fleet-audit rollback $ID"; return 1; }
  dpkg --configure -a || :
  set -- $(fa_packages | comm -13 "$T/backup/packages" -)
  [ $# = 0 ] || fa_apt -y purge "$@" || return 1
  fa_packages | cmp -s - "$T/backup/packages"
}
fa_keep_sshd() { systemctl is-active ssh.service >"$T/backup/sshd" 2>/dev/null || :; }
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
fa_reload_fail2ban() {
  systemctl is-active -q fail2ban || return 0
  fa_n=0; until fail2ban-client ping >/dev/null 2>&1 || [ $fa_n -ge 40 ]; do sleep 0.25; fa_n=$((fa_n+1)); done
  fail2ban-client reload "$@"
}
fa_docker_reads() {
  command -v dockerd >/dev/null || { echo "there is no dockerd"; return 1; }
  dockerd --help 2>&1 | grep -q -- --validate || return 0
  dockerd --validate --config-file=/etc/docker/daemon.json
}
fa_running() { docker ps -q --no-trunc | xargs -r docker inspect -f '{{.Id}} {{.State.StartedAt}}' | sort; }
fa_docker_answers() { fa_n=0; until docker info >/dev/null 2>&1; do [ $fa_n -lt 60 ] || return 1; sleep 0.5; fa_n=$((fa_n+1)); done; }
fa_live() { [ "$(docker info -f '{{.LiveRestoreEnabled}}')" = "$1" ]; }
fa_live_becomes() { systemctl reload docker.service && fa_n=0; until fa_live "$1"; do [ $fa_n -lt 20 ] || return 1; sleep 0.5; fa_n=$((fa_n+1)); done; }
fa_keep_docker() { touch -r /etc/docker "$T/backup/docker.time" 2>/dev/null || :; }
fa_docker_takes() {
  systemctl is-active -q docker.service || return 0
  fa_were=$(fa_running)
  [ -z "$fa_were" ] || fa_live_becomes true || { echo "live-restore is off: a restart would end every container"; return 1; }
  systemctl reset-failed docker.service 2>/dev/null
  systemctl restart docker.service && fa_docker_answers || return 1
  fa_running >"$T/running"
  printf '%s\\n' "$fa_were" | grep . | grep -vFxf "$T/running" || return 0
  echo "these containers did not go on"; return 1
}
fa_put_daemon_json() { printf %s "$1" | base64 -d >/etc/docker/.fleet-audit.$ID && chmod 0644 /etc/docker/.fleet-audit.$ID && mv -f /etc/docker/.fleet-audit.$ID /etc/docker/daemon.json; }
fa_docker_back() {
  [ "$BY" != boot ] || return 0
  fa_old=/etc/docker/daemon.json
  if systemctl is-active -q docker.service; then
    if [ -e "$T/backup/docker.none" ]; then :; elif [ -e $fa_old ]; then cp -a $fa_old "$T/backup/docker.json"; else : >"$T/backup/docker.none"; fi
    fa_put_daemon_json "$1" && fa_docker_takes && fa_put_daemon_json "$2" && systemctl reload docker.service && sleep 1 || fa_rc_docker=1
    if [ -e "$T/backup/docker.none" ]; then rm -f $fa_old; else cp -a "$T/backup/docker.json" /etc/docker/.fleet-audit.$ID && mv -f /etc/docker/.fleet-audit.$ID $fa_old; fi
  fi
  fa_same_docker_time
  [ "\${fa_rc_docker:-0}" = 0 ]
}
fa_ufw_files() { find /etc/ufw /etc/default/ufw -type f 2>/dev/null | sort; }
fa_ufw_sums() { fa_ufw_files | while read -r fa_f; do printf '%s %s %s\\n' "$(fa_sum "$fa_f")" "$(fa_access "$fa_f")" "$fa_f"; done; }
fa_ufw_active() { ufw status 2>/dev/null | grep -q '^Status: active'; }
fa_ufw_jumps() { for fa_c in iptables ip6tables; do $fa_c -w -S 2>/dev/null | sed -n "s/^-A \\([A-Z]* -j ufw.*\\)/$fa_c -w -D \\1/p"; done; }
fa_ufw_hook() {
  fa_ufw_active || return 0
  for fa_c in iptables ip6tables; do
    fa_6=; [ $fa_c = iptables ] || fa_6=6
    for fa_b in INPUT OUTPUT FORWARD; do for fa_n in before-logging before after after-logging reject track; do
      fa_n=ufw$fa_6-$fa_n-$(echo $fa_b | tr A-Z a-z)
      ! $fa_c -w -n -L $fa_n >/dev/null 2>&1 || $fa_c -w -C $fa_b -j $fa_n 2>/dev/null || $fa_c -w -A $fa_b -j $fa_n || return 1
    done; done
    ! grep -Eq '^DEFAULT_INPUT_POLICY="?(DROP|REJECT)' /etc/default/ufw || ! $fa_c -w -n -L ufw$fa_6-before-input >/dev/null 2>&1 || $fa_c -w -P INPUT DROP || return 1
  done
}
fa_policies() { for fa_c in iptables ip6tables; do $fa_c -w -S 2>/dev/null | sed -n "s/^-P/$fa_c -w -P/p"; done; }
fa_keep_ufw() {
  command -v ufw >/dev/null || return 1
  mkdir -p "$T/backup/ufw" && tar -C / -cpf "$T/backup/ufw/files.tar" etc/ufw etc/default/ufw || return 1
  { iptables -w -S; ip6tables -w -S; } 2>/dev/null | grep -q '^-N ufw' || : >"$T/backup/ufw/no-chains"
  fa_ufw_sums >"$T/backup/ufw/before"; fa_policies >"$T/backup/ufw/policies"; fa_ufw_jumps >"$T/backup/ufw/jumps"
  if fa_ufw_active; then echo active; else echo inactive; fi >"$T/backup/ufw/status"
}
fa_ufw_spelled() { sed -i 's/^ENABLED="\\?[Yy][Ee][Ss]"\\?$/ENABLED=yes/' /etc/ufw/ufw.conf; }
fa_ufw_as_kept() { fa_ufw_sums | cmp -s - "$T/backup/ufw/after"; }
fa_ufw_kept() { fa_ufw_sums >"$T/backup/ufw/after"; }
fa_ufw_lets_in() {
  [ -n "$PORT" ] || return 0
  ufw show added | grep -Eq "^ufw (allow|limit) $PORT(/tcp)?( |$)" && return 0
  echo "UFW would not let in whoever comes by port $PORT, as this login did"; return 1
}
fa_ufw_unload() {
  for fa_c in iptables ip6tables; do
    $fa_c -w -S 2>/dev/null | sed -n 's/^-A \\(INPUT\\|FORWARD\\|OUTPUT\\) -j \\(ufw[^ ]*\\)$/\\1 \\2/p' | while read -r fa_b fa_n; do $fa_c -w -D "$fa_b" -j "$fa_n"; done
    for fa_v in -F -X; do $fa_c -w -S 2>/dev/null | sed -n 's/^-N \\(ufw.*\\)$/\\1/p' | while read -r fa_n; do $fa_c -w $fa_v "$fa_n"; done; done
  done
}
fa_restore_ufw() {
  fa_was=$(cat "$T/backup/ufw/status")
  [ "$BY" = boot ] || [ "$fa_was" = active ] || ufw --force disable || return 1
  fa_ufw_files | while read -r fa_f; do grep -q " $fa_f$" "$T/backup/ufw/before" || rm -f -- "$fa_f"; done
  tar -C / -xpf "$T/backup/ufw/files.tar" && sync || return 1
  if [ "$BY" != boot ]; then
    [ "$fa_was" != active ] || { ufw reload && tar -C / -xpf "$T/backup/ufw/files.tar"; } || return 1
    sh "$T/backup/ufw/policies" || return 1
    [ "$fa_was" != active ] || fa_ufw_jumps | grep -vFxf "$T/backup/ufw/jumps" | sh || return 1
    [ ! -e "$T/backup/ufw/no-chains" ] || fa_ufw_unload
  fi
  fa_ufw_sums | cmp -s - "$T/backup/ufw/before"
}
fa_keep_docker_user() {
  for fa_c in iptables ip6tables; do $fa_c-save -t filter 2>/dev/null | sed -n '/^:DOCKER-USER /p; /^-A DOCKER-USER /p' >"$T/backup/docker-user.$fa_c"; done
  touch -r /etc/docker "$T/backup/docker.time" 2>/dev/null || :
  fa_keep_unit docker-iptables.service
}
fa_same_docker_time() { [ ! -e "$T/backup/docker.time" ] || [ ! -d /etc/docker ] || touch -r "$T/backup/docker.time" /etc/docker; }
fa_load_docker_user() {
  fa_same_docker_time
  for fa_c in iptables ip6tables; do $fa_c-restore --test -n /etc/docker/$fa_c-rules.conf || return 1; done
  systemctl daemon-reload && systemctl enable -q docker-iptables.service && systemctl restart docker-iptables.service
}
fa_restore_docker_user() {
  fa_same_docker_time
  fa_kept=$(fa_unit_kept docker-iptables.service)
  case $fa_kept in enabled*) ;; *) rm -f /etc/systemd/system/multi-user.target.wants/docker-iptables.service ;; esac
  [ "$BY" != boot ] || return 0
  case $fa_kept in *'|active') ;; *) systemctl stop docker-iptables.service 2>/dev/null ;; esac
  systemctl daemon-reload || return 1
  for fa_c in iptables ip6tables; do
    if [ -s "$T/backup/docker-user.$fa_c" ]; then { echo '*filter'; cat "$T/backup/docker-user.$fa_c"; echo COMMIT; } | $fa_c-restore -w -n || return 1
    else $fa_c -w -F DOCKER-USER 2>/dev/null; $fa_c -w -X DOCKER-USER 2>/dev/null || :; fi
  done
}
fa_tidy() {
  set -- ${home}/txn/*/state/armed
  [ ! -e "$1" ] && [ -e ${recoverUnit} ] || return 0
  rm -f ${recoverUnit} /etc/systemd/system/sysinit.target.wants/fleet-audit-recover.service
  [ "$BY" = boot ] || systemctl daemon-reload 2>/dev/null || :
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
