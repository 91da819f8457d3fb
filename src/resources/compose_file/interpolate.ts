const variable = /\$(?:(\$)|([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-?+])([^{}$]*))?\})/g;

/**
 * A text with its variables replaced, as Compose does (docs.docker.com, interpolation). Null: it holds a form that is not known
 * here, or one in another.
 */
export function interpolate(text: string, env: ReadonlyMap<string, string>): string | null {
  const left = text.replaceAll(variable, '');
  if (left.includes('$')) return null;
  return text.replaceAll(variable, (_, dollar?: string, plain?: string, name?: string, sign = '', word = '') =>
    dollar ? '$' : valueOf(env.get((plain ?? name)!), sign, word),
  );
}

/** With a colon, an empty variable counts as one that is not set. */
function valueOf(value: string | undefined, sign: string, word: string): string {
  const set = value !== undefined && !(sign.startsWith(':') && value === '');
  if (sign.endsWith('+')) return set ? word : '';
  if (sign.endsWith('-')) return set ? value : word;
  return value ?? '';
}
