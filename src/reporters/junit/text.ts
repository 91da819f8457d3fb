import { oneLine, withoutCommands } from '../sanitize.ts';

/** One line of at most `bytes`, fit for an attribute. */
export function attributeText(text: string, bytes = 1024): string {
  return truncated(harmless(oneLine(text)), bytes);
}

/** Lines that are already harmless by themselves, as the body of an element, of at most `bytes`. */
export function bodyText(lines: string[], bytes: number): string {
  return truncated(harmless(lines.join('\n')), bytes);
}

/** Cuts to at most `bytes` of UTF-8, after a whole line or word where that keeps half of it; says how much is missing, and where it is. */
export function truncated(text: string, bytes: number): string {
  const whole = Buffer.from(text);
  if (whole.length <= bytes) return text;
  const most = whole
    .subarray(0, bytes - noteBytes)
    .toString()
    .replace(/\ufffd$/, '');
  const kept = most.slice(0, endOf(most));
  return `${kept} … (${whole.length - Buffer.byteLength(kept)} bytes left out; --reporter json has all of it)`;
}

const noteBytes = 64;

/** Half a command might be carried out, and would be another one. */
function endOf(text: string): number {
  return ['\n', ' '].map((end) => text.lastIndexOf(end)).find((at) => at >= text.length / 2) ?? text.length;
}

/** GitLab makes a link to an artifact of `[[ATTACHMENT|path]]`, wherever in the output it stands. */
function harmless(text: string): string {
  return withoutCommands(text).replaceAll('[[ATTACHMENT', '[\\[ATTACHMENT');
}
