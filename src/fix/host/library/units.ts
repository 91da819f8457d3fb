/**
 * Whether a unit runs and starts at boot. Of a masked unit systemctl does not say whether it would be enabled; the link that wants it does.
 */
export const units = `fa_unit_kept() { sed -n "s/^$1|//p" "$T/backup/units" | head -n 1; }
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
`;
