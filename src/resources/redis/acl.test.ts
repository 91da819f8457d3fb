import { describe, expect, it } from 'vitest';
import { allChannels, allPatterns, parseAclUser } from './acl.ts';
import { allowed, commandsBeyond } from './commands.ts';
import { redisGlobMatches } from './glob.ts';
import { riskyIn } from './risky.ts';

const categories = new Map([
  ['read', ['get', 'keys', 'getrange']],
  ['pubsub', ['publish', 'subscribe']],
  ['connection', ['ping', 'client|kill', 'client|list']],
]);
const set = (rules: string) => [...allowed(rules.split(' '), categories)!.names].sort();

describe('an ACL user', () => {
  it('is what its rules make of it, in order', () => {
    const user = parseAclUser('user a on #1 #2 !1 ~x %RW~y %R~z &c -@all +@read (~k resetchannels +set) &d')!;
    expect(user).toEqual({
      ...{ name: 'a', on: true, nopass: false, passwords: ['2'], skipSanitize: false },
      ...{ keys: ['~x', '~y', '%R~z'], channels: ['c', 'd'], commands: ['-@all', '+@read'] },
      selectors: [{ keys: ['~k'], channels: [], commands: ['+set'] }],
    });
    expect([allPatterns(user), allChannels(user)]).toEqual([
      ['x', 'y', 'z', 'k'],
      ['c', 'd'],
    ]);
  });

  it('is not known with a rule that is not', () => {
    expect(parseAclUser('user a on ?')).toBeNull();
    for (const line of ['usr a on', 'user a (~x', 'user a (on)']) expect(parseAclUser(line)).toBeNull();
  });

  it('needs a password again after nopass and a new one', () => {
    expect(parseAclUser('user a nopass #1')).toMatchObject({ nopass: false, passwords: ['1'] });
    expect(parseAclUser('user a #1 nopass')).toMatchObject({ nopass: true, passwords: [] });
  });
});

describe('commands', () => {
  it('are the same whatever words say so', () => {
    expect(set('-@all +@read +@connection +@pubsub')).toEqual(set('+@pubsub +@read +@connection +publish +ping'));
    expect(set('+@read -get')).toEqual(['getrange', 'keys']);
    expect(allowed(['+@all', '-get'], categories)).toEqual({ all: true, names: new Set(['get']) });
    expect(allowed(['+@other'], categories)).toBeNull();
  });

  it('keep what was said of a part of one', () => {
    expect(set('+@all -config +config|set')).not.toEqual(set('+@all -config'));
    expect(set('+client -client|kill')).not.toEqual(set('+client'));
    expect(set('+client -client|kill +client')).toEqual(set('+client'));
    expect(set('+@all -config +config|set -config|set')).toEqual(set('+@all -config'));
    expect(commandsBeyond(['+client', '-client|kill'], categories)).toEqual([]);
  });

  it('beyond the template are named', () => {
    expect(commandsBeyond(['+@read', '+client', '+publish', '-keys'], categories)).toEqual([]);
    expect(commandsBeyond(['+@read', '+set', '+config|get'], categories)).toEqual(['config|get', 'set']);
    expect(commandsBeyond(['+@all', '-@read'], categories)).toEqual(['+@all']);
    expect(commandsBeyond(['+get'], new Map())).toBeNull();
  });
});

describe('risky commands', () => {
  const known = new Map([
    ...categories,
    ['admin', ['slaveof', 'acl|deluser', 'config|set', 'config|rewrite', 'debug', 'client|kill']],
    ['dangerous', ['migrate', 'keys', 'slaveof', 'config|set']],
    ['scripting', ['eval_ro']],
  ]);
  it.each([
    ['-@all +@read +@connection +@pubsub +info', []],
    ['+@read +slaveof +acl|deluser', ['acl|deluser', 'slaveof']],
    ['+migrate', ['migrate']],
    ['+eval_ro', ['eval_ro']],
    ['+config -config|set', ['config|rewrite']],
    ['+@all -@dangerous -@scripting -acl -debug', ['config|rewrite']],
    ['+@all -@dangerous -@admin -@scripting', []],
    ['+@all -@dangerous -@admin -@scripting -debug +debug|sleep', ['debug|sleep']],
    ['+debug|sleep', ['debug|sleep']],
    ['+@dangerous', ['config|set', 'migrate', 'slaveof']],
  ])('%s give %j', (rules, found) => expect(riskyIn(rules.split(' '), known)).toEqual(found));

  it('are not known without the categories', () => expect(riskyIn(['+get'], categories)).toBeNull());
});

describe('a pattern', () => {
  it.each([
    ['*', 'a\nb', true],
    ['fleet:inbox:*', 'fleet:inbox:DZ-001', true],
    ['fleet:inbox:EX-00?', 'fleet:inbox:EX-001', true],
    ['fleet:inbox:[^E]*', 'fleet:inbox:EX-001', false],
    ['fleet:inbox:[A-E]X-001', 'fleet:inbox:EX-001', true],
    ['fleet:inbox:\\*', 'fleet:inbox:DZ-001', false],
    ['fleet:inbox:EX-001', 'fleet:inbox:EX-0011', false],
    ['a.c', 'abc', false],
    ['[', '[', true],
    ['x[z-a]', 'xb', true],
  ])('%s and %s: %s', (pattern, text, matches) => {
    expect(redisGlobMatches(pattern, text)).toBe(matches);
  });
});
