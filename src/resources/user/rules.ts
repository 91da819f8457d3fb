/** One entry of `sudo -ll`. */
export interface Rule {
  /** Whom it may be: `ALL : ALL`, `root`. */
  as: string;
  /** Without a password. */
  free: boolean;
  /** As written, exclusions (`!/bin/su`) included. */
  commands: string[];
  /** The file it stands in; sudo says so from 1.9.14 on. */
  file: string | null;
}

/**
 * Reads what `sudo -n -l -l -U NAME` printed. A string says why it cannot be told: sudo goes on after a syntax error, without
 * the rules of that file, so any line that is not known makes the whole unknown.
 */
export function parseSudo(name: string, all: string[], groups: string[]): Rule[] | string {
  const lines = all.filter((line) => line !== '' && !line.startsWith('sudo: unable to resolve host '));
  if (lines.length === 1 && lines[0]!.startsWith(`User ${name} is not allowed to run sudo on `)) return [];
  const start = lines.findIndex((line) => line.startsWith(`User ${name} may run the following commands on `));
  const head = lines.slice(0, Math.max(start, 0));
  if (start < 0 || (head.length > 0 && !head[0]!.startsWith('Matching Defaults entries for ')))
    return lines[0] ?? 'sudo said nothing';
  const odd = head.slice(1).find((line) => !line.startsWith('    '));
  return odd ?? entries(lines.slice(start + 1), freeByDefault(head.slice(1).join(' '), groups));
}

/** Defaults that spare the password: `!authenticate`, and `exempt_group` for those in that group (sudoers(5)). */
function freeByDefault(defaults: string, groups: string[]): boolean {
  const exempt = /(?:^|[\s,])exempt_group=([^\s,]+)/.exec(defaults)?.[1];
  return /(?:^|[\s,])!authenticate(?:,|\s|$)/.test(defaults) || (exempt !== undefined && groups.includes(exempt));
}

function entries(lines: string[], free: boolean): Rule[] | string {
  const rules: Rule[] = [];
  let inCommands = false;
  for (const line of lines) {
    const rule = rules.at(-1);
    const field = /^ {4}(RunAsUsers|RunAsGroups|Options|Commands|[A-Z]\w*): ?(.*)$/.exec(line);
    if (/^(Sudoers|LDAP|SSSD) [Ee]ntry:/.test(line)) {
      rules.push({ as: '', free, commands: [], file: line.slice(line.indexOf(':') + 2) || null });
      inCommands = false;
    } else if (!rule) return line;
    else if (inCommands && line.startsWith('\t')) rule.commands.push(line.slice(1));
    else if (inCommands && /^ {8}\S/.test(line)) rule.commands.push(`${rule.commands.pop()} ${line.trim()}`);
    else if (field) inCommands = readField(rule, field[1]!, field[2]!);
    else return line;
  }
  const hollow = rules.length === 0 || rules.some((rule) => !rule.as || rule.commands.length === 0);
  return hollow ? 'sudo printed a rule without commands' : rules;
}

/** True when its commands come next. */
function readField(rule: Rule, name: string, text: string): boolean {
  if (name === 'RunAsUsers') rule.as = text;
  if (name === 'RunAsGroups') rule.as = `${rule.as} : ${text}`;
  const options = name === 'Options' ? text.split(/,\s*/) : [];
  if (options.includes('!authenticate')) rule.free = true;
  if (options.includes('authenticate')) rule.free = false;
  return name === 'Commands';
}

/** ALL, a shell or what starts one at once, a whole directory, or a path with a wildcard in it. */
export function allowsEverything({ commands }: Rule): boolean {
  return commands.some((command) => {
    const path = command.replace(/^(sha\d+:\S+,? )+/, '').split(' ')[0]!;
    if (path.startsWith('!')) return false;
    return (
      path === 'ALL' ||
      /[*?[]|\/$/.test(path) ||
      path.startsWith('^') ||
      shells.has(path.slice(path.lastIndexOf('/') + 1))
    );
  });
}

const shells = new Set('sh bash dash rbash zsh ksh mksh csh tcsh fish busybox su sudo env visudo'.split(' '));
