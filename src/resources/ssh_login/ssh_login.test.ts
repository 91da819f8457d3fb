import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../model/evidence.ts';
import login from './index.ts';

function look(stdout: string, rest: Partial<Answer> = {}, outside = 'auto') {
  const answer: Answer = {
    digest: '',
    outcome: 'exited',
    code: 0,
    stdout,
    stderr: '',
    truncated: false,
    ms: 3,
    ...rest,
  };
  return login.read({ outside } as never, { 'ssh_login.methods': answer })[0]!;
}

describe('ssh_login', () => {
  it('reads the list', () => {
    expect(look('publickey\n')).toMatchObject({ state: 'value', value: ['publickey'] });
    expect(look('publickey,gssapi-with-mic,keyboard-interactive')).toMatchObject({
      value: ['publickey', 'gssapi-with-mic', 'keyboard-interactive'],
    });
    expect(look('none')).toMatchObject({ value: ['none'] });
  });

  it('takes nothing else for a list', () => {
    for (const text of ['', '\n', ',', 'publickey,', 'publickey password', 'Permission denied (publickey).']) {
      expect(look(text)).toMatchObject({ state: 'unknown' });
    }
    expect(look('', { outcome: 'lost', code: null, stderr: 'connection reset' })).toMatchObject({
      message: 'the answer to ssh_login.methods was lost: connection reset',
    });
    expect(look('publickey', { code: 1, stderr: 'connection refused' })).toMatchObject({
      message: 'connection refused',
    });
  });

  it('cannot be told from the machine itself, unless the profile says that there is no outside', () => {
    expect(look('', { outcome: 'no-vantage', code: null })).toMatchObject({ state: 'unknown', code: 'no-vantage' });
    expect(look('', {}, 'none')).toMatchObject({ state: 'skipped' });
    expect(login.probes({ outside: 'none' } as never)).toEqual([]);
    expect(login.probes({} as never)).toHaveLength(1);
  });

  it('never has a method that is not in the answer', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const seen = look(text);
        return seen.state !== 'value' || (seen.value as string[]).join(',') === text.trim();
      }),
    );
  });
});
