import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../model/evidence.ts';
import swap from './index.ts';

const header = 'swaps\tFilename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n';
const debian = `${header}swaps\t/swapfile                               file\t\t4194300\t\t0\t\t-2
stat\t600|0|root
real\t/swapfile\x01
fstab\t2\tsw\t/swapfile\t/swapfile\x01
unit\tswap.target static -
end
`;
const none = `${header}unit\tswap.target static -\nend\n`;

function look(stdout: string, options: Record<string, unknown> = { required: '4GiB' }, rest: Partial<Answer> = {}) {
  const answer: Answer = {
    digest: '',
    outcome: 'exited',
    code: 0,
    stdout,
    stderr: '',
    truncated: false,
    ms: 9,
    ...rest,
  };
  return swap.read(options as never, { swap: answer });
}

function told(stdout: string, options?: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    look(stdout, options).map((each) => [each.fact, each.state === 'value' ? each.value : each.state]),
  );
}

describe('swap', () => {
  it('reads a 4 GiB file as Debian shows it: one page is its header', () => {
    expect(told(debian)).toEqual({
      active: true,
      total_bytes: 4294963200,
      enough: true,
      persistent: true,
      devices: [{ name: '/swapfile', type: 'file', size: 4294963200, mode: '0600', owner: 'root' }],
    });
  });

  it('reads a host without any', () => {
    expect(told(none)).toEqual({ active: false, total_bytes: 0, enough: false, persistent: false, devices: [] });
  });

  it('wants 99 % and no less', () => {
    const of = (kib: number) => told(debian.replace('4194300', String(kib))).enough;
    expect([of(4152361), of(4152360), of(2097148)]).toEqual([true, false, false]);
    expect(told(debian, {}).enough).toBe('unknown');
  });

  it('counts zram only when told to', () => {
    const zram = debian.replaceAll('/swapfile', '/dev/zram0').replace(' file\t', ' partition\t');
    expect(told(zram)).toMatchObject({ active: false, total_bytes: 0 });
    expect(told(zram, { zram: true })).toMatchObject({ active: true });
  });

  it('adds up devices, unescapes names and does not take any root for root', () => {
    const second =
      'swaps\t/var/my\\040swap                    file\t\t1024\t\t0\t\t-3\nstat\t644|1001|root\nreal\t/var/my swap\x01\n';
    const seen = told(
      debian
        .replace('stat\t', `${second.split('\n')[0]}\nstat\t`)
        .replace('fstab', `${second.split('\n').slice(1).join('\n')}fstab`),
    );
    expect(seen.total_bytes).toBe(4294963200 + 1024 * 1024);
    expect(seen.devices).toMatchObject([{}, { name: '/var/my swap', mode: '0644', owner: '1001' }]);
  });

  it('does not invent the mode of a file that is gone', () => {
    const gone = "stat\tstat: cannot statx '/swapfile': No such file or directory";
    expect(told(debian.replace('stat\t600|0|root', gone))).toMatchObject({ devices: 'unknown', active: true });
  });
});

describe('what comes back after a reboot', () => {
  const persistent = (stdout: string) => look(stdout).find((each) => each.fact === 'persistent');
  const shown = (state: string, source = '') =>
    `unit\tswapfile.swap ${state} -\nunit\tswap.target static -\nshow\tWhat=/swapfile\nshow\tReal=/swapfile\x01\nshow\tId=swapfile.swap\nshow\tSourcePath=${source}\nshow\tUnitFileState=${state}\n`;
  const withoutFstab = debian.replace(/^fstab.*\n/m, '');

  it('names the line of fstab', () => {
    expect(persistent(debian)).toMatchObject({ value: true, where: '/etc/fstab:2' });
  });

  it.each([
    ['nothing names it', withoutFstab, false],
    ['noauto', debian.replace('\tsw\t', '\tsw,noauto\t'), false],
    ['another file is named', debian.replace('\t/swapfile\t/swapfile\x01', '\t/other\t/other\x01'), false],
    ['a UUID that is this device', debian.replace('\t/swapfile\t', '\tUUID=1-2\t'), true],
    ['a UUID that leads nowhere', debian.replace('\t/swapfile\t/swapfile\x01', '\tUUID=1-2\t'), 'unknown'],
    [
      'the unit of fstab is masked',
      debian.replace('unit\tswap', 'unit\tswapfile.swap masked enabled\nunit\tswap'),
      false,
    ],
    ['all swap is masked', debian.replace('swap.target static', 'swap.target masked'), false],
    ['systemd was not asked', debian.replace(/^unit.*\n/m, ''), 'unknown'],
    ['a unit that is enabled', withoutFstab.replace(/^unit.*\n/m, shown('enabled')), true],
    ['a unit that is not', withoutFstab.replace(/^unit.*\n/m, shown('disabled')), false],
    ['a unit until the next boot only', withoutFstab.replace(/^unit.*\n/m, shown('enabled-runtime')), false],
    ['a unit of the partition table', withoutFstab.replace(/^unit.*\n/m, shown('generated')), true],
    [
      'a unit left of a line that fstab no longer has',
      withoutFstab.replace(/^unit.*\n/m, shown('generated', '/etc/fstab')),
      false,
    ],
    [
      'a unit file that stands above the line of fstab and names another file',
      debian.replace(/^unit.*\n/m, shown('disabled').replaceAll('/swapfile', '/nowhere')),
      false,
    ],
    [
      'a second line for it, where the first does not start it',
      debian.replace('fstab\t2\tsw', 'fstab\t1\tnoauto\t/swapfile\t/swapfile\x01\nfstab\t2\tsw'),
      false,
    ],
    ['none in use, one in fstab', debian.replace(/^swaps\t\/.*\nstat.*\nreal.*\n/m, ''), true],
  ])('%s', (_, stdout, expected) => {
    const seen = persistent(stdout);
    expect(seen?.state === 'value' ? seen.value : seen?.state).toBe(expected);
  });

  it('knows the unit of a UUID', () => {
    const uuid = debian.replace('\t/swapfile\t', '\tUUID=0a-1b\t');
    const masked = 'unit\tdev-disk-by\\x2duuid-0a\\x2d1b.swap masked enabled\nunit\tswap.';
    expect(persistent(uuid.replace('unit\tswap.', masked))).toMatchObject({ value: false });
  });
});

describe('an answer that is no answer', () => {
  it('never gives a value when it is cut', () => {
    fc.assert(
      fc.property(fc.nat(debian.length - 1), (length) =>
        look(debian.slice(0, length)).every(({ state }) => state === 'unknown'),
      ),
    );
  });

  it.each([
    ['a line is missing', debian.replace(/^stat.*\n/m, '')],
    ['no header', debian.replace(header, '')],
    ['an odd size', debian.replace('4194300', '4194300k')],
    ['an unknown type', debian.replace(' file\t', ' floppy\t')],
    ['another line', `what\n${debian}`],
  ])('%s', (_, stdout) => expect(look(stdout).every(({ state }) => state === 'unknown')).toBe(true));

  it('still speaks of every fact', () => {
    const seen = look('', {}, { outcome: 'timed-out', code: null });
    expect(seen.map(({ fact }) => fact)).toEqual(Object.keys(swap.facts));
  });
});
