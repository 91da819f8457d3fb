import { describe, expect, it } from 'vitest';
import { expectNothingFromPieces, look, told } from '../../../test/support/look.ts';
import os from './index.ts';

const noble = `file|/etc/os-release
line|PRETTY_NAME="Ubuntu 24.04.1 LTS"
line|# comment
line|VERSION_ID="24.04"
line|VERSION_CODENAME=noble
line|ID=ubuntu
end
`;
const noFlag = `flag|stat: cannot statx '/run/reboot-required': No such file or directory
flag|stat: cannot statx '/var/run/reboot-required': No such file or directory
`;
const current = `running|6.8.0-45-generic
build|#45-Ubuntu SMP PREEMPT_DYNAMIC
${noFlag}image|6.8.0-9-generic
image|6.8.0-45-generic
package|ii |linux-image-6.8.0-45-generic|6.8.0-45.45
asked|dpkg
end
`;

describe('os', () => {
  it('reads Ubuntu 24.04 with its newest kernel', () => {
    expect(told(look(os, {}, noble, current))).toEqual({
      id: 'ubuntu',
      version: '24.04',
      codename: 'noble',
      kernel: '6.8.0-45-generic',
      reboot_pending: false,
    });
  });

  it('tells nothing from pieces', () => expectNothingFromPieces(os, {}, noble, current));

  it('takes the last assignment, as a shell does, and undoes its quotes', () => {
    const seen = look(os, {}, noble.replace('end', `line|ID='mint'\nline|VERSION_ID="2\\"2"\nend`), current);
    expect(told(seen)).toMatchObject({ id: 'mint', version: '2"2' });
  });

  it('does not guess at a line that is no assignment', () => {
    const seen = look(os, {}, noble.replace('ID=ubuntu', 'ID=$(id)'), current);
    expect(told(seen)).toMatchObject({ id: 'unknown', codename: 'unknown' });
  });

  it('knows an absent code name, and a host without the file', () => {
    expect(told(look(os, {}, noble.replace('line|VERSION_CODENAME=noble\n', ''), current)).codename).toBe('absent');
    expect(told(look(os, {}, 'end\n', current)).id).toBe('unknown');
  });

  it.each([
    [
      'the flag',
      current.replace(/flag\|stat.*run\/reboot-required': No.*\n/, 'flag|/run/reboot-required\nfor|libc6\n'),
      true,
    ],
    ['an older kernel', current.replace('running|6.8.0-45', 'running|6.8.0-9'), true],
    ['a leftover in /boot', current.replace('package|', 'image|6.8.0-50-generic.dpkg-new\npackage|'), false],
    [
      'no kernel of its own',
      `running|6.18\nbuild|#1\n${noFlag}package|un |linux-image-amd64|\nasked|dpkg\nend\n`,
      false,
    ],
    ['an empty /boot beside a kernel package', current.replace(/image\|.*\n/g, ''), 'unknown'],
    ['no word from dpkg', `running|6.18\nbuild|#1\n${noFlag}end\n`, 'unknown'],
    ['a flag that may not be looked at', current.replace('No such file or directory', 'Permission denied'), 'unknown'],
  ])('judges %s', (_name, kernel, pending) => {
    expect(told(look(os, {}, noble, kernel)).reboot_pending).toBe(pending);
  });

  it('notices that Debian replaced a kernel under its name', () => {
    const debian = (version: string) => `running|6.1.0-13-amd64
build|#1 SMP PREEMPT_DYNAMIC Debian 6.1.55-1 (2023-09-29)
${noFlag}image|6.1.0-13-amd64
package|ii |linux-image-6.1.0-13-amd64|${version}
asked|dpkg
end
`;
    expect(told(look(os, {}, noble, debian('6.1.55-1'))).reboot_pending).toBe(false);
    expect(told(look(os, {}, noble, debian('6.1.57-1'))).reboot_pending).toBe(true);
  });
});
