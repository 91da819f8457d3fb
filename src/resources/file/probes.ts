import type { HostProbe } from '../../model/probe.ts';
import { quote } from '../../model/quote.ts';

/** What the resource looks at; `trusted` is only a matter of judging. */
export interface FileOptions {
  path: string;
  follow?: boolean;
  trusted?: string[];
}

/** One question for all facts, so that controls about one path share it. */
export function fileProbe({ path, follow }: FileOptions): HostProbe {
  return {
    kind: 'host',
    name: `file:${path}${follow ? ' (followed)' : ''}`,
    run: `p=${quote(path)}\nfollow=${follow ? 'yes' : ''}\n${look}`,
  };
}

/**
 * Prints `file|…` or `none|why`, `link|…` or `nolink`, one `way|…` per directory and link that leads there, then the ACL
 * and `end`. The way is walked as the kernel does it, link by link, for a link's own directory counts as well. A name with a
 * line break in it, which only a link on the host can bring in, ends the walk with `odd`: it could forge a line.
 */
const look = `
nl='
'
see() { stat $followed -c 'file|%a|%s|%u|%g|%F|%U|%G' -- "$p"; }
way() {
  rest=$1 at= hops=0
  set -- /
  while [ -n "$rest" ]; do
    case $rest in
      /*) rest=\${rest#/}; continue ;;
      */*) name=\${rest%%/*} rest=\${rest#*/} ;;
      *) name=$rest rest= ;;
    esac
    case $name in
      .) continue ;;
      ..) at=\${at%/*}; continue ;;
    esac
    next=$at/$name
    if [ -L "$next" ] && [ -n "$rest$follow" ]; then
      hops=$((hops + 1))
      [ "$hops" -le 40 ] || { echo loop; break; }
      to=$(readlink -- "$next"; echo .)
      to=\${to%"$nl".}
      case $to in
        *"$nl"*) echo odd; break ;;
        /*) at= ;;
      esac
      set -- "$@" "$next"
      rest=$to/$rest
      continue
    fi
    [ -n "$rest" ] || break
    [ -d "$next" ] || { printf 'gone|%s\\n' "$next"; break; }
    at=$next
    set -- "$@" "$next"
  done
  stat -c 'way|%a|%u|%F|%U|%n' -- "$@" || echo lost
}
acl() {
  if command -v getfacl > /dev/null; then
    entries=$(getfacl -cpE -- "$p") && printf 'getfacl\\n%s\\n' "$entries"
  elif ls --version 2> /dev/null | grep -q 'GNU coreutils'; then
    line=$(ls -ld -- "$p") && printf 'ls|%.11s\\n' "$line"
  else
    echo noacl
  fi
}
followed=\${follow:+-L}
if seen=$(see 2>&1); then
  printf '%s\\n' "$seen"
  if [ -L "$p" ]; then printf 'link|'; readlink -- "$p" | tr '\\n' '\\001'; echo; else echo nolink; fi
else
  printf 'none|%s\\n' "$seen"
fi
way "$p"
case $seen in
  'file|'*'|symbolic link|'*) ;;
  'file|'*) acl ;;
esac
echo end
`;
