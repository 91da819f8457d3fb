/**
 * What is about to be done stands in the journal before it is done, and its result after.
 */
export const journal = `fa_note() {
  printf '{"at":"%s","by":"%s","what":"%s","state":"%s"}\\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$BY" "$(printf %s "$1" | tr -d '\\000-\\037"\\\\')" "$2" >>"$T/journal.ndjson"
  sync "$T/journal.ndjson" 2>/dev/null || :
}
fa_do() { fa_note "$*" begun; if "$@" >>"$T/log" 2>&1; then fa_note "$*" done; else fa_rc=$?; fa_note "$*" "failed ($fa_rc)"; return $fa_rc; fi; }
fa_phase() { printf '%s\\n' "$1" >"$T/phase.new" && mv -f "$T/phase.new" "$T/phase"; }
`;
