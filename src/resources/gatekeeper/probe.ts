import type { HostProbe } from '../../model/probe.ts';
import { quote } from '../../model/quote.ts';
import { reduce } from './reduce.ts';

/** The gatekeeper's two files. Of what is in them, roles become evidence; ids and names of people do not. */
export function gatekeeperProbe(dir: string): HostProbe {
  return {
    kind: 'host',
    name: `gatekeeper:${dir}`,
    reduce,
    run: `dir=${quote(dir)}
for name in users permissions; do
  if seen=$(stat -L -c '%s|%F' -- "$dir/$name.yaml" 2>&1); then
    printf 'file|%s|%s\\n' "$name" "$seen"
    case $seen in *'|regular'*) head -c 262144 -- "$dir/$name.yaml" | awk -v name="$name" '{ print "text|" name "|" $0 }' ;; esac
  else
    printf 'gone|%s|%s\\n' "$name" "$seen"
  fi
done
echo end
`,
  };
}
