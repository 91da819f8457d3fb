/**
 * Files as they were, and as they are to be. One is written beside itself as a copy with everything that the old one has (ACL and attributes too), then
 * renamed: whoever reads it sees the old one or the new one, and a full disk leaves the old one.
 */
export const files = `fa_sum() { sha256sum <"$1" | cut -c1-64; }
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
`;
