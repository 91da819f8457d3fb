import { expect, test } from 'vitest';
import type { Session } from '../transport/index.ts';
import { whoAmI } from './operator.ts';

const session = (login: string) =>
  ({
    login: true,
    run: () =>
      Promise.resolve({ code: 0, stdout: `login|${login}\nfrom|192.0.2.1\nat|192.0.2.2\nport|22\n`, stderr: '' }),
  }) as unknown as Session;

test('an account with dots and capitals, as Debian has them, is not shut out either', async () =>
  expect((await whoAmI(session('ann'), ['Jo.Doe', 'build_1@192.0.2.7', 'ann'])).others).toEqual(['Jo.Doe', 'build_1']));

test.each(['*', 'a?', '!ann', 'a b', "a'b", '$(id)', '-x', '.x', 'a,host=x', ''])('%j is no account', async (name) =>
  expect((await whoAmI(session('ann'), [name])).others).toEqual([]),
);
