import type { UfwFiles } from '../ufw/parse.ts';
import { ufwPaths, type UfwFile } from '../ufw/probes.ts';
import { isYes } from '../ufw/read.ts';
import type { Settings } from '../ufw/settings.ts';
import { Rulesets, type Line } from './restore.ts';

/** What ufw-init would load into an empty packet filter, or why that cannot be told. */
export type Boot =
  { ok: true; text: string; where: (line: number) => string | undefined } | { ok: false; message: string };

const directions = ['input', 'output', 'forward'] as const;
const keys = { input: 'DEFAULT_INPUT_POLICY', output: 'DEFAULT_OUTPUT_POLICY', forward: 'DEFAULT_FORWARD_POLICY' };

/**
 * Follows ufw_start() of /lib/ufw/ufw-init-functions (0.36.2) step by step for one family: its own chains, then before.rules,
 * after.rules and user.rules, then the policies. The rules files are loaded as they are: people edit them, too.
 */
export function bootRules(family: 4 | 6, files: UfwFiles, settings: Settings): Boot {
  if (files.hooks.length) return { ok: false, message: `${files.hooks.join(' and ')} may load anything at boot` };
  if (family === 6 && !isYes(settings.IPV6?.value)) return loaded([scripted(leftOut)]);
  const policies = Object.fromEntries(directions.map((each) => [each, settings[keys[each]]?.value ?? '']));
  const wrong = directions.find((each) => !['ACCEPT', 'DROP', 'REJECT'].includes(policies[each]!));
  if (wrong) return { ok: false, message: `${keys[wrong]} is ${policies[wrong] || 'not set'}` };
  const chain = family === 4 ? 'ufw' : 'ufw6';
  const file = (name: 'before' | 'after' | 'user') => linesOf(files, family === 4 ? name : `${name}6`);
  const user = file('user');
  return loaded([
    scripted([...primary(chain), `:${chain}-logging-deny -`, `:${chain}-logging-allow -`]),
    ...directions.map((each) => scripted(defaults(chain, each, policies[each]!), settings[keys[each]]!.where)),
    file('before'),
    file('after'),
    user.length ? scripted(userChains(chain)) : [],
    user,
    user.length ? scripted(directions.map((each) => `-A ${chain}-before-${each} -j ${chain}-user-${each}`)) : [],
    scripted(directions.map((each) => `:${each.toUpperCase()} ${policies[each] === 'ACCEPT' ? 'ACCEPT' : 'DROP'}`)),
  ]);
}

/** With IPV6=no: nothing but loopback. */
const leftOut = [
  ':INPUT DROP',
  ':FORWARD DROP',
  ':OUTPUT DROP',
  '-A INPUT -i lo -j ACCEPT',
  '-A OUTPUT -o lo -j ACCEPT',
];

function loaded(steps: Line[][]): Boot {
  const rulesets = new Rulesets();
  const odd = steps.flatMap((lines) => rulesets.load(lines));
  if (odd[0]) return { ok: false, message: `${odd[0].where}: iptables-restore may not take "${odd[0].text}"` };
  return { ok: true, ...rulesets.save() };
}

function linesOf(files: UfwFiles, name: UfwFile): Line[] {
  return (files.lines[name] ?? []).map((text, index) => ({ text, where: `${ufwPaths[name]}:${index + 1}` }));
}

function scripted(lines: string[], where = 'ufw-init'): Line[] {
  return ['*filter', ...lines, 'COMMIT'].map((text) => ({ text, where }));
}

function primary(chain: string): string[] {
  const hooks = ['before-logging', 'before', 'after', 'after-logging', 'reject', 'track'];
  return directions.flatMap((each) => [
    ...hooks.map((hook) => `:${chain}-${hook}-${each} -`),
    ...hooks.map((hook) => `-A ${each.toUpperCase()} -j ${chain}-${hook}-${each}`),
  ]);
}

function defaults(chain: string, direction: string, policy: string): string[] {
  const skip = `${chain}-skip-to-policy-${direction}`;
  const tracked = ['tcp', 'udp'].map(
    (each) => `-A ${chain}-track-${direction} -p ${each} -m conntrack --ctstate NEW -j ACCEPT`,
  );
  return [
    ...(policy === 'REJECT' ? [`-A ${chain}-reject-${direction} -j REJECT`] : []),
    ...(policy === 'ACCEPT' ? tracked : []),
    `:${skip} -`,
    `-A ${skip} -j ${policy}`,
  ];
}

function userChains(chain: string): string[] {
  const ends = directions.flatMap((each) => [`user-${each}`, `user-logging-${each}`]);
  return [...ends, 'user-limit', 'user-limit-accept'].map((end) => `:${chain}-${end} -`);
}
