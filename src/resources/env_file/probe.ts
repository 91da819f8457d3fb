import type { HostProbe } from '../../model/probe.ts';
import { quote } from '../../model/quote.ts';
import { reduce } from './reduce.ts';

/** One question for all facts of a directory; the values in it never become evidence. */
export function envProbe(dir: string): HostProbe {
  return { kind: 'host', name: `env_file:${dir}`, run: `dir=${quote(dir)}\n${look}`, reduce };
}

/**
 * Contents are printed behind `|`, of the .env file and of templates only. Names come from `find -exec`, which no name can
 * break. Git is asked as the owner of the directory: as root it would refuse another's repository, and would run what that
 * repository's configuration tells it to.
 */
const look = `
show='if [ -f "$1" ]; then
  head -c 65536 -- "$1" | awk "{ print \\"|\\" \\$0 }"
  [ "$(wc -c < "$1")" -le 65536 ] || echo long
fi'
if seen=$(stat -L -c '%u %g' -- "$dir" 2>&1); then echo dir; else printf 'none|%s\\n' "$seen"; echo end; exit 0; fi
if seen=$(stat -L -c '%a|%u|%U|%F' -- "$dir/.env" 2>&1); then
  printf 'main|%s\\n' "$seen"
  sh -c "$show" sh "$dir/.env"
else
  printf 'nomain|%s\\n' "$seen"
fi
find "$dir/" -maxdepth 2 \\( -type f -o -type l \\) \\( -name '.env*' -o -name '*.env' -o -name '*.env.*' -o -name '*.env~' \\
  -o -name '#*.env#' \\) -exec sh -c '
  nl="
"
  main=$1 show=$2
  shift 2
  for file do
    [ "$file" != "$main" ] || continue
    case $file in *"$nl"*) echo odd; continue ;; esac
    kind=copy
    case $file in *.example | *.template | *.sample | *.dist | *.tmpl) kind=template ;; esac
    if seen=$(stat -L -c "%a|%u|%U|%F" -- "$file" 2>&1); then
      printf "%s|%s|%s\\\\n" "$kind" "$seen" "$file"
      [ "$kind" = copy ] || sh -c "$show" sh "$file"
    else
      case $seen in *": No such file or directory") ;; *) echo odd ;; esac
    fi
  done' sh "$dir/.env" "$show" {} + || echo lost
owner=$(stat -L -c %u -- "$dir")
at=$(readlink -f -- "$dir") found=
while [ -n "$at" ]; do
  if [ -e "$at/.git" ]; then found="$at/.git, but "; fi
  at=\${at%/*}
done
if command -v git > /dev/null; then
  set -- git
  if [ "$owner" != 0 ]; then
    set -- setpriv --reuid="$owner" --regid="$(stat -L -c %g -- "$dir")" --clear-groups --nnp git -c 'safe.directory=*'
  fi
  export HOME=/ GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_OPTIONAL_LOCKS=0
  if files=$("$@" -c core.fsmonitor=false -C "$dir" ls-files 2>&1); then
    echo git
    printf '%s\\n' "$files" | grep -E '(^|[/"])(\\.env[^/]*|[^/]*\\.env(\\.[^/]*|~)?)"?$' | sed 's/^/tracked|/'
  else
    printf 'nogit|%s%s\\n' "$found" "$(printf '%s\\n' "$files" | head -n 1)"
  fi
elif [ -n "$found" ]; then
  printf 'nogit|%sgit is not installed\\n' "$found"
else
  echo 'nogit|'
fi
echo end
`;
