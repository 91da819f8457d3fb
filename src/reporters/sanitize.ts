/**
 * What a host says is hostile input: it may try to paint the terminal, to forge lines of ours, or to give orders to the
 * CI runner that reads our output. Everything that comes out of a report goes through here.
 */

/** Text of a host as one harmless line: what would end or bend the line shows as an escape. */
export function oneLine(text: string): string {
  return apart(withoutAnsi(text).trim().replaceAll('\t', ' ').replace(dangerous, escaped));
}

/** Text of several lines, as harmless; its line breaks stay. */
export function manyLines(text: string): string[] {
  const lines = withoutAnsi(text).trimEnd().split(/\r?\n/);
  return lines.map((line) => apart(line.replaceAll('\t', '  ').replace(dangerous, escaped)));
}

/**
 * Breaks what CI runners obey when it appears in a log. GitHub's runner trims a line before it looks for `::command::`,
 * but finds `##[command]` anywhere in it (actions/runner, ActionCommand.cs); Azure and TeamCity read `##vso[`,
 * `##teamcity[`.
 */
export function withoutCommands(text: string): string {
  return apart(text.replace(leading, '$1\\::'));
}

/** Colours of ours may stand before it: a log viewer may take them away. No line break, or `\n\n\n…` costs its square. */
const leading = new RegExp(String.raw`^((?:[^\S\n\r\u2028\u2029]|\x1b\[\d+m)*)::`, 'gm');

/** JSON text with everything that `dangerous` names as `\u` escapes: another spelling of the very same value. */
export function harmlessJson(json: string): string {
  const printable = json.replace(dangerous, (char) => (char === '\n' ? char : unicodeEscapes(char)));
  return printable.replace(/##(?=\w*\[)/g, '#\\u0023');
}

const apart = (text: string): string => text.replace(/##(?=\w*\[)/g, '#\\#');

const controls = String.raw`\x00-\x1f\x7f-\x9f`;
const ansi = new RegExp(
  [
    String.raw`(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]`, // CSI: colours, cursor, erase
    String.raw`(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^${controls}]*(?:\x07|\x1b\\|\x9c)`, // OSC, DCS, …: title, clipboard, links
    String.raw`\x1b[ -/]*[0-~]`, // the short ones: reset, character sets
  ].join('|'),
  'g',
);

/** Controls, lone surrogates, line separators, non-characters, and what is invisible or turns the reading direction. */
const dangerous = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

function withoutAnsi(text: string): string {
  return text.replace(ansi, '');
}

const named: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(char: string): string {
  const code = char.codePointAt(0)!;
  return named[char] ?? (code <= 0xff ? `\\x${code.toString(16).padStart(2, '0')}` : unicodeEscapes(char));
}

function unicodeEscapes(char: string): string {
  return Array.from({ length: char.length }, (_, at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, '0')}`).join(
    '',
  );
}
