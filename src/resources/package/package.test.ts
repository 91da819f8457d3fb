import { describe, expect, it } from 'vitest';
import type { Answer } from '../../model/evidence.ts';
import { expectNothingFromPieces, look } from '../../../test/support/look.ts';
import resource from './index.ts';

const options = { names: ['ufw', 'fail2ban'] };
const both = 'fail2ban|ii |1.0.2-3\nufw|ii |0.36.2-6\nend|0\n';
const installed = (given: string | Partial<Answer>) =>
  look(resource, options, given)
    .filter((each) => each.fact === 'installed')
    .map((each) => (each.state === 'value' ? each.value : each.state));

describe('package', () => {
  it('reads what is installed, in the order asked', () => {
    expect(look(resource, options, both)).toMatchObject([
      { label: 'ufw', value: true, note: '0.36.2-6' },
      { fact: 'version', value: '0.36.2-6' },
      { label: 'fail2ban', value: true },
      { value: '1.0.2-3' },
    ]);
  });

  it('tells nothing from pieces', () => expectNothingFromPieces(resource, options, both));

  it.each(['rc ', 'un ', 'iU ', 'iF ', 'iH ', 'iiR', 'it ', 'iW '])('does not take %j for installed', (state) => {
    expect(installed(both.replace('ufw|ii |', `ufw|${state}|`))).toEqual([false, true]);
  });

  it('takes a held one for installed, and one of several architectures', () => {
    expect(installed(both.replace('ufw|ii |', 'ufw|hi |'))).toEqual([true, true]);
    expect(installed(both.replace('ufw|', 'ufw|rc |0.35\nufw|'))).toEqual([true, true]);
  });

  it('believes only dpkg-query that it knows no such package', () => {
    const words = (text: string, code = 1) => installed({ code, stdout: `${text}\nufw|ii |0.36\nend|${code}\n` });
    expect(words('dpkg-query: no packages found matching fail2ban')).toEqual([true, false]);
    expect(words('dpkg-query: no packages found matching fail2ban-extra')).toEqual([true, 'unknown']);
    expect(words('fail2ban-extra|ii |1')).toEqual([true, 'unknown']);
    expect(words('dpkg-query: error: parsing file', 2)).toEqual(['unknown', 'unknown']);
  });
});
