import { describe, expect, it } from 'vitest';
import type { Answer } from '../../model/evidence.ts';
import type { Observation } from '../../model/observation.ts';
import files from './index.ts';

const main = '/etc/ssh/sshd_config';
const time = '1795396863.971813186|1795396863.971813186';
const good = `who||ssh.service
test|0|
login|0|user=root,addr=203.0.113.1|
trace|debug2: load_server_config: filename ${main}
match|
file|${main}
stat|file|644|0|0|regular file|${time}|root|root|${main}
stat|included|755|0|0|directory|${time}|root|root|/etc/ssh/sshd_config.d
nostat|dir|No such file or directory|/etc/ssh/more
stat|dir|755|0|0|directory|${time}|root|root|/etc/ssh
stat|dir|1777|0|0|directory|${time}|root|root|/tmp
nostat|key|No such file or directory|/etc/ssh/ssh_host_rsa_key
stat|key|600|1000|0|regular file|${time}|root|root|/etc/ssh/ssh_host_ed25519_key
end
`;

function look(which: string, stdout = good, rest: Partial<Answer> = {}): Observation[] {
  const answer: Answer = {
    digest: '',
    outcome: 'exited',
    code: 0,
    stdout,
    stderr: '',
    truncated: false,
    ms: 3,
    ...rest,
  };
  return files.read({ which } as never, { 'sshd.effective': answer });
}
const told = (fact: string, observations: Observation[]) =>
  observations.filter((each) => each.fact === fact).map((each) => (each.state === 'value' ? each.value : each.state));

describe('sshd_files', () => {
  it('has the files that sshd reads', () => {
    const seen = look('config');
    expect(told('mode', seen)).toEqual(['0644']);
    expect(seen[0]).toMatchObject({ label: `owner of ${main}`, where: main, value: 'root' });
  });

  it('has every directory on the way, sticky ones too', () => {
    expect(told('mode', look('directories'))).toEqual(['0755', '0755', '1777']);
  });

  it('leaves out host keys that are not there, and knows root by number', () => {
    expect(told('owner', look('host_keys'))).toEqual(['1000']);
    const none = good.replace(/^stat\|key.*\n/m, '');
    expect(told('owner', look('host_keys', none))).toEqual(['unknown']);
  });

  it('does not tell what it could not look at', () => {
    const hidden = good.replace('nostat|key|No such file or directory', 'nostat|key|Permission denied');
    expect(told('mode', look('host_keys', hidden))).toEqual(['0600', 'unknown']);
    const gone = good.replace(/stat\|file.*\n/, `nostat|file|No such file or directory|${main}\n`);
    expect(told('mode', look('config', gone))).toContain('unknown');
  });

  it('is not sure of all files where sshd refuses one', () => {
    expect(told('mode', look('config', good.replace('login|0', 'login|255')))).toEqual(['0644', 'unknown']);
  });

  it('tells nothing from an answer that is none', () => {
    for (const outcome of ['timed-out', 'truncated', 'lost', 'denied'] as const) {
      expect(told('mode', look('config', '', { outcome, code: null }))).toEqual(['unknown']);
    }
    expect(told('mode', look('config', good.slice(0, -5)))).toEqual(['unknown']);
  });
});
