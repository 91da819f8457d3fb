/**
 * UFW's files, and its chains in the kernel.
 *
 * - Where UFW's chains are there and INPUT no longer leads to them, neither enable nor reload brings the jumps back, and a reload shuts everybody out
 *   (seen with ufw 0.36.2): they are put back first.
 * - ufw(8) takes `ENABLED=Yes` for on and leaves it, while ufw-init knows `yes` and `YES` alone.
 * - UFW is undone without a reload: what lets people in may be in the kernel alone, and a reload would load files that do not have it. For the same reason
 *   the lines that are loaded are looked at, not those that `ufw show added` reads: its comments.
 */
export const ufw = `fa_ufw_files() { find /etc/ufw /etc/default/ufw -type f 2>/dev/null | sort; }
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
  for fa_c in iptables ip6tables; do $fa_c-save -t filter 2>/dev/null | sed -n '/^:ufw/p; /^-A ufw/p' >"$T/backup/ufw/$fa_c"; done
  fa_ufw_sums >"$T/backup/ufw/before"; fa_policies >"$T/backup/ufw/policies"; fa_ufw_jumps >"$T/backup/ufw/jumps"
}
fa_ufw_spelled() { sed -i 's/^ENABLED="\\?[Yy][Ee][Ss]"\\?$/ENABLED=yes/' /etc/ufw/ufw.conf; }
fa_ufw_as_kept() { fa_ufw_sums | cmp -s - "$T/backup/ufw/after"; }
fa_ufw_kept() { fa_ufw_sums >"$T/backup/ufw/after"; }
fa_ufw_lets_in() {
  [ -n "$PORT" ] || return 0
  fa_6=; case $FROM in *:*) fa_6=6 ;; esac
  grep -Eq "^-A ufw$fa_6-user-input -p tcp --dport $PORT -j (ACCEPT|ufw$fa_6-user-limit-accept)( |$)" /etc/ufw/user$fa_6.rules && return 0
  echo "UFW would not let in whoever comes by port $PORT, as this login did"; return 1
}
fa_ufw_unload() {
  for fa_c in iptables ip6tables; do
    $fa_c -w -S 2>/dev/null | sed -n 's/^-A \\(INPUT\\|FORWARD\\|OUTPUT\\) -j \\(ufw[^ ]*\\)$/\\1 \\2/p' | while read -r fa_b fa_n; do $fa_c -w -D "$fa_b" -j "$fa_n"; done
    for fa_v in -F -X; do $fa_c -w -S 2>/dev/null | sed -n 's/^-N \\(ufw.*\\)$/\\1/p' | while read -r fa_n; do $fa_c -w $fa_v "$fa_n"; done; done
  done
}
fa_ufw_may_reload() { ! fa_ufw_active || fa_ufw_lets_in; }
fa_ufw_live_as_kept() {
  for fa_c in iptables ip6tables; do
    [ ! -s "$T/backup/ufw/$fa_c" ] || { echo '*filter'; cat "$T/backup/ufw/$fa_c"; echo COMMIT; } | $fa_c-restore -w -n || return 1
  done
  fa_ufw_jumps >"$T/ufw-jumps"
  grep -vFxf "$T/ufw-jumps" "$T/backup/ufw/jumps" | sed 's/ -w -D / -w -A /' | sh || return 1
  grep -vFxf "$T/backup/ufw/jumps" "$T/ufw-jumps" | sh
}
fa_restore_ufw() {
  [ "$BY" = boot ] || [ ! -e "$T/backup/ufw/no-chains" ] || ufw --force disable || return 1
  fa_ufw_files | while read -r fa_f; do grep -q " $fa_f$" "$T/backup/ufw/before" || rm -f -- "$fa_f"; done
  tar -C / -xpf "$T/backup/ufw/files.tar" && sync || return 1
  if [ "$BY" != boot ]; then
    [ -e "$T/backup/ufw/no-chains" ] || fa_ufw_live_as_kept || return 1
    sh "$T/backup/ufw/policies" || return 1
    [ ! -e "$T/backup/ufw/no-chains" ] || fa_ufw_unload
  fi
  fa_ufw_sums | cmp -s - "$T/backup/ufw/before"
}
`;
