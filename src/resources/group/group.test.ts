import { describe, expect, it } from 'vitest';
import { expectNothingFromPieces, look, told } from '../../../test/support/look.ts';
import group from './index.ts';

const options = { name: 'docker' };
const good =
  'code|0\ngroup|docker|998|fleetclaw,ubuntu\nother|docker|998|fleetclaw,ubuntu\nuser|root|0\nuser|eve|998\nuser|ubuntu|998\nend\n';

describe('group', () => {
  it('counts those whose first group it is', () => {
    expect(told(look(group, options, good))).toEqual({
      exists: true,
      gid: 998,
      members: ['eve', 'fleetclaw', 'ubuntu'],
    });
  });

  it('counts those of another group with the same number', () => {
    const twin = good.replace('user|root', 'other|dock2|998|mallory\nother|x|99|bob\nuser|root');
    expect(told(look(group, options, twin)).members).toEqual(['eve', 'fleetclaw', 'mallory', 'ubuntu']);
  });

  it('tells nothing from pieces', () => expectNothingFromPieces(group, options, good));

  it('knows an empty group, and that there is none', () => {
    expect(
      told(look(group, options, 'code|0\ngroup|docker|998|\nother|docker|998|\nuser|root|0\nend\n')).members,
    ).toEqual([]);
    expect(told(look(group, options, 'code|2\nuser|root|0\nend\n'))).toEqual({
      exists: false,
      gid: 'absent',
      members: 'absent',
    });
  });

  it.each(['code|1', 'code|0', 'code|0\ngroup|dockers|998|', 'code|0\ngroup|docker||x', 'code|2\ngroup|docker|998|'])(
    'tells nothing from %j',
    (lines) => expect(told(look(group, options, `${lines}\nuser|root|0\nend\n`)).members).toBe('unknown'),
  );

  it('tells nothing when no groups were listed', () => {
    expect(told(look(group, options, good.replace(/other.*\n/, ''))).members).toBe('unknown');
  });

  it('tells nothing when no accounts were listed', () => {
    expect(told(look(group, options, 'code|0\ngroup|docker|998|\nother|docker|998|\nend\n')).members).toBe('unknown');
  });
});
