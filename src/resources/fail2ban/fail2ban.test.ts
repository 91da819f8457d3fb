import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configAnswer, serverAnswer, type Changes } from '../../../test/support/fail2ban.ts';
import { expectNothingFromPieces, look, told } from '../../../test/support/look.ts';
import fail2ban from './index.ts';
import { canonical, isWithin } from './networks.ts';

const see = (changes: Changes = {}, config = configAnswer) => look(fail2ban, {}, serverAnswer(changes), config);
const differences = (changes: Changes, config = configAnswer) => told(see(changes, config)).differences;

describe('fail2ban', () => {
  it('reads a server that runs with its files', () => {
    expect(told(see())).toEqual({
      running: true,
      valid: true,
      differences: [],
      default_bantime: 3600,
      default_findtime: 600,
      default_maxretry: 5,
    });
  });

  it('tells nothing from pieces', () => expectNothingFromPieces(fail2ban, {}, serverAnswer(), configAnswer));

  it('tells nothing from a garbled answer', () => {
    fc.assert(
      fc.property(fc.nat(serverAnswer().length - 1), fc.string({ maxLength: 3 }), (at, junk) => {
        const text = `${serverAnswer().slice(0, at)}${junk}${serverAnswer().slice(at + 1)}`;
        const { running } = told(look(fail2ban, {}, text, configAnswer));
        expect([true, false, 'unknown']).toContain(running);
      }),
    );
  });

  it('believes only the process that the unit started', () => {
    expect(see({ pid: 99 })[0]).toMatchObject({ value: false, note: expect.stringContaining('process 99 answers') });
  });

  it('proves that nobody answers', () => {
    const unit =
      'installed|yes\nunit|LoadState=loaded\nunit|ActiveState=failed\nunit|SubState=failed\nunit|MainPID=0\n';
    const silent = look(fail2ban, {}, `${unit}silent|"/run/x: No such file or directory"\nend\n`, configAnswer);
    expect(told(silent)).toMatchObject({ running: false, differences: 'absent' });
    expect(told(look(fail2ban, {}, 'installed|no\nend\n', 'installed|no\nend\n'))).toMatchObject({
      running: false,
      valid: 'absent',
      default_bantime: 'absent',
    });
    // Neither an answer nor a reason why there is none.
    expect(told(look(fail2ban, {}, `${unit}end\n`, configAnswer)).running).toBe('unknown');
    expect(told(look(fail2ban, {}, `${unit}stranger|1000\nend\n`, configAnswer)).running).toBe('unknown');
  });

  it('passes on what Python says when it stops', () => {
    const stopped = look(
      fail2ban,
      {},
      { code: 1, stderr: 'Traceback\nModuleNotFoundError: No module named x\n' },
      configAnswer,
    );
    expect(stopped[0]).toMatchObject({ state: 'unknown', message: 'ModuleNotFoundError: No module named x' });
  });

  it.each<[string, Changes, string]>([
    ['a limit', { get: { maxretry: 9 } }, 'maxretry of jail sshd is 9, in the files 3'],
    ['a network', { get: { ignoreip: ['127.0.0.0/8', '::1', '0.0.0.0'] } }, 'ignoreip of jail sshd is 0.0.0.0/0'],
    [
      'a command',
      { get: { ignorecommand: '/bin/true' } },
      'ignorecommand of jail sshd is /bin/true, in the files empty',
    ],
    ['another jail', { jail: { name: 'other' } }, 'jail sshd of the files does not run'],
    ['an action', { jail: { actions: {} } }, 'actions of jail sshd is empty, in the files nftables'],
  ])('notices %s that is not in the files', (_name, changes, words) => {
    expect((differences(changes) as string[]).join('; ')).toContain(words);
  });

  it('compares nothing with files that are broken', () => {
    const broken = 'installed|yes\nproblem|"Errors in jail \'x\'."\nvalid|false\nend\n';
    expect(told(see({}, broken))).toMatchObject({ valid: false, differences: 'unknown', default_bantime: 'unknown' });
  });

  it('does not judge a server that reads files elsewhere', () => {
    const text = serverAnswer().replace('-xf start', '-c /srv/f2b -xf start');
    expect(told(look(fail2ban, {}, text, configAnswer)).running).toBe('unknown');
  });
});

describe('networks', () => {
  it.each([
    ['127.0.0.1/8', '127.0.0.0/8'],
    ['10.1.2.3', '10.1.2.3'],
    ['10.1.2.3/32', '10.1.2.3'],
    ['0.0.0.0', '0.0.0.0/0'],
    ['::', '::/0'],
    ['2001:DB8::1/64', '2001:db8::/64'],
    ['::1/128', '::1'],
    ['::ffff:1.2.3.4', '::ffff:102:304'],
    ['ops.example.org', 'ops.example.org'],
    ['10.0.0.0/33', '10.0.0.0/33'],
  ])('%s is %s', (text, same) => expect(canonical(text)).toBe(same));

  it('is stable', () => {
    const address = fc.oneof(fc.ipV4(), fc.ipV6());
    fc.assert(
      fc.property(address, fc.nat(32), (text, bits) => {
        const once = canonical(`${text}/${bits}`);
        expect(canonical(once)).toBe(once);
      }),
    );
  });

  it.each([
    ['127.0.0.0/8', ['127.0.0.0/8'], true],
    ['127.0.0.1', ['127.0.0.0/8'], true],
    ['127.0.0.0/7', ['127.0.0.0/8'], false],
    ['0.0.0.0/0', ['127.0.0.0/8', '::1'], false],
    ['::1', ['::/0'], true],
    ['::ffff:127.0.0.1', ['127.0.0.0/8'], false],
    ['ops.example.org', ['0.0.0.0/0'], false],
  ])('%s in %j: %s', (text, others, expected) => expect(isWithin(text, others)).toBe(expected));
});
