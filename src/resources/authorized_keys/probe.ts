import type { HostProbe } from '../../model/probe.ts';
import { quote } from '../../model/quote.ts';
import { discover } from '../sshd/snippets/discover.ts';
import { withoutSecrets } from './entry.ts';

/**
 * Which files sshd reads for this account, asked of sshd itself; then each file, its directories, and its lines one by one:
 * `ssh-keygen -l` over a whole file passes over what it does not understand without a word.
 */
export function keysProbe(user: string): HostProbe {
  return {
    kind: 'host',
    name: `authorized_keys:${user}`,
    timeoutSeconds: 60,
    reduce: withoutSecrets,
    run: `u=${quote(user)}\n${account}\n${discover}\n${configuration}\n${files}`,
  };
}

const account = `
command -v ssh-keygen > /dev/null || { echo 'ssh-keygen: not found' >&2; exit 127; }
printf 'now|%s\\n' "$(date -u +%Y%m%d%H%M%S)"
seen=$(getent passwd -- "$u")
printf 'code|%s\\n' $?
uid=$(printf '%s\\n' "$seen" | cut -d: -f3)
gid=$(printf '%s\\n' "$seen" | cut -d: -f4)
home=$(printf '%s\\n' "$seen" | cut -d: -f6)
printf 'account|%s|%s|%s\\n' "$uid" "$gid" "$home"
`;

/** For every set of options that a daemon has, from an address of the internet and from where this audit comes from. */
const configuration = `
for_each() {
  printf '%s' "$sets" | while IFS= read -r options; do
    for addr in 203.0.113.1 $FA_FROM; do
      # shellcheck disable=SC2086 # words without blanks or wildcards, see relevant()
      ask -T $options -C "user=$u,host=client.invalid,addr=$addr,laddr=198.51.100.1,lport=\${port:-22}"
      if [ "$rc" = 0 ]; then
        printf '%s\\n' "$text" | grep -E '^(authorizedkeysfile|authorizedkeyscommand|trustedusercakeys) ' | tag conf
      else
        printf 'failed|%s\\n' "$(printf '%s\\n' "$text" | tail -n 1)"
      fi
    done
  done
}
port=\${FA_SSH_CONNECTION##* }
if [ -n "$uid" ]; then conf=$(for_each | sort -u); else conf=; fi
if [ -n "$conf" ]; then printf '%s\\n' "$conf"; fi
`;

/** Tokens as sshd_config(5) has them for AuthorizedKeysFile. Directories up to the home, or up to / for a file outside it. */
const files = `
expand() {
  path=$1 home=$home user=$u uid=$uid awk 'BEGIN {
    left = ENVIRON["path"]; done = ""
    while ((at = index(left, "%")) > 0) {
      token = substr(left, at + 1, 1)
      if (token == "h") word = ENVIRON["home"]
      else if (token == "u") word = ENVIRON["user"]
      else if (token == "U") word = ENVIRON["uid"]
      else if (token == "%") word = "%"
      else exit 1
      done = done substr(left, 1, at - 1) word
      left = substr(left, at + 2)
    }
    path = done left
    print (path ~ /^\\// ? path : ENVIRON["home"] "/" path)
  }'
}
directories() {
  top=$(readlink -f -- "$home")
  way=$1
  while [ -n "$way" ]; do
    way=\${way%/*}
    stat -c "dir|$n|%a|%u|%n" -- "\${way:-/}" || printf 'dir|%s|lost\\n' "$n"
    if [ "$way" = "$top" ]; then break; fi
  done
}
entries() {
  i=0
  while IFS= read -r line || [ -n "$line" ]; do
    i=$((i + 1))
    text=\${line#"\${line%%[! 	]*}"}
    case $text in '' | '#'*) continue ;; esac
    key=$(printf '%s\\n' "$line" | ssh-keygen -lf - 2> /dev/null) || key=
    printf 'line|%s|%s|%s\\n' "$n" "$i" "$line"
    printf 'key|%s|%s|%s\\n' "$n" "$i" "$key"
  done < "$1"
  printf 'read|%s\\n' "$n"
}
n=0
printf '%s\\n' "$conf" | sed -n 's/^conf|authorizedkeysfile //p' | tr ' ' '\\n' | sort -u | while IFS= read -r pattern; do
  if [ "$pattern" = none ]; then continue; fi
  file=$(expand "$pattern") || { printf 'odd|%s\\n' "$pattern"; continue; }
  n=$((n + 1))
  printf 'path|%s\\n' "$file"
  if [ -L "$file" ]; then printf 'link|%s|%s\\n' "$n" "$(readlink -- "$file" | head -n 1)"; fi
  printf 'stat|%s|%s\\n' "$n" "$(stat -L -c '%a|%u|%g|%F|%U|%G' -- "$file" 2>&1)"
  if [ -e "$file" ]; then directories "$(readlink -f -- "$file")"; fi
  if [ -f "$file" ]; then entries "$file"; fi
done
echo end
`;
