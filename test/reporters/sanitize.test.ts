import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { harmlessJson, manyLines, oneLine, withoutCommands } from '../../src/reporters/sanitize.ts';
import { hostileText } from './hostile.ts';

test.each([
  ['colours go', '\u001b[1;31mred\u001b[0m', 'red'],
  ['so do 8-bit sequences', '\u009b31mred', 'red'],
  ['a link keeps its text', '\u001b]8;;https://example.net\u0007text\u001b]8;;\u0007', 'text'],
  ['a sequence without an end hides nothing', '\u001b]0;title and all the rest', '0;title and all the rest'],
  ['a sequence inside a sequence does not come together', '\u001b\u001b[31m[31m', '\\x1b[31m'],
  ['line ends are shown', 'a\r\nb\rc\n', 'a\\r\\nb\\rc'],
  ['tabs are spaces', 'a\tb', 'a b'],
  ['bells and backspaces are shown', 'a\u0007\u0008\u007f', 'a\\x07\\x08\\x7f'],
  ['what turns the direction is shown', 'a\u202eb\u2066c', 'a\\u202eb\\u2066c'],
  ['other alphabets and emoji stay', 'Größe 界 🔥', 'Größe 界 🔥'],
  ['half a character is shown', 'a\ud800b', 'a\\ud800b'],
  ['tags beyond the first plane are shown', '\u{e0041}', '\\udb40\\udc41'],
])('%s', (_, given, wanted) => {
  expect(oneLine(given)).toBe(wanted);
});

test('several lines keep their breaks and nothing else', () => {
  expect(manyLines('a\r\nb\u001b[0m\n\rc\n')).toEqual(['a', 'b', '\\rc']);
});

test.each([
  ['::error::x', '\\::error::x'],
  ['  ::error::x', '  \\::error::x'],
  ['a\n\u00a0::x', 'a\n\u00a0\\::x'],
  ['listening on ::1 and :::22', 'listening on ::1 and :::22'],
  ['a ##[error]x', 'a #\\#[error]x'],
  ['###[group]', '##\\#[group]'],
  ['##vso[task.complete]', '#\\#vso[task.complete]'],
  ['# a ## heading', '# a ## heading'],
])('%j is no order to a runner: %j', (given, wanted) => {
  expect(withoutCommands(given)).toBe(wanted);
});

test('harmless JSON is the same value', () => {
  fc.assert(
    fc.property(fc.dictionary(hostileText, fc.array(hostileText)), (value) => {
      const text = harmlessJson(JSON.stringify(value, null, 2));
      expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(value));
      expect(text).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}]|##\w*\[/u);
    }),
  );
});

test('long hostile text takes no long time', () => {
  for (const part of ['\u001b[', '\u001b]', '\u009d', '\u001b]0;', '\u001b[0', '##', '##a', ' ', '\n', '::']) {
    const started = performance.now();
    withoutCommands(oneLine(part.repeat(300_000)));
    withoutCommands(part.repeat(300_000));
    expect(performance.now() - started).toBeLessThan(3000);
  }
});
