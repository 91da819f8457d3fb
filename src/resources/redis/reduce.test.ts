import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { reduce } from './reduce.ts';

const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const agent = (...env: string[]) =>
  [
    ...[`c|${'a'.repeat(64)}|/agent|running|77|0`, 'image|"fleet:1"', 'l|"EX-001"', 'managed|"true"'],
    ...env.map((each) => `env|${JSON.stringify(each)}`),
    `r|user ex_001 on #${sha('mine')}`,
    'end\n',
  ].join('\n');
const container = (raw: string) => JSON.parse(reduce(raw).split('\n')[0]!.slice('container|'.length)) as object;

describe('reduce', () => {
  it('keeps the user of a URL and the names of passwords', () => {
    const raw = agent('REDIS_URL=redis://ex_001:s3cret@redis:6379', 'REDIS_PASSWORD_ADMIN=other', 'TOKEN=x', 'PW=mine');
    expect(container(raw)).toEqual({
      ...{ name: 'agent', status: 'running', restarts: 0, image: 'fleet:1', asset: 'EX-001', managed: 'true' },
      ...{ urls: { REDIS_URL: 'ex_001' }, passwords: { REDIS_PASSWORD_ADMIN: '?', PW: 'ex_001' } },
    });
  });

  it.each([
    ['redis://redis:6379', 'default'],
    ['redis://admin:x@redis', '?'],
    ['redis://:pw@redis', 'default'],
    ['rediss://ex%5F001:p%40w@redis/0', 'ex_001'],
    ['redis://s3cret@redis', '?'],
    ['redis://ex_001:a@b@redis', 'ex_001'],
  ])('reads %s', (url, user) => {
    expect(container(agent(`URL=${url}`))).toMatchObject({ urls: { URL: user } });
  });

  it('numbers hashes, and names the words that everybody knows', () => {
    const raw = `r|user a on #${sha('x1')} #${sha('changeme')}\nrule|1|user b on #${sha('x1')}\nr|user ex_001 on #${sha('${REDIS_PASSWORD_EX_001}')}\nend\n`;
    expect(reduce(raw)).toBe(
      'r|user a on #1 #2=changeme\nrule|1|user b on #1\nr|user ex_001 on #3=${REDIS_PASSWORD_EX_001}\nend\n',
    );
  });

  it('lets no secret through, wherever it stands', () => {
    const secret = fc
      .stringMatching(/^[A-Za-z0-9!$%*+,./:;<=>?^_-]{12,24}$/)
      .filter((text) => !/[~&]|^[+-]/.test(text));
    fc.assert(
      fc.property(secret, (word) => {
        const places = [
          ...[
            `env|${JSON.stringify(`X=${word}`)}`,
            `rule|1|user a on ${word}`,
            `rule|2|usr ${word}`,
            `rule|3|# ${word}`,
          ],
          ...[`r|user a on #${sha(word)} >${word}`, `s|"${word}"`, `junk ${word}`, `a|"--requirepass ${word}"`],
          `env|${JSON.stringify(`URL=redis://ex_001:${word}@h`)}`,
        ];
        const kept = reduce(`${agent().replace('end\n', '')}${places.join('\n')}\nend\n`);
        expect(kept).not.toContain(word);
        expect(kept).not.toContain(sha(word));
      }),
    );
  });
});
