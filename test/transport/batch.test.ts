import { describe, test } from 'vitest';
import { ask, modes, probe, shells } from './shells.ts';

// One batch per shell and mode with every nasty command in it: none may spoil another's answer.
const nasty = [
  probe('plain', 'echo out; echo err >&2; exit 3'),
  probe('silent', ':'),
  probe('no-newline', 'printf "no newline"'),
  probe('newlines', 'printf "a\\n\\n\\n"'),
  probe('nul', "printf 'a\\0b\\0'"),
  probe('binary', 'i=0; while [ $i -lt 256 ]; do printf "\\\\$(printf %o $i)"; i=$((i+1)); done'),
  probe('random', 'head -c 300000 /dev/urandom >&2; head -c 300000 /dev/zero'),
  probe(
    'look-alike',
    'printf "\\nFA1 %s end\\n=\\n12 1.o\\nFA1 %s x 1 0\\n" 000000000000000000000000 ffffffffffffffffffffffff',
  ),
  probe('stdin-reader', 'cat; read x; echo "[$x]"'),
  probe('missing', 'no-such-command-here'),
  probe('not-executable', '/etc/passwd'),
  probe('syntax', 'if then ('),
  probe('unbalanced', 'echo "'),
  probe('set-e', 'set -eu; false; echo not reached'),
  probe('tampers', 'PATH=/nowhere; N=1; D=/nowhere; T=1; Z=; W=; cd /; exit 0'),
  probe('suicide', "sh -c 'kill -SEGV $$'"),
  probe('background', 'sleep 3 & echo started'),
  probe('quotes', `echo 'it'"'"'s $HOME' "\\\\" '!'`),
  probe('locale', 'ls /no-such-file; echo "$LC_ALL $TZ"'),
  probe('environment', 'env | grep -c "^APT_CONFIG="'),
  probe('pipe', 'yes | head -n 1'),
  probe('hang', 'echo before; sleep 100', { timeoutSeconds: 1 }),
  probe('hang-ignoring', 'trap "" TERM; echo before; sleep 100; sleep 100', { timeoutSeconds: 1 }),
  probe('hang-nested', 'echo before; ( sh -c "sleep 100; true" | cat ) | cat', { timeoutSeconds: 1 }),
  probe('hang-forking', 'echo before; trap "" TERM; while :; do sleep 100; done', { timeoutSeconds: 1 }),
  probe('hang-child-ignoring', 'echo before; sh -c \'trap "" TERM; sleep 100; true\' | cat', { timeoutSeconds: 1 }),
];
// As pam_env would hand it over, with a value that looks like the name of another.
process.env['APT_CONFIG'] = '/nowhere\nexport PATH=/nowhere';
const infinite = probe('infinite', 'cat /dev/zero', { maxBytes: 100_000, timeoutSeconds: 3 });

describe.each(shells)('$name', ({ argv, present }) => {
  describe.each(modes)('%s', (mode) => {
    test
      .skipIf(!present)
      .concurrent('every command gets its own, whole answer', { timeout: 60_000 }, async ({ expect }) => {
        const probes = mode === 'stream' ? nasty : [...nasty, infinite];
        const { frame, uid, hostClock, answers } = await ask(argv, mode, probes);
        const outcome = (name: string) => `${answers[name]!.outcome} ${answers[name]!.code}`;

        expect(frame).toBe('whole');
        expect(uid).toBe(process.getuid!());
        expect(Math.abs(Date.parse(hostClock!) - Date.now())).toBeLessThan(60_000);
        expect(answers.plain).toMatchObject({
          outcome: 'exited',
          code: 3,
          stdout: 'out\n',
          stderr: 'err\n',
          digest: 'digest of plain',
        });
        expect(answers.silent).toMatchObject({ outcome: 'exited', code: 0, stdout: '', stderr: '' });
        expect(answers.environment!.stdout).toBe('0\n');
        expect(answers['no-newline']!.stdout).toBe('no newline');
        expect(answers.newlines!.stdout).toBe('a\n\n\n');
        expect(answers.nul!.stdout).toBe('a\0b\0');
        expect(answers.binary!.stdout).toContain('\u0001\u0002');
        expect(answers.random!.stdout).toBe('\0'.repeat(300_000));
        expect(answers.random!.stderr.length).toBeGreaterThan(100_000);
        expect(answers['look-alike']!.stdout).toContain('FA1 ffffffffffffffffffffffff x 1 0');
        expect(answers['stdin-reader']).toMatchObject({ outcome: 'exited', stdout: '[]\n' });
        expect(outcome('missing')).toBe('exited 127');
        expect(outcome('not-executable')).toBe('exited 126');
        expect(answers.syntax!.code).toBeGreaterThan(0);
        expect(answers.unbalanced!.code).toBeGreaterThan(0);
        expect(answers['set-e']).toMatchObject({ outcome: 'exited', code: 1, stdout: '' });
        expect(outcome('tampers')).toBe('exited 0');
        expect(outcome('suicide')).toBe('exited 139');
        expect(answers.background!.stdout).toBe('started\n');
        expect(answers.quotes!.stdout).toBe("it's $HOME \\ !\n");
        expect(answers.locale!.stdout).toBe('C UTC\n');
        expect(answers.locale!.stderr).toContain('No such file');
        expect(answers.pipe).toMatchObject({ outcome: 'exited', code: 0, stdout: 'y\n' });
        for (const name of ['hang', 'hang-ignoring', 'hang-nested', 'hang-forking', 'hang-child-ignoring']) {
          expect(answers[name]).toMatchObject({ outcome: 'timed-out', code: null, stdout: 'before\n' });
        }
        if (mode !== 'stream')
          expect(answers.infinite).toMatchObject({ outcome: 'truncated', code: null, truncated: true });
      });
  });
});
