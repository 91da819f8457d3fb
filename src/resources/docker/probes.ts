import type { HostProbe } from '../../model/probe.ts';
import { reduceContainers } from './reduce-containers.ts';
import { reduceInfo } from './reduce-info.ts';
import { ask, traces } from './snippets.ts';

/** Whether there is an engine, what it says of itself, how it was started and would be, and its daemon.json. */
export const infoProbe: HostProbe = {
  kind: 'host',
  name: 'docker.info',
  timeoutSeconds: 30,
  reduce: reduceInfo,
  run: `${ask}${traces}
own=$(readlink /proc/self/ns/user)
config=
for pid in $daemons; do
  kind=other
  [ "$(readlink /proc/$pid/ns/user)" = "$own" ] && kind=host
  printf 'process|%s|%s\\n' "$pid" "$kind"
  words=$(tr '\\n\\0' '\\001\\n' < /proc/$pid/cmdline 2> /dev/null)
  printf '%s\\n' "$words" | sed 's/^/argv|/'
  tr '\\n\\0' '\\001\\n' < /proc/$pid/environ 2> /dev/null | sed -n 's/^\\(DOCKER_INSECURE_NO_IPTABLES_RAW=.*\\)$/env|\\1/p'
  [ $kind = host ] || continue
  config=$(printf '%s\\n' "$words" | sed -n '/^--config-file$/{n;p;}; s/^--config-file=//p' | tail -n 1)
done
start=$(systemctl show docker.service -p ExecStart --value 2> /dev/null)
if [ -z "$config" ] && [ -z "$daemons" ]; then
  config=$(printf '%s\\n' "$start" | sed -n 's/.*--config-file[= ]\\([^ ;]*\\).*/\\1/p')
fi
config=\${config:-/etc/docker/daemon.json}
printf 'config|%s\\n' "$config"
stat -L -c 'dir|%.9Y' -- "\${config%/*}/"
[ ! -L "$config" ] || stat -c 'link|%.9Z' -- "$config"
if seen=$(stat -L -c 'file|%a|%U|%G|%F|%.9Y|%.9Z|%s' -- "$config" 2>&1); then
  printf '%s\\n' "$seen"
  if [ -f "$config" ]; then head -c 262144 -- "$config" | awk '{ print "json|" $0 }'; fi
else
  printf 'nofile|%s\\n' "$seen"
fi
[ -z "$daemons" ] || { ask version version --format '{{json .Server}}' && ask info info --format '{{json .}}'; }
echo end
`,
};

/** What is kept of a container; a field that an engine does not know fails the whole question. */
const container = [
  '{"Id":{{json .Id}},"Name":{{json .Name}},"Image":{{json .Image}},"Created":{{json .Created}}',
  '"AppArmorProfile":{{json .AppArmorProfile}}',
  '"State":{"Status":{{json .State.Status}},"Running":{{json .State.Running}},"Pid":{{json .State.Pid}},"StartedAt":{{json .State.StartedAt}}}',
  '"Config":{"User":{{json .Config.User}},"Image":{{json .Config.Image}},"Labels":{{json .Config.Labels}},"Env":{{json .Config.Env}}}',
  '"HostConfig":{{json .HostConfig}},"NetworkSettings":{{json .NetworkSettings}},"Mounts":{{json .Mounts}}}',
].join(',');

/**
 * One `docker inspect` of all containers, stopped ones included, and what the kernel says of every process in their cgroups.
 * A container that is removed between the list and the question fails it: then it is asked once more.
 */
export const inspectProbe: HostProbe = {
  kind: 'host',
  name: 'docker.inspect',
  timeoutSeconds: 40,
  maxBytes: 16 * 1024 * 1024,
  reduce: reduceContainers,
  run: `${ask}
all() {
  ids=$(d ps -aq --no-trunc) && { [ -z "$ids" ] || d inspect --type container --format '${container}' $ids; }
}
if [ -z "$daemons" ]; then
  echo 'state|stopped'
else
  found=$(all 2> /dev/null) || found=$(all 2>&1)
  rc=$?
  if [ $rc = 0 ]; then
    echo 'state|listed'
    printf '%s\\n' "$found" | awk 'NF { print "container|" $0 }'
  else
    printf 'failed|%s|%s\\n' "$rc" "$(printf '%s\\n' "$found" | tail -n 1 | cut -c 1-300)"
  fi
  # The first id in a path is the container on this host; behind it may come those of an engine inside it.
  procs=$(grep -sHoE '[0-9a-f]{64}' /proc/[0-9]*/cgroup | awk -F'[/:]' '!seen[$3]++ { print $3 "|" $5 }')
  printf '%s\\n' "$procs" | awk 'NF { print "proc|" $0 }'
  set --
  for proc in $procs; do set -- "$@" "/proc/\${proc%%|*}/status" "/proc/\${proc%%|*}/limits"; done
  [ $# = 0 ] || grep -sHE '^(Name|Uid|Gid|NoNewPrivs|Cap[A-Z][a-z]+|Seccomp|Max open files)[: ]' "$@" |
    sed 's,^/proc/\\([0-9]*\\)/[a-z]*:,kernel|\\1|,'
fi
echo end
`,
};

const network = [
  '{"Name":{{json .Name}},"Id":{{json .ID}},"Driver":{{json .Driver}},"Scope":{{json .Scope}},"EnableIPv6":{{json .EnableIPv6}}',
  '"Internal":{{json .Internal}},"Options":{{json .Options}},"IPAM":{{json .IPAM}},"Containers":{{json .Containers}}}',
].join(',');

/** Every network with its options and who is in it. */
export const networksProbe: HostProbe = {
  kind: 'host',
  name: 'docker.networks',
  timeoutSeconds: 30,
  run: `${ask}
all() {
  ids=$(d network ls -q --no-trunc) && { [ -z "$ids" ] || d network inspect --format '${network}' $ids; }
}
if [ -z "$daemons" ]; then
  echo 'state|stopped'
else
  found=$(all 2> /dev/null) || found=$(all 2>&1)
  rc=$?
  if [ $rc = 0 ]; then
    echo 'state|listed'
    printf '%s\\n' "$found" | awk 'NF { print "network|" $0 }'
  else
    printf 'failed|%s|%s\\n' "$rc" "$(printf '%s\\n' "$found" | tail -n 1 | cut -c 1-300)"
  fi
fi
echo end
`,
};
