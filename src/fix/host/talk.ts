import { library } from './library.ts';
import { home } from './places.ts';

const of = (id: string) => `${home}/txn/${id}`;

/** How far it is: `state|…` and `phase|…`, in this order: once it is being undone, the phase says why. */
export const lookScript = (id: string) =>
  `printf 'state|%s\\n' "$(ls ${of(id)}/state 2>/dev/null)"; printf 'phase|%s\\n' "$(cat ${of(id)}/phase 2>/dev/null)"`;

/** Proves to a new login that it is on the same host: `proof|nonce`. */
export const proofScript = (id: string) => `printf 'proof|%s\\n' "$(cat ${of(id)}/nonce)"; ${lookScript(id)}`;

/** Who renames first has decided; the answer is what is true afterwards. */
export const confirmScript = (id: string) => `ID=${id} T=${of(id)} BY=client
${library}
if mv "$T/state/armed" "$T/state/confirmed" 2>/dev/null; then
  sync
  systemctl stop fleet-audit-deadman-${id}.timer 2>/dev/null
  rm -f "$T/reserve" "$T/alive" ${home}/pending
  fa_note confirmed done
  fa_tidy
fi
${lookScript(id)}`;

/** Runs what lies on the host since it began, and says what is true afterwards; ends as that did. */
export const rollbackScript = (id: string, by: 'client' | 'person' | 'force') =>
  `sh ${of(id)}/rollback.sh ${by}; fa_rc=$?\n${lookScript(id)}\nreturn $fa_rc`;

/** `txn|id|state|manifest`, the manifest in base64, oldest first; then `end`. */
export const listScript = `for fa_t in $(ls -tr ${home}/txn 2>/dev/null); do
printf 'txn|%s|%s|%s\\n' "$fa_t" "$(ls "${home}/txn/$fa_t/state" 2>/dev/null)" "$(base64 -w0 <"${home}/txn/$fa_t/manifest.json")"
done; echo end`;
