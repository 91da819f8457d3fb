import type { Answer } from '../model/evidence.ts';
import type { FileState } from '../model/fix-plan.ts';
import type { HostProbe } from '../model/probe.ts';
import { quote } from '../model/quote.ts';
import type { Found, HostState } from './state.ts';
import type { Needs } from './steps/kind.ts';

export const stateName = 'fix.state';

/** Asks for all that these steps touch, in one question. File contents go into the plan and nowhere else. */
export function stateProbe({ files, sysctls, units, access, packages, dockerUser, ufwRules }: Needs): HostProbe {
  const calls = [
    ...[...files].map((path) => `f ${quote(path)}`),
    ...[...sysctls].map((key) => `printf 'sysctl|%s|%s\\n' ${quote(key)} "$(sysctl -n ${quote(key)} | tr '\\t' ' ')"`),
    ...[...units].map(
      (name) =>
        `printf 'unit|%s|%s|%s\\n' ${quote(name)} "$(systemctl is-enabled ${quote(name)} 2>/dev/null)" "$(systemctl is-active ${quote(name)} 2>/dev/null)"`,
    ),
    ...[...access].map((pattern) => `m ${quote(pattern)} ${pattern}`),
    ...[...packages].map((name) => `p ${quote(name)}`),
    ...(dockerUser ? [firewall] : []),
    ...(ufwRules ? ["ufw show added 2>/dev/null | sed -n 's/^ufw /ufw|/p'"] : []),
  ];
  return { kind: 'host', name: stateName, timeoutSeconds: 20, run: `${reader}\n${calls.join('\n')}\necho end` };
}

const firewall = `{ ip -4 route show default; ip -6 route show default; } | sed -n 's/.* dev \\([^ ]*\\).*/external|\\1/p' | sort -u
for c in iptables ip6tables; do $c -w -S DOCKER-USER 2>/dev/null | sed -n 's/^-A/rule|-A/p'; done`;

/** Two looks at the same file that differ would mix up two states of it. */
const reader = `f() {
  if [ -L "$1" ]; then echo "odd|$1|a symbolic link"; return; fi
  [ -e "$1" ] || { echo "none|$1"; return; }
  [ -f "$1" ] || { echo "odd|$1|something else"; return; }
  [ "$(stat -c %h "$1")" = 1 ] || { echo "odd|$1|a file with several names"; return; }
  printf 'file|%s|%s|' "$1" "$(stat -c '0%a|%U:%G' "$1")"; base64 -w0 <"$1"; echo
}
m() {
  pattern=$1; shift
  for i; do if [ -e "$i" ] || [ -L "$i" ]; then stat -c "access|$pattern|%n|0%a|%U:%G|%F|%h" "$i"; fi; done
}
p() {
  status=$(dpkg-query -W -f '\${Status}' "$1" 2>/dev/null)
  case $status in *' ok installed') status=installed ;; ''|*' not-installed'|*' config-files') status=missing ;; esac
  printf 'package|%s|%s\n' "$1" "$status"
}`;

/** What the probe printed; null when it did not come to its end. */
export function readState(answer: Answer | undefined): HostState | null {
  if (answer?.outcome !== 'exited' || answer.truncated || !answer.stdout.endsWith('end\n')) return null;
  const lines = answer.stdout.split('\n').map((line) => line.split('|'));
  const of = (kind: string) => lines.filter(([first]) => first === kind).map((words) => words.slice(1));
  const files = [
    ...of('none').map(([path]) => [path!, null] as const),
    ...of('odd').map(([path, odd]) => [path!, { odd: odd! }] as const),
    ...of('file').map(([path, mode, owner, bytes]) => [path!, toFile(mode!, owner!, bytes!)] as const),
  ];
  return {
    ...{ access: accessOf(of('access')), packages: new Map(of('package').map(([name, is]) => [name!, is!] as const)) },
    ufwRules: of('ufw').map(([rule]) => rule!),
    files: new Map(files),
    sysctls: new Map(of('sysctl').map(([key, value]) => [key!, value!] as const)),
    external: of('external').map(([name]) => name!),
    dockerUser: of('rule').map(([rule]) => rule!),
    units: new Map(of('unit').map(([name, enabled, active]) => [name!, { enabled: enabled!, active: active! }])),
  };
}

function accessOf(lines: string[][]): HostState['access'] {
  const all = new Map<string, Found[]>();
  for (const [pattern, path, mode, owner, type, names] of lines) {
    const odd = type === 'regular file' && names !== '1' ? 'a file with several names' : type!;
    all.set(pattern!, [...(all.get(pattern!) ?? []), { path: path!, mode: mode!, owner: owner!, type: odd }]);
  }
  return all;
}

function toFile(mode: string, owner: string, base64: string): FileState | { odd: string } {
  const bytes = Buffer.from(base64, 'base64');
  const content = bytes.toString('utf8');
  if (!Buffer.from(content, 'utf8').equals(bytes)) return { odd: 'not a text in UTF-8' };
  return { content, mode, owner };
}
