/** Whom sshd would let in with the files as they are, asked before it reads them. An account that did not get in before is none of it. */
export const logins = `fa_matches() { fa_who=$1; shift; for fa_p; do case $fa_who in \${fa_p%%@*}) return 0 ;; esac; done; return 1; }
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
