import { oneLine, withoutCommands } from '../sanitize.ts';

/** One line of at most `bytes`, fit for an attribute. */
export function attributeText(text: string, bytes = 1024): string {
  return truncated(harmless(oneLine(text)), bytes);
}

/** Lines that are already harmless by themselves, as the body of an element, of at most `bytes`. */
export function bodyText(lines: string[], bytes: number): string {
  return truncated(harmless(lines.join('\n')), bytes);
}

/** Cuts at `bytes` of UTF-8, between characters, and says how much is missing. */
export function truncated(text: string, bytes: number): string {
  const whole = Buffer.from(text);
  if (whole.length <= bytes) return text;
  const kept = whole
    .subarray(0, bytes - noteBytes)
    .toString()
    .replace(/\ufffd$/, '');
  return `${kept} … (${whole.length - Buffer.byteLength(kept)} bytes left out)`;
}

const noteBytes = 40;

/** GitLab makes a link to an artifact of `[[ATTACHMENT|path]]`, wherever in the output it stands. */
function harmless(text: string): string {
  return withoutCommands(text).replaceAll('[[ATTACHMENT', '[\\[ATTACHMENT');
}
