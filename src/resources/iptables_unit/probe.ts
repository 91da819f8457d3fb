import type { HostProbe } from '../../model/probe.ts';
import { quote } from '../../model/quote.ts';
import { apartProperties, startLines } from '../systemd.ts';

const commands = 'ExecCondition,ExecStartPre,ExecStart,ExecStartPost';

export function restoreUnitProbe(name: string): HostProbe {
  const properties = `LoadState,ActiveState,UnitFileState,Result,NeedDaemonReload,Before,${apartProperties},${commands}`;
  return {
    kind: 'host',
    name: `restores:${name}`,
    run: `
seen=$(systemctl show -p ${properties} -- ${quote(name)} 2>&1)
printf 'code|%s\\n' $?
printf '%s\\n' "$seen" | sed 's/^/unit|/'
${startLines(name)}
echo end
`,
  };
}
