import { describe, expect, it } from 'vitest';
import { look, told } from '../../../test/support/look.ts';
import command from './index.ts';

const options = { run: 'grep -c x /etc/motd' };
const unknown = { code: 'unknown', stdout: 'unknown', stderr: 'unknown' };

describe('command', () => {
  it('tells code and output', () => {
    expect(told(look(command, options, { stdout: 'two\n\n', stderr: 'hm\n' }))).toEqual({
      code: 0,
      stdout: 'two\n',
      stderr: 'hm',
    });
  });

  it('does not take the silence of a failed command for an answer', () => {
    expect(told(look(command, options, { code: 2, stderr: 'no such file' }))).toEqual({ ...unknown, code: 2 });
  });

  it('takes other codes where the author says so', () => {
    expect(told(look(command, { ...options, answers: [0, 1] }, { code: 1, stdout: '0\n' }))).toMatchObject({
      code: 1,
      stdout: '0',
    });
  });

  it.each([
    [{ outcome: 'timed-out' as const, code: null, ms: 10000 }],
    [{ outcome: 'truncated' as const, code: null }],
    [{ outcome: 'lost' as const, code: null }],
    [{ outcome: 'denied' as const, code: null }],
    [{ truncated: true, stdout: 'half' }],
    [{ code: 127, stderr: 'sh: nope: not found' }],
    [{ code: 1, stderr: 'cat: x: Permission denied' }],
  ])('tells nothing at all from %j', (answer) => {
    expect(told(look(command, options, answer))).toEqual(unknown);
  });

  it('asks two questions where only the time limits differ', () => {
    const names = [options, { ...options, timeout: 60 }].map((each) => command.probes(each as never)[0]!);
    expect(new Set(names.map((each) => each.name)).size).toBe(2);
    expect(names[1]).toMatchObject({ timeoutSeconds: 60 });
  });
});
