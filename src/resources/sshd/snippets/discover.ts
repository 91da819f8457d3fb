/**
 * Shell: which options sshd runs with (the titles of listening daemons) and would be started with (its unit). A title keeps the
 * arguments, see setproctitle() in sshd.c, but not where one ends: whatever has no plain meaning is printed as `unclear`.
 */
export const discover = `
sshd=
nl='
'
# Without /run/sshd (no connection yet since boot, socket activation) sshd only answers with one of its own.
ask() {
  text=$("$sshd" "$@" 2>&1)
  rc=$?
  case $text in
    *'Missing privilege separation directory'*)
      text=$(unshare -m sh -c 'mount -t tmpfs -o mode=0755 tmpfs /run && mkdir -m 0755 /run/sshd && exec "$0" "$@"' "$sshd" "$@" 2>&1)
      rc=$?
      ;;
  esac
  # sshd ends the lines of its trace with CR LF.
  text=$(printf '%s\\n' "$text" | tr -d '\\r')
}
tag() { while IFS= read -r each; do printf '%s|%s\\n' "$1" "$each"; done; }

# The options that change what is configured, from the words of a command line; fails when that can't be told.
relevant() {
  kept=
  # One program for all: another sshd has other defaults and other files.
  case $1 in /*/sshd) program=$(readlink -f -- "$1") ;; *) return 1 ;; esac
  [ -x "$program" ] && [ "\${sshd:=$program}" = "$program" ] || return 1
  shift
  while [ $# -gt 0 ]; do
    case $1\${2-} in *[!A-Za-z0-9_./=:@%+,-]*) return 1 ;; esac
    case $1 in -[fhcopbkuE]) [ $# -gt 1 ] || return 1 ;; esac
    case $1 in
      -D | -e | -i | -q | -r | -De | -eD) ;;
      -E) shift ;;
      # A relative path would be one from where the daemon was started.
      -[fhc]/* | -[opbku]?* | -4 | -6) kept="$kept $1" ;;
      -[fhc]) case $2 in /*) kept="$kept $1 $2" ;; *) return 1 ;; esac; shift ;;
      -[opbku]) kept="$kept $1 $2"; shift ;;
      *) return 1 ;;
    esac
    shift
  done
}
sets=
add() { # who, command line
  who=$1
  set -f
  relevant $2 || { set +f; printf 'unclear|%s|%s\\n' "$who" "$2"; return; }
  set +f
  printf 'who|%s|%s\\n' "\${kept# }" "$who"
  case "$nl$sets" in
    *"$nl\${kept# }$nl"*) ;;
    *) sets="$sets\${kept# }$nl" ;;
  esac
}
ns=$(readlink /proc/self/ns/pid)
for dir in /proc/[0-9]*; do
  { read -r comm < "$dir/comm"; } 2> /dev/null || continue
  [ "$comm" = sshd ] || continue
  title=$(tr '\\0' ' ' < "$dir/cmdline" 2> /dev/null)
  case $title in 'sshd: '*' [listener]'*) ;; *) continue ;; esac
  # Those of containers are none of this host's.
  [ "$(readlink "$dir/ns/pid")" = "$ns" ] || continue
  title=\${title#sshd: }
  add "process \${dir#/proc/}" "\${title% \\[listener\\]*}"
done
start=$(systemctl show ssh.service -p ExecStart --value 2> /dev/null | sed -n 's/.*argv\\[\\]=\\([^;]*\\) ;.*/\\1/p')
case $start in
  *SSHD_OPTS*)
    # Where systemd would take it from; the last file and line wins, systemd.exec(5).
    value=$(systemctl show ssh.service -p EnvironmentFiles --value | sed -n 's/ (ignore_errors=.*//p' | while IFS= read -r file; do
      sed -n 's/^[[:space:]]*SSHD_OPTS=//p' "$file" 2> /dev/null
    done | tail -n 1 | sed 's/[[:space:]]*$//; s/^"\\(.*\\)"$/\\1/; s/^'"'"'\\(.*\\)'"'"'$/\\1/')
    case $(systemctl show ssh.service -p Environment --value) in *SSHD_OPTS*) value='$SSHD_OPTS' ;; esac
    start=$(printf '%s\\n' "$start" | awk -v value="$value" '{
      n = split($0, word, " "); line = ""
      for (i = 1; i <= n; i++) line = line " " ((word[i] == "$SSHD_OPTS" || word[i] == "\${SSHD_OPTS}") ? value : word[i])
      print substr(line, 2)
    }')
    ;;
esac
[ -z "$start" ] || add ssh.service "$start"
[ -n "$sets" ] || add 'no daemon' "$(command -v sshd)"
[ -n "$sshd" ] || { echo 'sshd: not found' >&2; exit 127; }
`;
