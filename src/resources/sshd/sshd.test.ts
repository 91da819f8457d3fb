import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../model/evidence.ts';
import type { Observation } from '../../model/observation.ts';
import { parse } from './parse.ts';
import sshd from './index.ts';

/** What every login of the hardened host prints; OpenSSH 10.0 on Debian 13. */
const values: Record<string, string | string[]> = {
  listenaddress: ['[::]:22', '0.0.0.0:22'],
  logingracetime: '30',
  maxauthtries: '3',
  permitrootlogin: 'no',
  pubkeyauthentication: 'yes',
  passwordauthentication: 'no',
  kbdinteractiveauthentication: 'no',
  x11forwarding: 'no',
  permitemptypasswords: 'no',
  allowtcpforwarding: 'yes',
  disableforwarding: 'no',
  hostkey: ['/etc/ssh/ssh_host_ed25519_key'],
  allowusers: ['fleetclaw', 'ubuntu'],
  authenticationmethods: 'any',
};
const main = '/etc/ssh/sshd_config';
const dropIn = '/etc/ssh/sshd_config.d/60-x.conf';
const include = '/etc/ssh/sshd_config.d/*.conf';

interface LoginText {
  spec?: string;
  code?: number;
  matched?: string[];
  values?: Record<string, string | string[]>;
  said?: string;
}

/** The probe's text for these files and logins, as a host prints it. */
function host(files: Record<string, string[]>, logins: LoginText[], { options = '', head = '' } = {}): string {
  const lines = [`who|${options}|process 84`, `who|${options}|ssh.service`, `test|0|${options}`];
  logins.forEach((login, index) => lines.push(...loginText(login, options, index === 0 ? trace(files) : [])));
  for (const [file, content] of Object.entries(files)) {
    lines.push(`file|${file}`, ...content.map((text, index) => `line|${index + 1}|${text}`));
    lines.push(`stat|file|644|0|0|regular file|1795396863.971813186|1795396863.971813186|root|root|${file}`);
  }
  return `${head}${lines.join('\n')}\nend\n`;
}

function loginText(login: LoginText, options: string, before: string[]): string[] {
  const { spec = 'user=root,addr=203.0.113.1', code = 0, matched = [], said } = login;
  const printed = Object.entries({ ...values, ...login.values }).flatMap(([key, each]) =>
    [each].flat().map((value) => `out|${key} ${value}`),
  );
  const full = `${spec},host=client.invalid,laddr=198.51.100.1,lport=22`;
  if (code !== 0) return [`login|${code}|${full}|${options}`, ...before, `said|${said}`];
  return [`login|0|${full}|${options}`, ...before, 'match|', ...matched.map(setting), ...printed];
}

const setting = (text: string) => `trace|debug3: ${text.replace(/^(\S+):(\d+) (\S+)/, '$1:$2 setting $3')}`;

/** All lines above the first Match, in the order of the files: enough for these tests. */
function trace(files: Record<string, string[]>): string[] {
  const [first, ...others] = Object.keys(files);
  const at = files[first!]!.findIndex((line) => /^include/i.test(line)) + 1;
  return [
    `trace|debug2: load_server_config: filename ${first}`,
    ...others.flatMap((file) => [
      `trace|debug2: ${first} line ${at}: including ${file}`,
      `trace|debug2: load_server_config: filename ${file}`,
      ...settingsOf(file, files[file]!),
    ]),
    ...settingsOf(first!, files[first!]!),
  ];
}

function settingsOf(file: string, lines: string[]): string[] {
  const match = lines.findIndex((line) => /^match/i.test(line));
  const above = match < 0 ? lines : lines.slice(0, match);
  return above
    .map((line, index) => setting(`${file}:${index + 1} ${line}`))
    .filter((line) => !/setting include/i.test(line));
}

const plain = [`Include ${include}`, 'PermitRootLogin no', 'PasswordAuthentication no', 'AllowUsers fleetclaw ubuntu'];

function look(stdout: string, select = {}, rest: Partial<Answer> = {}): Observation[] {
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
  return sshd.read(select as never, { 'sshd.effective': answer });
}

const of = (fact: string, observations: Observation[]) => observations.filter((each) => each.fact === fact);
const told = (fact: string, observations: Observation[]) =>
  of(fact, observations).map((each) => (each.state === 'value' ? each.value : each.state));

describe('sshd', () => {
  it('tells what holds, and the line that says so', () => {
    const seen = look(host({ [main]: plain }, [{}]));
    expect(of('PermitRootLogin', seen)).toEqual([
      {
        fact: 'PermitRootLogin',
        label: 'PermitRootLogin',
        probe: 'sshd.effective',
        where: `${main}:2`,
        note: `set by ${main}:2`,
        state: 'value',
        value: 'no',
      },
    ]);
    expect(told('LoginGraceTime', seen)).toEqual([30]);
    expect(of('MaxAuthTries', seen)[0]).toMatchObject({ value: 3, note: "sshd's default" });
    expect(told('AllowUsers', seen)).toEqual([['fleetclaw', 'ubuntu']]);
    expect(told('Port', seen)).toEqual([22]);
    expect(told('valid', seen)).toEqual([true]);
  });

  it('names the drop-in that wins over the main file', () => {
    const files = { [main]: plain, [dropIn]: ['PasswordAuthentication yes'] };
    const seen = look(host(files, [{ values: { passwordauthentication: 'yes' } }]));
    expect(of('PasswordAuthentication', seen)).toMatchObject([{ value: 'yes', where: `${dropIn}:1` }]);
  });

  it('says for whom a Match is', () => {
    const files = { [main]: plain, [dropIn]: ['Match Address 10.0.0.0/8', '  PermitRootLogin yes'] };
    const matched = { matched: [`${dropIn}:2 PermitRootLogin yes`], values: { permitrootlogin: 'yes' } };
    const seen = look(host(files, [{}, { spec: 'user=root,addr=10.0.0.0', ...matched }]));
    expect(of('PermitRootLogin', seen)).toMatchObject([
      { label: 'PermitRootLogin for user root from 203.0.113.1', value: 'no' },
      {
        label: 'PermitRootLogin for user root from 10.0.0.0',
        value: 'yes',
        note: `set by ${dropIn}:2 in Match Address 10.0.0.0/8`,
      },
    ]);
  });

  it('calls the main file by its name where sshd reads it a second time', () => {
    const files = { [main]: [...plain, 'Match User root', 'PermitRootLogin yes'] };
    const matched = { matched: ['reprocess config:6 PermitRootLogin yes'], values: { permitrootlogin: 'yes' } };
    const text = host(files, [matched]).replace('debug3: reprocess config:6', 'debug3: reprocess config:6');
    const seen = look(text.replace('reprocess config:6 PermitRootLogin', 'reprocess config:6 setting PermitRootLogin'));
    expect(of('PermitRootLogin', seen)[0]).toMatchObject({ value: 'yes', where: `${main}:6` });
  });

  it('does not pass over a Match that no login met', () => {
    const files = { [main]: plain, [dropIn]: ['Match Group later', ' PasswordAuthentication yes'] };
    const seen = look(host(files, [{}]));
    expect(told('PasswordAuthentication', seen)).toEqual(['no', 'unknown']);
    expect(of('PasswordAuthentication', seen)[1]).toMatchObject({ code: 'needs-person' });
    expect(told('PermitRootLogin', seen)).toEqual(['no']);
  });

  it('does not mind a Match that sets what holds anyway', () => {
    const files = { [main]: plain, [dropIn]: ['Match Group later', ' PasswordAuthentication NO'] };
    expect(told('PasswordAuthentication', look(host(files, [{}])))).toEqual(['no']);
  });

  it('wants to know what holds outside where every login met a Match', () => {
    const files = {
      [main]: [...plain.slice(0, 2), 'PasswordAuthentication yes', 'Match User *,!root', 'PasswordAuthentication no'],
    };
    const seen = look(host(files, [{ matched: [`${main}:5 PasswordAuthentication no`] }]));
    expect(told('PasswordAuthentication', seen)).toEqual(['no', 'unknown']);
  });

  it('knows that Match all leaves no outside', () => {
    const files = {
      [main]: [plain[0]!, plain[1]!, 'PasswordAuthentication yes', 'Match all', 'PasswordAuthentication no'],
    };
    const seen = look(host(files, [{ matched: [`${main}:5 PasswordAuthentication no`] }]));
    expect(told('PasswordAuthentication', seen)).toEqual(['no']);
  });

  it('distrusts its own reading where sshd sees a line that it does not', () => {
    const text = host({ [main]: plain }, [{}]).replace('line|2|PermitRootLogin no', 'line|2|¡PermitRootLogin no');
    expect(told('PermitRootLogin', look(text))).toEqual(['no', 'unknown']);
  });

  it('reads files with the line ends of another system, as sshd does', () => {
    const files = { [main]: [...plain, 'Match Group later\r', 'PasswordAuthentication yes\r'] };
    expect(of('PasswordAuthentication', look(host(files, [{}])))[1]).toMatchObject({
      message: `${main}:6 sets it to yes for Match Group later, and no login was found that meets it`,
    });
  });

  it('knows older names of keywords and of values', () => {
    const files = { [main]: ['ChallengeResponseAuthentication yes', 'PermitRootLogin without-password'] };
    const printed = { kbdinteractiveauthentication: 'yes', permitrootlogin: 'without-password' };
    const seen = look(host(files, [{ values: printed }]));
    expect(of('KbdInteractiveAuthentication', seen)).toMatchObject([{ value: 'yes', where: `${main}:1` }]);
    expect(told('PermitRootLogin', seen)).toEqual(['prohibit-password']);
  });

  it('reads users without their hosts, and every line that adds one', () => {
    const files = { [main]: plain, [dropIn]: ['AllowUsers root@10.0.0.1'] };
    const seen = look(host(files, [{ values: { allowusers: ['root@10.0.0.1', 'fleetclaw', 'ubuntu'] } }]));
    expect(of('AllowUsers', seen)).toMatchObject([
      { value: ['root', 'fleetclaw', 'ubuntu'], note: `set by ${dropIn}:1, ${main}:4` },
    ]);
  });

  it('takes no AllowUsers for a proven absence only in a whole answer', () => {
    const seen = look(host({ [main]: plain.slice(0, 3) }, [{ values: { allowusers: [] } }]));
    expect(of('AllowUsers', seen)).toMatchObject([{ state: 'absent' }]);
    const cut = look(host({ [main]: plain }, [{ values: { allowusers: [], authenticationmethods: [] } }]));
    expect(told('AllowUsers', cut)).toEqual(['unknown']);
  });

  it('sees options of the daemon', () => {
    const options = '-o PermitRootLogin=yes';
    const seen = look(host({ [main]: plain }, [{ values: { permitrootlogin: 'yes' } }], { options }));
    expect(of('PermitRootLogin', seen)).toMatchObject([
      { value: 'yes', note: 'set by the option PermitRootLogin=yes' },
    ]);
  });

  it('tells nothing for sure beside a daemon whose options are unclear', () => {
    const seen = look(host({ [main]: plain }, [{}], { head: 'unclear|process 9|/usr/sbin/sshd -o Foo bar\n' }));
    expect(told('PermitRootLogin', seen)).toEqual(['no', 'unknown']);
    expect(told('valid', seen)).toEqual([true, 'unknown']);
  });

  it('knows nothing of a configuration that sshd refuses', () => {
    const said = `${main}: line 9: Bad configuration option: Foo`;
    const text = host({ [main]: plain }, [{ code: 255, said }]).replace('test|0|', `test|255|\nsaid|${said}`);
    const seen = look(text);
    expect(of('PermitRootLogin', seen)).toMatchObject([{ state: 'unknown', message: said }]);
    expect(of('valid', seen)).toMatchObject([{ value: false, note: said }]);
    expect(told('complete', seen)).toEqual(['unknown']);
  });

  it('leaves one login unknown that sshd refuses, and keeps the others', () => {
    const seen = look(
      host({ [main]: plain }, [{}, { spec: 'user=x,addr=y', code: 255, said: 'no such routing domain' }]),
    );
    expect(told('PermitRootLogin', seen).sort()).toEqual(['no', 'unknown']);
  });

  it('does not blame the file for where sshd is asked', () => {
    const text = host({ [main]: plain }, [{}]);
    const nowhere = text.replace('test|0|', 'test|255|\nsaid|Missing privilege separation directory: /run/sshd');
    expect(told('valid', look(nowhere))).toEqual(['unknown']);
  });

  it('knows nothing of Match blocks in a file that could not be read', () => {
    const text = host({ [main]: plain, [dropIn]: [] }, [{}]).replace(
      `file|${dropIn}`,
      `file|${dropIn}\nunread|${dropIn}`,
    );
    expect(told('PermitRootLogin', look(text))).toEqual(['unknown']);
  });

  it('knows nothing without the trace that names the files', () => {
    const text = host({ [main]: plain }, [{}]).replace(/^trace\|.*\n/gm, '');
    expect(told('PermitRootLogin', look(text))).toEqual(['unknown']);
  });

  it('looks at the lines of included files one by one', () => {
    const files = { [main]: [...plain, 'X11Forwarding yes'], [dropIn]: ['PermitRootLogin yes', 'PermitRootLogin no'] };
    const seen = look(host(files, [{ values: { permitrootlogin: 'yes' } }]), { lines: 'in_drop_ins' });
    expect(of('PermitRootLogin', seen)).toMatchObject([
      { value: 'yes', where: `${dropIn}:1` },
      { value: 'no', where: `${dropIn}:2`, note: 'decides nothing today' },
    ]);
    expect(of('X11Forwarding', seen)).toMatchObject([{ state: 'skipped' }]);
    expect(told('complete', seen)).toEqual([true]);
  });

  it('looks at the lines under a Match, also of files included there, but not behind the end of its file', () => {
    const office = '/etc/ssh/office.conf';
    const files = {
      [main]: ['Match LocalPort 2222', `Include ${office}`, 'X11Forwarding yes'],
      [office]: ['PermitRootLogin yes', 'Match User x', 'MaxAuthTries 9'],
    };
    const seen = look(host(files, [{}]), { lines: 'under_match' });
    expect(of('PermitRootLogin', seen)).toMatchObject([{ value: 'yes', note: 'for Match LocalPort 2222' }]);
    expect(of('MaxAuthTries', seen)[0]).toMatchObject({
      note: expect.stringContaining('Match LocalPort 2222 and User x'),
    });
    expect(of('X11Forwarding', seen)[0]).toMatchObject({ note: expect.stringContaining('Match LocalPort 2222,') });
  });

  it('reads every outcome but a finished one as unknown', () => {
    for (const outcome of ['timed-out', 'truncated', 'lost', 'denied'] as const) {
      for (const each of look('', {}, { outcome, code: null })) expect(each.state).toBe('unknown');
    }
    for (const each of look('', {}, { code: 127, stderr: 'sshd: not found' }))
      expect(each).toMatchObject({ code: 'tool-missing' });
  });

  const sample = host({ [main]: plain, [dropIn]: ['Match User x', 'X11Forwarding yes'] }, [
    {},
    { spec: 'user=x,addr=y' },
  ]);

  it('takes no beginning of an answer for an answer', () => {
    fc.assert(fc.property(fc.nat(sample.length - 2), (length) => parse(sample.slice(0, length)) === null));
  });

  it('takes no foreign line', () => {
    const lines = sample.split('\n');
    fc.assert(
      fc.property(
        fc.nat(lines.length - 2),
        fc.string({ minLength: 1 }).filter((text) => !/[|\n]/.test(text)),
        (at, text) => {
          return parse([...lines.slice(0, at), text, ...lines.slice(at)].join('\n')) === null;
        },
      ),
    );
  });

  it('never has a value that was not printed', () => {
    const printed = new Set(['no', 'yes', 'any', '30', '3', '22', 'fleetclaw', 'ubuntu', 'true']);
    fc.assert(
      fc.property(fc.subarray(sample.split('\n')), (lines) =>
        look(lines.join('\n'))
          .flatMap((each) => (each.state === 'value' ? [each.value].flat().map(String) : []))
          .every((each) => printed.has(each)),
      ),
    );
  });
});
