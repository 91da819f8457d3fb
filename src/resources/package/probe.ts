import type { HostProbe } from '../../model/probe.ts';
import { quote } from '../../model/quote.ts';

/**
 * One `dpkg-query` for all names. What it does not know it says on stderr, and ends with 1 while the others are still printed,
 * so its words for each name count and not its code.
 */
export function packageProbe(names: string[]): HostProbe {
  return {
    kind: 'host',
    name: `package:${names.join(',')}`,
    run: `dpkg-query -W -f='\${Package}|\${db:Status-Abbrev}|\${Version}\\n' ${names.map(quote).join(' ')} 2>&1
code=$?
echo "end|$code"
exit $code
`,
  };
}
