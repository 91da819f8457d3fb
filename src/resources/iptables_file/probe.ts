import type { HostProbe } from '../../model/probe.ts';
import { quote } from '../../model/quote.ts';

/** The file, line by line, and whether its last line ends. */
export function rulesFileProbe(path: string): HostProbe {
  return {
    kind: 'host',
    name: `rules:${path}`,
    run: `
p=${quote(path)}
if [ ! -e "$p" ]; then
  stat -- "$p" 2>&1 | sed 's/^/none|/'
else
  [ -f "$p" ] && [ -r "$p" ] || { echo "$p: no file that can be read: permission denied" >&2; exit 1; }
  [ ! -s "$p" ] || [ "$(tail -c 1 -- "$p" | wc -l)" -eq 1 ] || echo 'unended|'
  awk '{ print "rule|" $0 }' < "$p"
fi
echo end
`,
  };
}
