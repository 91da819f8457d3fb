import type { HostProbe } from '../../model/probe.ts';
import { quote } from '../../model/quote.ts';
import { reduce } from './reduce.ts';

/** The compose files of a directory and its .env file; only their ports become evidence. */
export function composeProbe(dir: string): HostProbe {
  return { kind: 'host', name: `compose_file:${dir}`, run: `dir=${quote(dir)}\n${look}`, reduce };
}

/**
 * The names that `docker compose` takes by itself, main files and overrides (compose-go, cli/options.go). It is not asked to
 * print its own view: as root it would follow whatever an `include` or an `env_file` of the app's account says, to the network too.
 */
const look = `
show() {
  if seen=$(stat -L -c '%s|%F' -- "$dir/$2" 2>&1); then
    printf '%s|%s|%s\\n' "$1" "$2" "$seen"
    case $seen in *'|regular'*) head -c 262144 -- "$dir/$2" | awk '{ print "|" $0 }' ;; esac
  else
    printf 'gone|%s|%s\\n' "$2" "$seen"
  fi
}
if seen=$(stat -L -c %F -- "$dir" 2>&1); then printf 'dir|%s\\n' "$seen"; else printf 'none|%s\\n' "$seen"; echo end; exit 0; fi
for base in compose docker-compose; do
  for name in "$base.yaml" "$base.yml" "$base.override.yaml" "$base.override.yml"; do show file "$name"; done
done
show env .env
echo end
`;
