import { afterEach, describe, expect, it, vi } from 'vitest';
import { readSecrets } from './secrets.ts';

const read = (value: string) => {
  vi.stubEnv('FA_TEST_PW', value);
  return readSecrets({ redis_admin_password: 'env:FA_TEST_PW' });
};

describe('a secret that is found here', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('is read', async () => expect(await read('a-b-c-d1')).toEqual({ redis_admin_password: 'a-b-c-d1' }));

  it.each([
    ['a', 'shorter than 8 characters'],
    ['1234567', 'shorter than 8 characters'],
    ['', 'is empty'],
    ['one line\nand another', 'more than one line'],
  ])('of %j is a mistake that names the input', async (value, why) => {
    await expect(read(value)).rejects.toMatchObject({
      problems: [{ code: 'no-secret', message: expect.stringContaining(why) as string }],
    });
  });

  it('is not repeated where it is too short', async () => {
    const message = await read('hunter2').catch((error: unknown) => JSON.stringify(error) + String(error));
    expect(message).toContain('redis_admin_password');
    expect(message).not.toContain('hunter2');
  });
});
