import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { transaction } from '../../../test/support/fix.ts';
import { createStates } from './states.ts';

let out = '';
const first = transaction({ subject: 'sshd' });
const second = transaction({ subject: 'ufw' });

beforeEach(() => {
  out = '';
  vi.useFakeTimers();
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((out += String(text)), true));
  vi.spyOn(console, 'error').mockImplementation((text: string) => void (out += `${text}\n`));
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const terminal = (isTTY: boolean, columns = 80) => {
  vi.stubGlobal('process', { ...process, stderr: { write: process.stderr.write, isTTY, columns } });
  return createStates('vps3');
};

/** What stands on the screen in the end: what was written over is gone. */
const screen = () => out.split('\n').map((line) => line.split('\r\u001b[K').at(-1)!);

describe('into a pipe', () => {
  test('each state is a line, and once', () => {
    const states = terminal(false);
    for (const words of ['arming', 'applying', 'applying', 'confirming']) states.show(first, words);
    states.stop();
    expect(out).toBe('vps3: sshd: arming\nvps3: sshd: applying\nvps3: sshd: confirming\n');
  });

  test('a host that says nothing yet is no line', () => {
    terminal(false).show(first, '');
    expect(out).toBe('');
  });
});

describe('on a terminal', () => {
  test('the states are one line that is written over', () => {
    const states = terminal(true);
    states.show(first, 'arming');
    vi.advanceTimersByTime(100);
    states.show(first, 'applying');
    vi.advanceTimersByTime(1900);
    expect(out).toContain('vps3: sshd: arming');
    expect(screen()).toEqual([expect.stringMatching(/^\S vps3: sshd: applying, 2 s$/) as string]);
  });

  test('a transaction that is over leaves a line with how far it came', () => {
    const states = terminal(true);
    states.show(first, 'confirming');
    vi.advanceTimersByTime(3000);
    states.show(second, 'arming');
    vi.advanceTimersByTime(1000);
    states.show(second, 'undoing');
    states.stop();
    vi.advanceTimersByTime(5000);
    expect(screen()).toEqual(['vps3: sshd: confirming, 3 s', 'vps3: ufw: undoing, 1 s', '']);
  });

  test('no line is wider than the terminal', () => {
    const states = terminal(true, 20);
    states.show(first, 'applying what is very long indeed');
    vi.advanceTimersByTime(100);
    expect(screen()[0]!.length).toBeLessThan(20);
    states.stop();
  });
});

test.each([true, false])('what a host says stays one harmless line (terminal: %s)', (isTTY) => {
  const states = terminal(isTTY);
  states.show(first, 'odd\u001b[2J\nline');
  states.stop();
  expect(out).toMatch(/vps3: sshd: odd\\nline/);
  expect(out).not.toContain('\u001b[2J');
});
