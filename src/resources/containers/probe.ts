import type { HostProbe } from '../../model/probe.ts';

/**
 * What the kernel has mounted in each container, of what the host has mounted too, and the sockets of container engines. Docker says
 * where a mount was asked from; only the kernel says where it leads: through links, volumes that are binds, and what lies below.
 * One process for each mount namespace of a container is looked at; lines of its own file systems (proc, its layers) are left out.
 */
export const mountsProbe: HostProbe = {
  kind: 'host',
  name: 'containers.mounts',
  timeoutSeconds: 20,
  maxBytes: 8 * 1024 * 1024,
  run: `
command -v ss > /dev/null || { echo 'ss: not found' >&2; exit 127; }
engines=$(ss -Hlxp) || exit
printf '%s\\n' "$engines" | awk '/\\(\\("(dockerd|containerd|podman|crio)",|,\\("(dockerd|containerd|podman|crio)",/ && $5 ~ /^\\// { print "engine|" $5 }'
host=$(awk '{ print $3 "|" $4 "|" $5 }' /proc/1/mountinfo) || exit
printf '%s\\n' "$host" | sed 's/^/host|/'
procs=$(grep -sHoE '[0-9a-f]{64}' /proc/[0-9]*/cgroup | awk -F'[/:]' '!seen[$3]++ { print $3 "|" $5 }')
set --
for proc in $procs; do set -- "$@" "/proc/\${proc%%|*}/ns/mnt"; done
if [ $# -gt 0 ]; then
  spaces=$(stat -L -c '%n|%i' "$@" 2> /dev/null)
  first=$(printf '%s\\n%s\\n' "$procs" "$spaces" | awk -F'|' '
    !/^\\// { id[$1] = $2; next }
    { split($1, way, "/"); pid = way[3]; if (!seen[id[pid] "|" $2]++) print pid "|" id[pid] }')
  for each in $first; do
    pid=\${each%%|*}
    mounts=$(cat "/proc/$pid/mountinfo" 2> /dev/null) && [ -n "$mounts" ] || continue
    printf 'look|%s\\n' "$each"
    printf '%s\\n%s\\n' "$host" "$mounts" | awk '
      NF == 1 { split($1, part, "|"); known[part[1]] = 1; next }
      $3 in known && $5 != "/" { print "mount|" $3 "|" $4 "|" $5 "|" $6 }'
  done
fi
echo end
`,
};
