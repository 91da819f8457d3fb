/** A number out of a parameter's text, or why there is none. */
export type Read = { value: number; note?: string } | { problem: string };

/**
 * One of the whole numbers in a parameter's text. The kernel reads them as C does, so `0x10` and `010` are sixteen and
 * eight (proc_get_long() uses base 0).
 */
export function numberIn(text: string, column: number | undefined): Read {
  const words = text.trim().split(/[ \t]+/);
  if (!words.every((word) => number.test(word))) return { problem: 'is not a number' };
  if (column === undefined && words.length > 1)
    return { problem: `has ${words.length} numbers: say which with column` };
  const word = words[(column ?? 1) - 1];
  if (word === undefined) return { problem: `has only ${words.length} numbers` };
  return toRead(word);
}

const number = /^-?(0x[0-9a-f]+|0[0-7]*|[1-9]\d*)$/i;

function toRead(word: string): Read {
  const digits = word.replace(/^-/, '');
  const value = (word.startsWith('-') ? -1 : 1) * Number(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits);
  // What JavaScript cannot count exactly is shown as it was written.
  return Number.isSafeInteger(value) ? { value } : { value, note: `exactly ${word}` };
}
