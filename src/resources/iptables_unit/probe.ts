import type { HostProbe } from '../../model/probe.ts';
import { quote } from '../../model/quote.ts';

export function restoreUnitProbe(name: string): HostProbe {
  const properties = 'LoadState,ActiveState,UnitFileState,Result,ExecStart,NeedDaemonReload,Before';
  return {
    kind: 'host',
    name: `restores:${name}`,
    run: `
seen=$(systemctl show -p ${properties} -- ${quote(name)} 2>&1)
printf 'code|%s\\n' $?
printf '%s\\n' "$seen" | sed 's/^/unit|/'
echo end
`,
  };
}
