/**
 * Prints lines `word|rest` and `end`:
 * `process|name|in or out` for each Redis on the host, in the container or not; `port|yes` when something listens on 6379;
 * `docker|…`; of each container `c|`, `image|`, `l|` (labels), and of the fleet's own `env|`;
 * `admin|…`, whether its password is known; `pair|…`; `r|…`, what redis-cli said; `login|user`, whose passwords are tried for real, and
 * `s|…`, what redis-cli said then; `path|…`, `file|…`, `view|…` and `rule|line|…` of the ACL file, passwords hashed.
 *
 * redis-cli reads its commands, passwords among them, from stdin: an argument can be read by everyone on the host, and what is in a
 * process's environment by everyone in its container. `RESET` (Redis 6.2) makes a client one that never logged in, whatever
 * REDISCLI_AUTH the container has. A password is tried only when it is the one whose hash the ACL holds: a wrong one would be
 * written to the ACL LOG. So is every refusal after a real login, hence four of those at most: the log is short, and not ours.
 */
export const snippet = `
nl='
'
format='c|{{.Id}}|{{.Name}}|{{.State.Status}}|{{.State.Pid}}|{{.RestartCount}}
image|{{json .Config.Image}}
l|{{json (index .Config.Labels "fleetclaw.asset_id")}}
managed|{{json (index .Config.Labels "fleetclaw.managed")}}
{{range .Args}}a|{{json .}}
{{end}}{{if or (index .Config.Labels "fleetclaw.asset_id") (index .Config.Labels "fleetclaw.managed")}}{{range .Config.Env}}env|{{json .}}
{{end}}{{end}}{{range .Mounts}}m|{{.Type}}|{{json .Source}}|{{json .Destination}}
{{end}}'
set -f
IFS=$nl

# The daemon on the system's socket, whatever context root's own configuration names.
engine() { docker --config /nonexistent/fleet-audit -H unix:///run/docker.sock "$@"; }
ask() { printf 'ECHO "=%s %s"\\nACL DRYRUN %s %s\\n' "$1" "$2" "$1" "$2"; }
escape() { printf '%s' "$1" | sed 's/[\\\\"]/\\\\&/g'; }
hash_of() { digest=$(printf '%s' "$1" | sha256sum); printf '%s' "\${digest%% *}"; }
passwords() {
  [ -f "$1" ] && head -c 65536 -- "$1" | awk '
    { sub(/\\r$/, ""); sub(/^[ \\t]+/, ""); sub(/^export[ \\t]+/, "") }
    /^[A-Za-z_][A-Za-z0-9_]*[ \\t]*[=:]/ {
      match($0, /[ \\t]*[=:][ \\t]*/)
      key = substr($0, 1, RSTART - 1)
      text = substr($0, RSTART + RLENGTH)
      mark = substr(text, 1, 1)
      if (mark == "\\047" || mark == "\\"") {
        value = ""
        for (i = 2; i <= length(text); i++) {
          letter = substr(text, i, 1)
          if (letter == mark) break
          if (letter == "\\\\" && mark == "\\"") letter = substr(text, ++i, 1)
          value = value letter
        }
        if (i > length(text)) next
      } else {
        value = text
        sub(/[ \\t]#.*$/, "", value)
        sub(/[ \\t]+$/, "", value)
      }
      values[key] = value
    }
    END { for (key in values) print key "=" values[key] }'
}
# The same by user: REDIS_PASSWORD_EX_001 is the password of ex_001.
users() { passwords "$1" | awk '/^REDIS_PASSWORD_/ { at = index($0, "="); print tolower(substr($0, 16, at - 16)) substr($0, at) }'; }
rules() {
  number=0
  while read -r line || [ -n "$line" ]; do
    number=$((number + 1))
    text=
    case $line in
      '' | '#'*) text=" \${line:+comment}" ;;
      *)
        IFS=' '
        for word in \${line%"$cr"}; do
          case $word in
            '>'*) word="#$(hash_of "\${word#>}")" ;;
            '<'*) word="!$(hash_of "\${word#<}")" ;;
          esac
          text="$text $word"
        done
        IFS=$nl
        ;;
    esac
    printf 'rule|%s|%s\\n' "$number" "\${text# }"
  done < "$1"
}
# The path on the host of what the container calls $1, through the mount that is nearest to it.
on_host() {
  host=/proc/$main/root$1 how=layer best=0
  for line in $mounts; do
    line=\${line#m|} type=\${line%%|*}
    source=\${line#*|\\"} source=\${source%%\\"*}
    at=\${line##*|\\"} at=\${at%\\"}
    case $1 in
      "$at" | "$at"/*)
        if [ "\${#at}" -gt "$best" ]; then best=\${#at} how=$type host=$source\${1#"$at"}; fi
        ;;
    esac
  done
  [ "$how" != tmpfs ] || host=/proc/$main/root$1
}
questions() {
  printf 'RESET\\nPING\\n'
  if [ -n "$secret" ]; then printf 'AUTH %s "%s"\\n' "$admin" "$(escape "$secret")"; fi
  printf 'ECHO "=whoami"\\nACL WHOAMI\\nECHO "=aclfile"\\nCONFIG GET aclfile\\nECHO "=list"\\nACL LIST\\n'
  last=
  for pair in $pairs; do
    user=\${pair%% *} other=\${pair##* } own=\${pair#* } own=\${own% *}
    ask_pair
    [ "$user" = "$last" ] || ask_user
    last=$user
  done
  printf 'ECHO "=end"\\n'
}
more_questions() {
  if [ -n "$secret" ]; then printf 'AUTH %s "%s"\\n' "$admin" "$(escape "$secret")"; else echo PING; fi
  for category in $categories; do printf 'ECHO "=%s"\\nACL CAT %s\\n' "$category" "$category"; done
  for login in $logins; do
    pair=\${login%%|*} word=\${login#*|}
    other=\${pair##* } own=\${pair#* } own=\${own% *}
    for id in $other $own; do
      printf 'RESET\\nAUTH %s "%s"\\nGETRANGE fleet:inbox:%s 0 0\\n' "\${pair%% *}" "$(escape "$word")" "$id"
    done
  done
  printf 'RESET\\n'
}
cli() { engine exec -i "$id" redis-cli 2>&1; }

cr=$(printf '\\r')
servers=
set +f
for at in /proc/[0-9]*; do
  name=
  { read -r name < "$at/comm"; } 2> /dev/null || continue
  case $name in redis-server | valkey-server | keydb-server | dragonfly) servers="$servers$at|$name$nl" ;; esac
done
set -f
if grep -qsE ':18EB [0-9A-F]+:0000 0A ' /proc/net/tcp /proc/net/tcp6; then echo 'port|yes'; fi

seen=
if ! command -v docker > /dev/null; then
  echo 'docker|none'
elif ! ids=$(engine ps -aq --no-trunc 2>&1); then
  printf 'docker|failed: %s\\n' "\${ids%%"$nl"*}"
elif [ -n "$ids" ] && ! seen=$(engine inspect --format "$format" $ids 2>&1); then
  printf 'docker|failed: %s\\n' "\${seen%%"$nl"*}"
  seen=
else
  echo 'docker|ok'
fi

id= main=0 status= mounts= args= assets= here=
for line in $seen; do
  case $line in
    'c|'*)
      here=
      case $line in
        "c|"*"|/$c|"*)
          here=yes id=\${line#c|} id=\${id%%|*}
          status=\${line#c|*|*|} main=\${status#*|} main=\${main%%|*} status=\${status%%|*}
          ;;
      esac
      ;;
    'm|'*) [ -z "$here" ] || mounts="$mounts$line$nl" ;;
    'a|'*) [ -z "$here" ] || args="$args \${line#a|}" ;;
    'l|"'*)
      asset=\${line#l|\\"} asset=\${asset%%\\"*}
      case $asset in '' | *[!A-Za-z0-9_.-]*) ;; *) assets="$assets$asset$nl" ;; esac
      ;;
  esac
  case $line in
    'a|'* | 'm|'*) ;;
    ?*) printf '%s\\n' "$line" ;;
  esac
done
server=
for line in $servers; do
  at=\${line%|*} where=out
  if [ -n "$id" ] && grep -qs "$id" "$at/cgroup"; then where=in server=$at; fi
  printf 'process|%s|%s\\n' "\${line##*|}" "$where"
done
[ -z "$server" ] || printf 'uid|%s\\n' "$(stat -c '%u|%U' "$server")"

if [ "$status" = running ]; then
  pairs=$(printf '%s' "$assets" | sort -u | awk '
    { id[NR] = $0 }
    END {
      for (i = 1; i <= NR; i++) {
        user = tolower(id[i])
        gsub(/-/, "_", user)
        other = "NO-SUCH-ASSET"
        if (NR != 1) other = id[i % NR + 1]
        print user, id[i], other
      }
    }')
  pairs=$(printf '%s\\n' "$pairs" "$given" | grep . | sort -u)
  for pair in $pairs; do printf 'pair|%s\\n' "$pair"; done

  # Where the ACL file is said to be, so that a password can be compared with it first.
  path=$(printf '%s' "$args" | sed -n 's/.*--aclfile[" ]*\\([^" ]*\\).*/\\1/p')
  if [ -z "$path" ]; then
    conf=$(printf '%s' "$args" | sed -n 's/.*[" ]\\(\\/[^" ]*\\.conf\\)[" ].*/\\1/p')
    if [ -n "$conf" ] && [ -f "/proc/$main/root$conf" ]; then
      path=$(sed -n 's/^[ \\t]*aclfile[ \\t"]*\\([^" \\t]*\\).*/\\1/p' "/proc/$main/root$conf" | tail -n 1)
    fi
  fi
  hashed= stored=
  if [ -n "$path" ]; then
    on_host "$path"
    stored=$host
    if [ -f "/proc/$main/root$path" ]; then hashed=$(rules "/proc/$main/root$path"); fi
  fi
  known=$(users "$env_file")
  if [ -n "$secret" ]; then
    from=given
  else
    from=
    for line in $(passwords "$admin_file"); do case $line in "$admin_key="*) secret=\${line#*=} from=host ;; esac; done
  fi
  wanted=$secret
  state=none
  if [ -n "$secret" ]; then
    state=unchecked
    digest=$(hash_of "$secret")
    case "$nl$hashed$nl" in
      *"|user $admin "*)
        state=wrong
        for line in $hashed; do
          case "$line " in *"|user $admin "*"#$digest "*) state=right ;; *"|user $admin "*" nopass "*) state=right ;; esac
        done
        ;;
    esac
  fi
  # Without anything to compare with, an open server is asked as it is, and only a closed one gets the password.
  # One that the ACL file disproves is never tried, wherever it comes from.
  [ "$state" = right ] || { [ "$from" = given ] && [ "$state" != wrong ]; } || secret=
  answers=$(questions | cli)
  if [ "$state" = unchecked ] && [ "$from" = host ]; then
    case $answers in
      RESET"$nl"NOAUTH*) secret=$wanted; answers=$(questions | cli) ;;
    esac
  fi
  printf 'admin|%s|%s\\n' "$state" "\${secret:+tried}"
  for line in $answers; do printf 'r|%s\\n' "$line"; done

  whole=$(printf '%s\\n' "$answers" | sed -n '/^=aclfile$/,/^=list$/p' | sed -n '3s/^\\//\\//p')
  if [ -n "$whole" ]; then
    on_host "$whole"
    printf 'path|%s|%s|%s\\n' "$how" "$whole" "$host"
    [ "$how" != layer ] || host=/proc/$main/root$whole
    (unset IFS; p=$host; see_file) | sed 's/^/file|/'
    if [ -f "/proc/$main/root$whole" ] && [ -f "$host" ]; then
      if [ "$(stat -L -c '%d %i' -- "/proc/$main/root$whole")" = "$(stat -L -c '%d %i' -- "$host")" ]; then
        echo 'view|same'
      else
        echo 'view|other'
        stored=
      fi
      if [ "$whole" != "$path" ] || [ "$stored" != "$host" ]; then hashed=$(rules "$host"); fi
      printf '%s\\n' "$hashed"
    fi
  fi

  list=$(printf '%s\\n' "$answers" | sed -n '/^=list$/,/^=/p')
  categories=$(printf '%s\\n' "$list" "$hashed" '+@read' '+@pubsub' '+@connection' '+@admin' '+@dangerous' '+@scripting' | tr ' ()' '\\n' | sed -n 's/^[+-]@\\([a-z]*\\)$/\\1/p' | grep -vx all | sort -u)
  logins= tries=0
  for pair in $pairs; do
    [ "$tries" -lt 4 ] || break
    for line in $known; do
      case $line in "\${pair%% *}="*) ;; *) continue ;; esac
      digest=$(hash_of "\${line#*=}")
      for rule in $list; do
        case "$rule " in
          "user \${pair%% *} on "*"#$digest "*) logins="$logins$pair|\${line#*=}$nl" tries=$((tries + 1)); printf 'login|%s\\n' "$pair" ;;
        esac
      done
    done
  done
  if [ -n "$categories$logins" ]; then
    more=$(more_questions | cli)
    for line in $more; do printf 's|%s\\n' "$line"; done
  fi
fi
echo end
`;
