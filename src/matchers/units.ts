/** Units as operators write them. Each returns null for what is not of the form, so that nothing is guessed. */

const seconds: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86400, w: 604800 };
const bytes: Record<string, number> = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };

/** Seconds: a number, or `1h30m` as sshd_config(5) writes TIME FORMATS. */
export function parseDuration(value: unknown): number | null {
  if (typeof value === 'number') return value;
  const text = textOf(value);
  if (/^\d+$/.test(text)) return Number(text);
  if (!/^(\d+[smhdw])+$/.test(text)) return null;
  return [...text.matchAll(/(\d+)([smhdw])/g)].reduce((sum, [, n, unit]) => sum + Number(n) * seconds[unit!]!, 0);
}

/** Bytes: a number, or `4GiB`, `512M`, `10K` (powers of 1024, as swap and memory are counted). */
export function parseSize(value: unknown): number | null {
  if (typeof value === 'number') return value;
  const match = /^(\d+(?:\.\d+)?) ?([KMGT]?)(?:i?B)?$/.exec(textOf(value));
  return match ? Number(match[1]) * bytes[match[2]!]! : null;
}

/** Permission bits from octal text: `0600`, `4755`. */
export function parseMode(value: unknown): number | null {
  const text = textOf(value);
  return /^[0-7]{3,4}$/.test(text) ? Number.parseInt(text, 8) : null;
}

/** `5400` as `1h30m`. */
export function showDuration(value: number): string {
  if (value === 0) return '0s';
  const parts: string[] = [];
  for (const [unit, size] of [
    ['d', 86400],
    ['h', 3600],
    ['m', 60],
    ['s', 1],
  ] as const) {
    if (value >= size) parts.push(`${Math.floor(value / size)}${unit}`);
    value %= size;
  }
  return parts.join('');
}

/** `4294967296` as `4 GiB`; what does not divide evenly keeps one decimal. */
export function showSize(value: number): string {
  const unit = ['T', 'G', 'M', 'K'].find((letter) => value >= bytes[letter]!);
  return unit ? `${Number((value / bytes[unit]!).toFixed(1))} ${unit}iB` : `${value} bytes`;
}

/** What is neither text nor a number has no unit; an object may even have no text at all. */
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
