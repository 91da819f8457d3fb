/** Log options that say how much is kept; others may be the token of a log service. */
const plain = new Set(['max-size', 'max-file', 'mode', 'max-buffer-size', 'compress']);

/** Text without the passwords that it may hold: those of proxies, and the options of log services. */
export function hide(text: string): string {
  return text
    .replace(/(:\/\/)[^/@\s"']*@/g, '$1***@')
    .replace(/(--log-opt(?:[ =]|\nword\|)"?)([\w.-]+)=([^\s"]+)/g, (whole, flag: string, name: string) =>
      plain.has(name) ? whole : `${flag}${name}=***`,
    );
}

/** Log options with only the harmless values left. */
export function hideOptions(options: unknown): unknown {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return options;
  return Object.fromEntries(Object.entries(options).map(([name, each]) => [name, plain.has(name) ? each : '***']));
}

/** The picked fields of a record, as they are. */
export function pick(from: unknown, fields: readonly string[]): Record<string, unknown> {
  const record = typeof from === 'object' && from !== null ? (from as Record<string, unknown>) : {};
  return Object.fromEntries(fields.filter((each) => each in record).map((each) => [each, record[each]]));
}
