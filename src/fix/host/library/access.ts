/** Modes and owners. A directory on the way that is a link of somebody's own would give them another's file: only root's links are followed. */
export const access = `fa_way() { fa_w=\${1%/*}; while [ -n "$fa_w" ]; do [ ! -L "$fa_w" ] || [ "$(stat -c %u "$fa_w")" = 0 ] || return 1; fa_w=\${fa_w%/*}; done; }
fa_has_access() { [ ! -L "$1" ] && fa_way "$1" && [ "$(fa_access "$1")" = "$2|$3" ]; }
fa_set_access() { [ ! -L "$1" ] && fa_way "$1" && chown -h "$3" "$1" && chmod "$2" "$1" && sync "$1" 2>/dev/null; fa_has_access "$1" "$2" "$3"; }
fa_reset_access() { [ -e "$1" ] || return 0; fa_set_access "$1" "$2" "$3"; }
`;
