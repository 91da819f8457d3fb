const kept: Record<string, string[]> = {
  status: ['BackendState', 'TailscaleIPs', 'Version'],
  prefs: ['RunSSH', 'ShieldsUp', 'WantRunning', 'LoggedOut', 'NetfilterMode'],
};

/** Of what tailscaled says, the few keys that are judged: the rest holds names of people, links to log in with, and keys. */
export function reduce(stdout: string): string {
  const lines = stdout.split('\n');
  const json = Object.entries(kept).flatMap(([word, keys]) => {
    const text = lines.filter((line) => line.startsWith(`${word}|`)).map((line) => line.slice(word.length + 1));
    return text.join('').trim() === '' ? [] : [`${word}|${pick(text.join('\n'), keys)}`];
  });
  const rest = lines.filter((line) => !/^(status|prefs)\|/.test(line));
  return [...json, ...rest].join('\n');
}

function pick(text: string, keys: string[]): string {
  try {
    const all = JSON.parse(text) as Record<string, unknown>;
    return JSON.stringify(Object.fromEntries(keys.filter((key) => key in all).map((key) => [key, all[key]])));
  } catch {
    return 'odd';
  }
}
