/**
 * What a command says that it touches, whatever it is: a file, a directory, a link or nothing.
 */
export const touched = `fa_look() {
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
`;
