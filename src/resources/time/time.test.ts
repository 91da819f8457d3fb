import { describe, expect, it } from 'vitest';
import { expectNothingFromPieces, look, told } from '../../../test/support/look.ts';
import time from './index.ts';

const zone = (first: string, winter = '+0000 UTC', summer = winter) =>
  `${first}\nwinter|${winter}\nsummer|${summer}\nend\n`;
const utc = zone('link|../usr/share/zoneinfo/UTC');

describe('time', () => {
  it.each([
    ['link|/usr/share/zoneinfo/Etc/UTC', 'Etc/UTC', true],
    ['link|../usr/share/zoneinfo/Zulu', 'Zulu', true],
    ['link|/usr/share/zoneinfo/posix/UTC', 'UTC', true],
    ['file|regular file', 'absent', true],
    ["file|stat: cannot statx '/etc/localtime': No such file or directory", 'UTC', true],
    ['link|/usr/share/zoneinfo/Nowhere/Land\ndangling|yes', 'Nowhere/Land', false],
    ['link|/opt/clock', 'unknown', 'unknown'],
    ['file|directory', 'unknown', 'unknown'],
  ])('%s', (first, timezone, isUtc) => {
    expect(told(look(time, {}, zone(first)))).toEqual({ timezone, utc: isUtc });
  });

  it('does not take London in winter, nor a link to the wrong file, for UTC', () => {
    expect(told(look(time, {}, zone('link|/usr/share/zoneinfo/Europe/London', '+0000 GMT', '+0100 BST'))).utc).toBe(
      false,
    );
    expect(told(look(time, {}, zone('link|/usr/share/zoneinfo/UTC', '+0900 JST'))).utc).toBe(false);
    expect(told(look(time, {}, zone('file|regular file', '+0000 UTC', '+0100 XYZ'))).utc).toBe(false);
  });

  it('tells nothing when date says nothing', () => {
    expect(told(look(time, {}, zone('link|/usr/share/zoneinfo/UTC', ''))).utc).toBe('unknown');
  });

  it('tells nothing from pieces', () => expectNothingFromPieces(time, {}, utc));
});
