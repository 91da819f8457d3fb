/**
 * Options can hold secrets (`environment=`, `command=`), so only their names are kept; of expiry-time the value as well. Turns
 * `line|FILE|LINE|TEXT` into `entry|FILE|LINE|names`; the key itself is in the `key|` line that follows.
 */
export function withoutSecrets(stdout: string): string {
  return stdout.replace(/^line\|(\d+)\|(\d+)\|(.*)$/gm, (_all, file: string, line: string, text: string) => {
    return `entry|${file}|${line}|${optionNames(text)?.join(',') ?? 'unclosed-quote'}`;
  });
}

/** Names of the options before a key, in lower case as sshd compares them. Null: a quote is not closed. */
export function optionNames(text: string): string[] | null {
  const trimmed = text.replace(/^[ \t]+/, '');
  if (/^(ssh|ecdsa|sk)-[\w@.-]+[ \t]/.test(trimmed)) return [];
  const options = words(trimmed);
  return options && options.map((each) => named(each));
}

/** Splits at commas up to the first blank, neither of them inside quotes; \" does not end a quote (sshd(8)). */
function words(text: string): string[] | null {
  const found = [''];
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === '\\' && text[at + 1] === '"') found[found.length - 1]! += text[++at];
    else if (char === '"') quoted = !quoted;
    else if (!quoted && (char === ' ' || char === '\t')) return found;
    else if (!quoted && char === ',') found.push('');
    else found[found.length - 1]! += char;
  }
  return quoted ? null : found;
}

function named(option: string): string {
  const [, name, rest] = /^([A-Za-z0-9-]*)(.*)$/s.exec(option)!;
  const lower = name!.toLowerCase();
  if (lower === 'expiry-time') return /^=\d{8}(\d{4}(\d{2})?)?Z?$/i.test(rest!) ? `${lower}${rest}` : 'bad-expiry-time';
  // Whatever follows the name is nobody's business; but sshd refuses what is not an option.
  return rest === '' || rest!.startsWith('=') ? lower : 'not-an-option';
}

/** auth-options.c of OpenSSH 10; a key with another option is refused. */
export const knownOptions = new Set(
  `agent-forwarding cert-authority command environment expiry-time from no-agent-forwarding no-port-forwarding no-pty
  no-touch-required no-user-rc no-x11-forwarding permitlisten permitopen port-forwarding principals pty restrict tunnel user-rc
  verify-required x11-forwarding`.split(/\s+/),
);
