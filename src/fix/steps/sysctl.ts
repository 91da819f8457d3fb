import type { StepKind } from './kind.ts';
import { linesOf } from './lines.ts';

/** Where the guide has them. */
const path = '/etc/sysctl.d/99-fleetclaw.conf';

/** Sets kernel parameters, now and for the next boot. */
export const sysctl: StepKind<Record<string, string | number>> = {
  subject: 'kernel parameters',
  needs: (wanted, { files, sysctls }) => {
    files.add(path);
    for (const key of Object.keys(wanted)) sysctls.add(key);
  },
  draft: (wanted, draft) => {
    const others = linesOf(path, draft).filter((line) => !Object.keys(wanted).includes(keyOf(line)));
    const all = [...others, ...Object.entries(wanted).map(([key, value]) => `${key} = ${value}`)];
    draft.change(path, { content: `${all.join('\n')}\n` });
    for (const [key, value] of Object.entries(wanted)) draft.sysctls.set(key, String(value));
  },
};

/** `-net/core/x = 1` is net.core.x, and a failure to set it no error (sysctl.d(5)). */
function keyOf(line: string): string {
  return line.split('=')[0]!.trim().replace(/^-/, '').replaceAll('/', '.');
}
