import type { HostProbe } from '../../model/probe.ts';
import { quote } from '../../model/quote.ts';

/**
 * The account as every program sees it (`getent`), its home and its shell. Password hashes never leave the host: \`awk\` turns
 * them into a word. As pam_unix does, it takes the password from passwd itself unless that says x.
 */
export function accountProbe(name: string): HostProbe {
  return {
    kind: 'host',
    name: `user:${name}`,
    run: `
u=${quote(name)}
kind='function kind(p) { return p == "" ? "empty" : p ~ /^[!*]/ ? "locked" : "usable" }'
seen=$(getent passwd -- "$u")
printf 'code|%s\\n' $?
printf '%s\\n' "$seen" | awk -F: "$kind"'
  NF == 7 { print "passwd|" ($2 == "x" ? "shadow" : kind($2)) "|" $1 "|" $3 "|" $4 "|" $6 "|" $7; next }
  NF { print "odd|" NF }
'
uid=$(printf '%s\\n' "$seen" | cut -d: -f3)
getent passwd | uid=$uid name=$u awk -F: '{ all++ } $3 == ENVIRON["uid"] && $1 != ENVIRON["name"] { print "same|" $1 } END { print "all|" all + 0 }'
shadow=$(getent shadow -- "$u")
printf 'shadowcode|%s\\n' $?
printf '%s\\n' "$shadow" | awk -F: "$kind"'NF == 9 { print "shadow|" $1 "|" kind($2); next } NF { print "odd|" NF }'
home=$(printf '%s\\n' "$seen" | cut -d: -f6)
printf 'home|%s\\n' "$(stat -L -c '%F|%u|%U' -- "$home" 2>&1)"
printf 'homemode|%s\\n' "$(stat -L -c '%a' -- "$home" 2>&1)"
printf 'sshdir|%s\\n' "$(stat -L -c '%a|%u|%g|%F|%U|%G' -- "$home/.ssh" 2>&1)"
if [ -L "$home/.ssh" ]; then printf 'sshlink|%s\\n' "$(readlink -- "$home/.ssh" | head -n 1)"; fi
shell=$(printf '%s\\n' "$seen" | cut -d: -f7)
if [ -f "\${shell:-/bin/sh}" ] && [ -x "\${shell:-/bin/sh}" ]; then echo 'runs|yes'; fi
awk '/^\\// { print "valid|" $1 }' /etc/shells
printf 'groups|%s\\n' "$(id -Gn -- "$u" 2>&1)"
echo end
`,
  };
}

/** sudo's own reading of all its files, in its long form, which has one command per line. */
export function sudoProbe(name: string): HostProbe {
  return {
    kind: 'host',
    name: `user.sudo:${name}`,
    run: `
if command -v sudo > /dev/null; then
  seen=$(sudo -n -l -l -U ${quote(name)} 2>&1)
  printf 'code|%s\\n' $?
  printf '%s\\n' "$seen" | sed 's/^/sudo|/'
  printf 'groups|%s\\n' "$(id -Gn -- ${quote(name)} 2>&1)"
else
  echo 'none|'
fi
echo end
`,
  };
}
