import type { HostProbe } from '../../model/probe.ts';
import { quote } from '../../model/quote.ts';

/**
 * The source files that name the host, whole; each keyring that they name, with its content; the release's code name. apt reads only
 * files whose names are of letters, digits, `_`, `-` and `.`, sources.list(5).
 */
export function repoProbe(host: string): HostProbe {
  return {
    kind: 'host',
    name: `apt_repo:${host}`,
    reduce: (stdout) => stdout.replace(/(:\/\/)[^/@\s]*@/g, '$1***@'),
    run: `host=${quote(host)}
(
  unset VERSION_CODENAME
  . /etc/os-release
  printf 'codename|%s\\n' "\${VERSION_CODENAME-}"
)
[ -d /etc/apt/sources.list.d ] || [ -f /etc/apt/sources.list ] || { echo 'no sources of apt' >&2; exit 1; }
for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do
  case \${file##*/} in *[!A-Za-z0-9_.-]*) continue ;; esac
  [ -e "$file" ] || continue
  grep -qiF -e "$host" -- "$file" || { [ $? = 1 ] && continue; }
  printf 'source|%s\\n' "$file"
  awk '{ print "line|" $0 }' < "$file"
  # What a continued field holds is a key itself, not a path.
  paths="$paths $(grep -ioE 'signed-by[=:][[:space:]]*[^] ]+' -- "$file" | sed 's/^[^=:]*[=:][[:space:]]*//' | tr ',' ' ' | tr '\\n' ' ')"
done
set -f
for path in $(printf '%s\\n' $paths | sort -u); do
  case $path in /*) ;; *) continue ;; esac
  if seen=$(stat -L -c '%a|%U|%F' -- "$path" 2>&1); then
    printf 'keyring|%s|%s|%s\\n' "$path" "$(stat -L -c '%a|%U' -- "\${path%/*}/")" "$seen"
    [ ! -f "$path" ] || head -c 65536 -- "$path" | base64 | sed 's/^/data|/'
  else
    printf 'nokeyring|%s|%s\\n' "$path" "\${seen##*: }"
  fi
done
echo end
`,
  };
}
