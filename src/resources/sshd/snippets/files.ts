/**
 * Shell: the files that were read, line by line but for comments, and who may change them: each file, every directory that leads to it,
 * every directory that an Include names (a file added or removed there shows in its times), the host keys.
 */
export const files = `
look() {
  if seen=$(stat -L -c "stat|$1|%a|%u|%g|%F|%.9Y|%.9Z|%U|%G|%n" -- "$2" 2>&1); then
    printf '%s\\n' "$seen"
  else
    printf 'nostat|%s|%s|%s\\n' "$1" "\${seen##*: }" "$2"
  fi
}
# Every symbolic link on the way to a path: whoever can re-point one decides what is read, and only its own times show it.
links() {
  way=$(printf '%s\\n' "$1" | tr -s /)
  turns=0
  while [ $turns -lt 40 ]; do
    turns=$((turns + 1)) at= link=
    IFS=/
    set -f
    for part in $way; do
      [ -n "$part" ] || continue
      at=$at/$part
      if [ -L "$at" ]; then link=$at; break; fi
    done
    unset IFS
    set +f
    [ -n "$link" ] || break
    printf '%s\\n' "$link"
    to=$(readlink -- "$link")
    case $to in /*) way=$to\${way#"$link"} ;; *) way=\${link%/*}/$to\${way#"$link"} ;; esac
  done
}
above() { # every directory above a path
  at=$1
  while at=\${at%/*}; [ -n "$at" ]; do printf '%s\\n' "$at"; done
  echo /
}
list=$(printf '%s\\n' "$every" | grep -v -e '^key ' -e '^$' | sort -u)
included=$(printf '%s\\n' "$list" | while IFS= read -r file; do
  grep -aiE '^[[:space:]]*"?include["=[:space:]]' -- "$file" 2> /dev/null
done | sed 's/^[[:space:]]*"*[A-Za-z]*"*[[:space:]=]*//; s/[[:space:]]#.*//' | tr -d '"\\r'"'" | tr '[:space:]' '\\n\\n' | while IFS= read -r glob; do
  case $glob in '') continue ;; /*) ;; *) glob=/etc/ssh/$glob ;; esac
  # Of a directory that is itself a pattern, what stands before the pattern.
  case \${glob%/*} in *[*?[]*) glob=\${glob%%[*?[]*} ;; esac
  case \${glob%/*} in ?*) printf '%s\\n' "\${glob%/*}" ;; esac
done | sort -u)
keys=$(printf '%s\\n' "$every" | sed -n 's/^key //p' | sort -u)
linked=$(printf '%s\\n' "$list" "$included" "$keys" | while IFS= read -r path; do case $path in /*) links "$path" ;; esac; done | sort -u)
printf '%s\\n' "$linked" | while IFS= read -r link; do
  [ -z "$link" ] || stat -c "stat|link|%a|%u|%g|%F|%.9Y|%.9Z|%U|%G|%n" -- "$link" || printf 'nostat|link|changed meanwhile|%s\\n' "$link"
done
printf '%s\\n' "$list" | while IFS= read -r file; do
  [ -n "$file" ] || continue
  printf 'file|%s\\n' "$file"
  if [ -f "$file" ] && [ -r "$file" ]; then
    grep -anvE '^[[:space:]]*(#|$)' -- "$file" | sed 's/^\\([0-9]*\\):/line|\\1|/'
  else
    printf 'unread|%s\\n' "$file"
  fi
  look file "$file"
done
printf '%s\\n' "$included" | while IFS= read -r dir; do [ -z "$dir" ] || look included "$dir"; done
{
  printf '%s\\n' "$included"
  { printf '%s\\n' "$list" "$linked" "$keys"; printf '%s\\n' "$list" "$included" | while IFS= read -r path; do readlink -f -- "$path"; done; printf '%s\\n' "$included" | sed 's,$,/x,'; } |
    while IFS= read -r path; do case $path in /*) above "$path" ;; esac; done
} | sort -u | while IFS= read -r dir; do [ -z "$dir" ] || look dir "$dir"; done
printf '%s\\n' "$keys" | while IFS= read -r key; do [ -z "$key" ] || look key "$key"; done
echo end
`;
