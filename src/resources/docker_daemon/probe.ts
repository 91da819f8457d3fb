import type { HostProbe } from '../../model/probe.ts';
import { hide } from '../docker/hide.ts';

/** Shell: `start` becomes the words that systemd starts dockerd with, variables filled in from where it takes them, systemd.exec(5). The first is the program, which "@" can give another name. */
const words = `
start=$(systemctl show docker.service -p ExecStart --value 2> /dev/null | sed -n 's/.*path=\\([^;]*\\) ; argv\\[\\]=[^ ;]* *\\([^;]*\\) ;.*/\\1 \\2/p')
case $start in *'$'*)
  given=$(systemctl show docker.service -p Environment --value)
  files=$(systemctl show docker.service -p EnvironmentFiles --value | sed -n 's/ (ignore_errors=.*//p' | while IFS= read -r file; do
    sed -n 's/^[[:space:]]*\\([A-Za-z_][A-Za-z0-9_]*=.*\\)$/\\1/p' "$file" 2> /dev/null
  done)
  start=$(printf '%s\\n' "$start" | given=" $given" files="$files" awk '
    BEGIN {
      n = split(ENVIRON["files"], line, "\\n")
      for (i = 1; i <= n; i++) {
        at = index(line[i], "="); v = substr(line[i], at + 1); sub(/[ \\t]+$/, "", v)
        if (v ~ /^".*"$/) v = substr(v, 2, length(v) - 2)
        set[substr(line[i], 1, at - 1)] = v
      }
    }
    {
      n = split($0, word, " "); out = ""
      for (i = 1; i <= n; i++) {
        w = word[i]; name = w; gsub(/[$\\{\\}]/, "", name)
        # One that the unit itself sets, in words of its own quoting, stays as it is: unclear.
        if (w ~ /^\\$/ && ((name in set) || ENVIRON["given"] !~ ("[ \\"]" name "="))) w = set[name]
        if (w != "") out = out " " w
      }
      print substr(out, 2)
    }') ;;
esac
`;

/**
 * `dockerd --validate` with the words of docker.service: a setting that is both a flag and in the file stops the next start, and only
 * the two together show it. It reads, says what it thinks, and ends before anything is set up (seen with 26.1, nothing is written).
 * Engines before 23 do not know the flag.
 */
export const startProbe: HostProbe = {
  kind: 'host',
  name: 'docker.start',
  timeoutSeconds: 20,
  reduce: (stdout) => hide(stdout.replace(/\(from flag: .*?, from file: .*?\)(?=, [a-z-]+: \(from| *$)/gm, '(both)')),
  run: `${words}
case $start in
  '') echo 'unclear|docker.service starts nothing' ;;
  *[!A-Za-z0-9_./=:@%+,\\ -]* | [!/]*) printf 'unclear|%s\\n' "$start" ;;
  *)
    set -f
    printf 'word|%s\\n' $start
    program=\${start%% *}
    # A script in its place could do anything when it is run.
    if [ "\${program##*/}" = dockerd ] && [ "$(head -c 4 -- "$program" 2> /dev/null | tail -c 3)" = ELF ]; then
      text=$(timeout -k 1 8 $start --validate 2>&1)
      printf 'valid|%s|%s\\n' "$?" "$(printf '%s\\n' "$text" | awk 'NF { all = all $0 " " } END { print substr(all, 1, 600) }')"
    else
      echo "valid|126|$program is not dockerd itself, so it was not run"
    fi
    ;;
esac
echo end
`,
};
