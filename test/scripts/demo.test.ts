import { describe, expect, test } from 'vitest';
import { svgOf } from '../../scripts/demo/svg.ts';

const textsOf = (svg: string) => [...svg.matchAll(/<text y="[^"]*">(.*)<\/text>/g)].map((match) => match[1]);

describe('the picture of a terminal', () => {
  test('has each line, in its colours, and nothing of it is markup', () =>
    expect(textsOf(svgOf([{ line: 'a <b> & \u001b[1m\u001b[31mred\u001b[39m\u001b[22m end', at: 1 }], 2))).toEqual([
      'a &lt;b&gt; &amp; <tspan class="ansi-red bold">red</tspan> end',
    ]));

  test('goes on below where a line is too long, and loses no character', () => {
    const line = `${'x'.repeat(100)}${'é'.repeat(100)}`;
    const texts = textsOf(svgOf([{ line, at: 1 }], 2));
    expect(texts.map((each) => each!.length)).toEqual([110, 90]);
    expect(texts.join('')).toBe(line);
  });

  test('shows each line at its time', () => {
    const svg = svgOf([{ line: 'a', at: 1 }, { line: 'b', at: 3 }], 4); // prettier-ignore
    expect([...svg.matchAll(/([\d.]+)%\{transform/g)].map((match) => match[1])).toEqual(['0', '25.000', '75.000']);
  });
});
