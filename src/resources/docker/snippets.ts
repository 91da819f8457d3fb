/**
 * Shell: `daemons` are the ids of this host's dockerd processes, those of containers left out; `d` asks the one on the system's
 * socket, whatever context, plugins or credentials root's own configuration names. It is asked only while it runs: through
 * docker.socket a question would start it.
 */
export const ask = `
here=$(readlink /proc/self/ns/pid)
[ -n "$here" ] || { echo 'cannot read /proc/self/ns/pid' >&2; exit 1; }
daemons=
for dir in /proc/[0-9]*; do
  { read -r comm < "$dir/comm"; } 2> /dev/null || continue
  [ "$comm" = dockerd ] || continue
  [ "$(readlink "$dir/ns/pid")" = "$here" ] || continue
  daemons="$daemons \${dir#/proc/}"
done
d() { timeout -k 1 8 docker --config /nonexistent/fleet-audit -H unix:///run/docker.sock "$@"; }
ask() { # word of the answer's lines, what to ask; an answer that failed is asked for its reason
  word=$1
  shift
  text=$(d "$@" 2> /dev/null)
  rc=$?
  if [ $rc = 0 ]; then
    printf '%s\\n' "$text" | awk -v word="$word" 'NF { print word "|" $0 }'
    return
  fi
  case $rc in
    124 | 137) why='no answer in 8 s' ;;
    *) why=$(d "$@" 2>&1 > /dev/null | awk 'NF { last = $0 } END { print substr(last, 1, 300) }') ;;
  esac
  printf 'failed|%s|%s|%s\\n' "$word" "$rc" "$why"
  return 1
}
`;

/** Shell: every trace that a Docker engine or its client leaves on a host, running or not. */
export const traces = `
for name in docker dockerd; do
  for path in "$(command -v "$name")" /usr/bin/$name /usr/sbin/$name /usr/local/bin/$name /usr/local/sbin/$name /opt/bin/$name /snap/bin/$name; do
    case $path in /*) [ -e "$path" ] && printf 'program|%s|%s|%s\\n' "$name" "$(readlink -f -- "$path")" "$path" ;; esac
  done
done | sort -u
[ ! -e /snap/docker ] || echo 'snap|/snap/docker'
for path in /run/docker.sock /var/run/docker.sock; do
  [ -e "$path" ] || [ -L "$path" ] || continue
  printf 'socket|%s|%s\\n' "$(readlink -f -- "$path")" "$path"
done
triggers=$(systemctl show docker.service -p TriggeredBy --value 2> /dev/null | tr ' ' '\\n' | grep -vx docker.socket)
for unit in docker.service docker.socket snap.docker.dockerd.service $triggers; do
  printf 'show|%s\\n' "$unit"
  systemctl show --timestamp=us+utc "$unit" -p Id,LoadState,ActiveState,SubState,UnitFileState,MainPID,ExecMainStartTimestamp \\
    -p StateChangeTimestamp,NeedDaemonReload,ExecStart,EnvironmentFiles,FragmentPath,DropInPaths,Listen,SocketMode,SocketUser,SocketGroup,WantedBy,RequiredBy 2> /dev/null |
    sed '/^$/d; s/^/unit|/'
done
{
  systemctl show docker.service -p Environment --value | tr ' ' '\\n'
  systemctl show docker.service -p EnvironmentFiles --value | sed -n 's/ (ignore_errors=.*//p' | while IFS= read -r file; do
    cat -- "$file"
  done
} 2> /dev/null | sed -n 's/^[[:space:]"]*\\(DOCKER_INSECURE_NO_IPTABLES_RAW=[A-Za-z0-9]*\\).*/next|\\1/p'
`;
