import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectNothingFromPieces, look, told } from '../../../test/support/look.ts';
import { optionNames, withoutSecrets } from './entry.ts';
import resource from './index.ts';

const options = { user: 'fleetclaw' };
const print = 'LQ622A16rZ1rGL3GhjGQTzzi39fOv2cVWWGXAghNK2A';
const file = '/home/fleetclaw/.ssh/authorized_keys';
const good = `now|20261123020625
code|0
account|1001|1001|/home/fleetclaw
who||process 76
conf|authorizedkeyscommand none
conf|authorizedkeysfile .ssh/authorized_keys .ssh/authorized_keys2
conf|trustedusercakeys none
path|${file}
stat|1|600|1001|1001|regular file|fleetclaw|fleetclaw
dir|1|700|1001|/home/fleetclaw/.ssh
dir|1|750|1001|/home/fleetclaw
entry|1|1|
key|1|1|256 SHA256:${print} operator@desk (ED25519)
read|1
path|${file}2
stat|2|stat: cannot statx '${file}2': No such file or directory
end
`;
const see = (text: string, more = {}) => told(look(resource, { ...options, ...more }, text));
const change = (from: string | RegExp, to: string, more = {}) => see(good.replace(from, to), more);

describe('authorized_keys', () => {
  it('reads one good key', () => {
    expect(see(good)).toEqual({
      files: [{ name: file, type: 'file', mode: '0600', owner: 'fleetclaw', group: 'fleetclaw', link: false }],
      strict: true,
      keys: [
        {
          name: `ED25519 key SHA256:${print} (operator@desk) in ${file}:1`,
          fingerprint: `SHA256:${print}`,
          type: 'ED25519',
          bits: 256,
          options: [],
          weak: false,
          authority: false,
        },
      ],
      ways_in: 1,
      garbage: 0,
      as_expected: 'skipped',
      elsewhere: false,
    });
  });

  it('tells nothing from pieces', () =>
    expectNothingFromPieces(resource, { ...options, expected: ['SHA256:x'] }, good));

  it.each([
    ['256 SHA256', '2048 SHA256', '(RSA)', true],
    ['256 SHA256', '3072 SHA256', '(RSA)', false],
    ['256 SHA256', '1024 SHA256', '(DSA)', true],
    ['256 SHA256', '256 SHA256', '(ECDSA-SK)', false],
  ])('%s becomes %s %s', (from, to, type, weak) => {
    const seen = see(good.replace(from, to).replace('(ED25519)', type));
    expect(seen.keys).toMatchObject([{ weak }]);
  });

  it.each([
    ['a bound command', 'entry|1|1|command,no-pty', 0, 0],
    ['an authority', 'entry|1|1|cert-authority', 0, 0],
    ['an expiry that is past', 'entry|1|1|expiry-time=20200101', 0, 0],
    ['an expiry to come', 'entry|1|1|expiry-time=203001010000Z', 1, 0],
    ['an option that sshd does not know', 'entry|1|1|comand', 0, 1],
    ['a quote that is not closed', 'entry|1|1|unclosed-quote', 0, 1],
    ['restrictions that leave a shell', 'entry|1|1|from,restrict,pty', 1, 0],
  ])('%s', (_name, entry, ways_in, garbage) => {
    expect(change('entry|1|1|', entry)).toMatchObject({ ways_in, garbage });
  });

  it('counts a line that ssh-keygen does not understand, and says where it stands', () => {
    const seen = look(
      resource,
      options,
      good.replace(`entry|1|1|\n`, 'entry|1|1|\nkey|1|1|\nentry|1|2|\n').replace('key|1|1|256', 'key|1|2|256'),
    );
    expect(seen.find((each) => each.fact === 'garbage')).toMatchObject({ value: 1, note: `${file}:1` });
    expect(told(seen).ways_in).toBe(1);
  });

  it.each([
    ['the file', 'stat|1|600|', 'stat|1|660|'],
    ["someone else's file", 'stat|1|600|1001|1001|', 'stat|1|600|1002|1001|'],
    ['a directory', 'dir|1|700|', 'dir|1|770|'],
    ['the home', 'dir|1|750|1001|', 'dir|1|750|1002|'],
  ])('gives no shell when StrictModes refuses %s', (_name, from, to) => {
    expect(change(from, to)).toMatchObject({ strict: false, ways_in: 0 });
  });

  it("takes root's file for safe, but for none that the account can read", () => {
    expect(change('stat|1|600|1001|1001|regular file|fleetclaw', 'stat|1|600|0|0|regular file|root')).toMatchObject({
      strict: true,
      ways_in: 0,
    });
    expect(change('stat|1|600|1001|1001|regular file|fleetclaw', 'stat|1|644|0|0|regular file|root')).toMatchObject({
      strict: true,
      ways_in: 1,
    });
  });

  it('notices keys that come from elsewhere', () => {
    expect(change('authorizedkeyscommand none', 'authorizedkeyscommand /usr/bin/keys').elsewhere).toBe(true);
    expect(change('trustedusercakeys none', 'trustedusercakeys none\nconf|trustedusercakeys /etc/ca').elsewhere).toBe(
      true,
    );
    expect(change('entry|1|1|', 'entry|1|1|cert-authority').elsewhere).toBe(true);
    expect(change('conf|trustedusercakeys none\n', '').elsewhere).toBe('unknown');
  });

  it('compares with the expected keys, one finding each', () => {
    const seen = look(resource, { ...options, expected: ['SHA256:gone', 'SHA256:lost'] }, good);
    const compared = seen.filter((each) => each.fact === 'as_expected');
    expect(compared.map((each) => each.state === 'value' && each.value)).toEqual([false, false, false]);
    expect(change('x', 'x', { expected: [`SHA256:${print}`] }).as_expected).toBe(true);
  });

  it('knows that there is no file, no account, and a link to nothing', () => {
    const none = good.replace(/stat\|1[^]*read\|1/, `stat|1|stat: cannot statx '${file}': No such file or directory`);
    expect(see(none)).toMatchObject({ files: [], keys: [], ways_in: 0, strict: 'absent' });
    expect(see(none.replace('stat|1|', 'link|1|/gone\nstat|1|')).files).toEqual([
      { name: file, type: 'broken link', link: true },
    ]);
    expect(see('now|1\ncode|2\naccount|||\nend\n')).toMatchObject({
      keys: 'absent',
      ways_in: 'absent',
      elsewhere: 'absent',
    });
  });

  it.each([
    ['sshd refuses its configuration', 'conf|trusted', 'failed|line 3: Bad configuration option\nconf|trusted'],
    ['options of a daemon are unclear', 'who|', 'unclear|process 7|sshd -f "a b"\nwho|'],
    ['a token is not known', 'path|', 'odd|/etc/%x\npath|'],
    ['sshd does not name the files', 'conf|authorizedkeysfile .ssh/authorized_keys .ssh/authorized_keys2\n', ''],
    ['a file may not be looked at', /stat\|2.*/, 'stat|2|stat: cannot statx: Permission denied'],
    ['a file was not read to its end', 'read|1', 'read|2'],
    ['a directory could not be looked at', 'dir|1|750|1001|/home/fleetclaw', 'dir|1|lost'],
    ['a line has no answer', /key\|1\|1.*\n/, ''],
  ])('tells no keys when %s', (_name, from, to) => {
    expect(change(from, to)).toMatchObject({
      keys: 'unknown',
      ways_in: 'unknown',
      files: 'unknown',
      garbage: 'unknown',
    });
  });
});

describe('what is kept of a line', () => {
  it.each([
    ['ssh-ed25519 AAAA me', []],
    ['  ecdsa-sha2-nistp256 AAAA', []],
    ['sk-ssh-ed25519@openssh.com AAAA', []],
    ['command="say \\"a, b\\" #1",NO-PTY ssh-rsa AAAA', ['command', 'no-pty']],
    ['environment="TOKEN=s3cret",from="10.0.0.0/8,!10.1.1.1" ssh-rsa AAAA', ['environment', 'from']],
    ['expiry-time="20300101Z" ssh-rsa AAAA', ['expiry-time=20300101Z']],
    ['expiry-time="soon" ssh-rsa AAAA', ['bad-expiry-time']],
    ['command="open ssh-rsa AAAA', null],
    ['s3cret/word ssh-rsa AAAA', ['not-an-option']],
  ])('%s', (line, names) => {
    expect(optionNames(line)).toEqual(names);
  });

  it('never keeps what stands in a value', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z ,=\\"]*$/), (noise) => {
        const kept = withoutSecrets(`line|1|1|environment="X=S3CRET${noise}" ssh-rsa AAAA\nend\n`);
        expect(kept).not.toContain('S3CRET');
        expect(kept).toMatch(/^entry\|1\|1\|/);
      }),
    );
  });
});
