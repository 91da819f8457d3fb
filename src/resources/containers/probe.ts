import type { HostProbe } from '../../model/probe.ts';
import { ask } from '../docker/snippets.ts';

/**
 * What the kernel has mounted in each container, and on the host, and the sockets of container engines. Docker says where a mount was
 * asked from; only the kernel says where it leads: through links, volumes that are binds, and what lies below. One process for each
 * mount namespace of a container is looked at. Of what is stopped there are Docker's words only, and where their links lead now.
 * Blanks in paths are written in octal by the kernel, so that a blank parts the words of a line.
 */
export const mountsProbe: HostProbe = {
  kind: 'host',
  name: 'containers.mounts',
  timeoutSeconds: 40,
  maxBytes: 8 * 1024 * 1024,
  run: `${ask}
command -v ss > /dev/null || { echo 'ss: not found' >&2; exit 127; }
engines=$(ss -Hlxp) || exit
printf '%s\\n' "$engines" | awk '/\\(\\("(dockerd|containerd|podman|crio)",|,\\("(dockerd|containerd|podman|crio)",/ && $5 ~ /^\\// { print "engine|" $5 }'
getent passwd | awk -F: '($3 == 0 || $3 >= 1000 && $3 < 65534) && $6 ~ /^\\/./ && $7 !~ /(nologin|false)$/ { print $6 }' | sort -u |
  while IFS= read -r home; do
    printf 'home|%s\\n' "$(readlink -m -- "$home" || printf '%s' "$home")"
  done
[ -z "$daemons" ] || ask root info --format '{{.DockerRootDir}}'
ids=
[ -z "$daemons" ] || ids=$(d ps -aq --no-trunc 2> /dev/null)
[ -z "$ids" ] || d inspect --type container --format '{{range .Mounts}}{{println .Source}}{{end}}' $ids 2> /dev/null | sort -u |
  while IFS= read -r source; do
    case $source in /*) printf 'asked|%s\\nreal|%s\\n' "$source" "$(readlink -m -- "$source" || printf '%s' "$source")" ;; esac
  done
type='function type(at) { for (at = 7; at < NF; at++) if ($at == "-") return $(at + 1) }'
host=$(awk "$type"' { print "host|" $3, $4, $5, type() }' /proc/1/mountinfo) || exit
printf '%s\\n' "$host"
procs=$(grep -sHoE '[0-9a-f]{64}' /proc/[0-9]*/cgroup | awk -F'[/:]' '!seen[$3]++ { print $3 "|" $5 }')
set --
for proc in $procs; do set -- "$@" "/proc/\${proc%%|*}/ns/mnt"; done
if [ $# -gt 0 ]; then
  spaces=$(stat -L -c '%n|%i' "$@" 2> /dev/null)
  first=$(printf '%s\\n%s\\n' "$procs" "$spaces" | awk -F'|' '
    !/^\\// { id[$1] = $2; next }
    { split($1, way, "/"); pid = way[3]; if (!seen[id[pid] "|" $2]++) print pid "|" id[pid] }')
  for each in $first; do
    mounts=$(cat "/proc/\${each%%|*}/mountinfo" 2> /dev/null) && [ -n "$mounts" ] || continue
    printf '%s\\n' "$mounts" | awk -v id="\${each#*|}" "$type"' $5 != "/" { print "mount|" id, $3, $4, $5, $6, type() }'
  done
fi
echo end
`,
};
