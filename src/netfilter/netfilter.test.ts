import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hole, parseRule, parseSave, walk, withUntracked, type Packet, type Table } from './index.ts';

const filter = (...lines: string[]): Table => {
  const saved = parseSave(['*filter', ...lines, 'COMMIT', ''].join('\n'));
  if (!saved.ok) throw new Error(saved.message);
  return saved.tables.get('filter')!;
};
const dockerUser = (...rules: string[]) =>
  filter(':DOCKER-USER - [0:0]', ...rules.map((rule) => `-A DOCKER-USER ${rule}`));
const outside: Packet = { in: 'ens3' };
const verdicts = (table: Table, packet: Packet = outside, chain = 'DOCKER-USER') =>
  walk(table, chain, packet).map((exit) => exit.verdict);

const established = '-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT';
const local = ['-i lo -j RETURN', '-i br-+ -j RETURN', '-i docker0 -j RETURN'];
const drop = '-i ens3 -j DROP';

describe('what stops a new connection from outside', () => {
  test.each([
    ['the rules of the guide', [established, ...local, drop]],
    ['with a return that Docker adds at the end', [established, ...local, drop, '-j RETURN']],
    ['a rejection', ['-i ens3 -j REJECT --reject-with icmp-port-unreachable']],
    ['only what is new', ['-i ens3 -m conntrack --ctstate NEW -j DROP']],
    ['a pattern for the interface', ['-i ens+ -j DROP']],
    ['everything but loopback', ['! -i lo -j DROP']],
    ['a rule for each protocol and one for the rest', ['-i ens3 -p tcp -j DROP', '-i ens3 -j DROP']],
  ])('%s', (_, rules) => expect(hole(walk(dockerUser(...rules), 'DOCKER-USER', outside))).toBeNull());
});

describe('what lets it through, and which rule is named', () => {
  test.each([
    ['an empty chain', [], null],
    ['an earlier return', ['-j RETURN', drop], '-A DOCKER-USER -j RETURN'],
    ['only TCP', ['-i ens3 -p tcp -j DROP'], null],
    ['all but one source', ['! -s 1.2.3.4/32 -i ens3 -j DROP'], null],
    ['another interface', ['-i eth0 -j DROP'], null],
    ['the wrong direction', ['-o ens3 -j DROP'], null],
    [
      'a comment that says DROP',
      ['-i ens3 -m comment --comment "x y -j DROP" -j RETURN', drop],
      '-A DOCKER-USER -i ens3 -m comment --comment "x y -j DROP" -j RETURN',
    ],
    [
      'a comment that looks like an option',
      ['-i ens3 -m comment --comment -j -j RETURN', drop],
      '-A DOCKER-USER -i ens3 -m comment --comment -j -j RETURN',
    ],
    [
      'a set that may match',
      ['-m set --match-set office src -j ACCEPT', drop],
      '-A DOCKER-USER -m set --match-set office src -j ACCEPT',
    ],
    [
      'a rate',
      ['-i ens3 -m limit --limit 1/sec -j ACCEPT', drop],
      '-A DOCKER-USER -i ens3 -m limit --limit 1/sec -j ACCEPT',
    ],
    ['a module that tests without options', ['-m socket -j DROP'], null],
    ['a target that is not known', ['-i ens3 -j XYZ', drop], '-A DOCKER-USER -i ens3 -j XYZ'],
    ['states that a new connection has not', ['-i ens3 -m conntrack --ctstate INVALID -j DROP'], null],
  ])('%s', (_, rules, named) => {
    const found = hole(walk(dockerUser(...rules), 'DOCKER-USER', outside));
    expect(found).not.toBeNull();
    expect(found!.rule?.text ?? null).toBe(named);
  });
});

describe('what the table raw exempts from tracking begins a connection as UNTRACKED', () => {
  test.each([
    '-m conntrack --ctstate UNTRACKED',
    '-m state --state UNTRACKED',
    '-m conntrack ! --ctstate NEW,INVALID',
    '-m conntrack ! --ctstate NEW',
  ])('%s may take it', (condition) =>
    expect(verdicts(dockerUser(`${condition} -j ACCEPT`, drop))).toEqual(['ACCEPT', 'DROP']),
  );

  test.each(['-m conntrack --ctstate INVALID', '-m state --state RELATED,ESTABLISHED'])('%s does not', (condition) =>
    expect(verdicts(dockerUser(`${condition} -j ACCEPT`, drop))).toEqual(['DROP']),
  );

  test('one that belongs to a known connection does not', () =>
    expect(
      verdicts(dockerUser('-m conntrack --ctstate UNTRACKED -j ACCEPT', drop), { ...outside, state: 'ESTABLISHED' }),
    ).toEqual(['DROP']));
});

describe('a table raw that exempts packets from tracking', () => {
  const raw = (rule: string) => {
    const saved = parseSave(`*raw\n:PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n${rule}\nCOMMIT\n`);
    return saved.ok ? [...saved.tables.values()] : [];
  };
  const exempt = '-A PREROUTING -p udp -j CT --notrack';
  const under = (rule: string, ...rules: string[]) => verdicts(withUntracked(dockerUser(...rules), raw(rule)));

  test.each(['--ctstate NEW', '--ctstate NEW,INVALID', '! --ctstate UNTRACKED', '! --ctstate ESTABLISHED,UNTRACKED'])(
    'lets some past a drop of %s',
    (condition) => expect(under(exempt, `-m conntrack ${condition} -j DROP`)).toEqual(['DROP', 'RETURN']),
  );
  test.each(['--ctstate NEW,UNTRACKED', '! --ctstate ESTABLISHED'])('lets none past a drop of %s', (condition) =>
    expect(under(exempt, `-m conntrack ${condition} -j DROP`)).toEqual(['DROP']),
  );
  test('changes nothing for the rules of the guide', () =>
    expect(under(exempt, established, ...local, drop)).toEqual(['DROP']));
  test.each(['-A PREROUTING -i lo -j CT --notrack', '-A OUTPUT -p udp -j NOTRACK', '-A PREROUTING -j CT --zone 1'])(
    'does not by %s',
    (rule) => expect(under(rule, '-m conntrack --ctstate NEW -j DROP')).toEqual(['DROP']),
  );
});

describe('jumps', () => {
  const chains = [':INPUT DROP [0:0]', ':a - [0:0]', ':b - [0:0]'];
  const input = (...rules: string[]) =>
    verdicts(filter(...chains, ...rules), { in: 'ens3', proto: 'tcp', dport: 22 }, 'INPUT');

  test('come back at the end of the chain', () => {
    expect(input('-A INPUT -j a', '-A INPUT -j ACCEPT', '-A a -p udp -j DROP')).toEqual(['ACCEPT']);
  });
  test('do not come back after a final verdict', () => {
    expect(input('-A INPUT -j a', '-A INPUT -j ACCEPT', '-A a -j DROP')).toEqual(['DROP']);
  });
  test('by goto skip the rest of the caller', () => {
    expect(input('-A INPUT -j a', '-A INPUT -j REJECT', '-A a -g b', '-A a -j ACCEPT', '-A b -p udp -j DROP')).toEqual([
      'REJECT',
    ]);
    expect(input('-A INPUT -g a', '-A INPUT -j ACCEPT')).toEqual(['DROP']);
  });
  test('in a circle, or to a chain that is not there, are not understood', () => {
    expect(input('-A INPUT -j a', '-A a -j b', '-A b -j a')).toContain('UNKNOWN');
    expect(input('-A INPUT -j nowhere')).toEqual(['UNKNOWN', 'DROP']);
  });
  test('of a ladder of chains take no time', () => {
    const ladder = Array.from({ length: 60 }, (_, i) => [`:c${i} - [0:0]`]).flat();
    const steps = Array.from({ length: 59 }, (_, i) => [
      `-A c${i} -m set --match-set x src -j c${i + 1}`,
      `-A c${i} -j c${i + 1}`,
    ]).flat();
    expect(
      walk(filter(':INPUT DROP [0:0]', ...ladder, '-A INPUT -j c0', ...steps), 'INPUT', outside).at(-1)!.verdict,
    ).toBe('DROP');
  });
});

describe('ports', () => {
  const takes = (match: string, dport: number) =>
    verdicts(
      filter(':INPUT DROP [0:0]', `-A INPUT ${match} -j ACCEPT`),
      { in: 'ens3', proto: 'tcp', dport },
      'INPUT',
    )[0] === 'ACCEPT';
  test.each([
    ['-p tcp -m tcp --dport 22', 22, 23],
    ['-p tcp -m multiport --dports 80,443', 443, 444],
    ['-p tcp -m multiport --dports 8000:8100', 8050, 8101],
    ['-p tcp -m tcp --dport 1024:65535', 1024, 1023],
    ['-p tcp -m tcp ! --dport 22', 23, 22],
    ['-p 6 -m tcp --dport 22', 22, 23],
    ['-p tcp -m tcp --dport 0:21', 0, 22],
  ])('%s', (match, inside, beyond) => {
    expect([takes(match, inside), takes(match, beyond)]).toEqual([true, false]);
  });
  test('of another protocol do not count', () => expect(takes('-p udp -m udp --dport 22', 22)).toBe(false));
});

test('a reply is told from a new connection', () => {
  const table = dockerUser(established, drop);
  expect(verdicts(table, { in: 'ens3', state: 'ESTABLISHED' })).toEqual(['ACCEPT']);
  expect(verdicts(table, { in: 'ens3' })).toEqual(['DROP']);
});

describe('addresses', () => {
  const to = (dst: string, rule: string) =>
    verdicts(filter(':FORWARD DROP [0:0]', `-A FORWARD ${rule} -j ACCEPT`), { in: 'ens3', dst }, 'FORWARD')[0];
  test('are compared as networks', () => {
    expect(to('172.18.0.4', '-d 172.18.0.0/16')).toBe('ACCEPT');
    expect(to('172.19.0.4', '-d 172.18.0.0/16')).toBe('DROP');
    expect(to('2001:db8::5', '-d 2001:db8::/32')).toBe('ACCEPT');
    expect(to('2001:db8::5', '-d 172.18.0.4/32')).toBe('DROP');
    expect(to('172.18.0.4', '! -d 172.18.0.4/32')).toBe('DROP');
  });
});

describe('what cannot be read is not read', () => {
  test.each([
    ['cut off before COMMIT', '*filter\n:INPUT DROP [0:0]\n', /no COMMIT/],
    [
      'cut off in a quoted comment',
      '*filter\n:INPUT DROP [0:0]\n-A INPUT -m comment --comment "x\nCOMMIT\n',
      /not understood/,
    ],
    ['an error in between', '*filter\n:INPUT DROP [0:0]\niptables: no\nCOMMIT\n', /not understood.*iptables: no/],
    ['a rule of no chain', '*filter\n:INPUT DROP [0:0]\n-A OTHER -j DROP\nCOMMIT\n', /not declared/],
    ['a table twice', '*filter\nCOMMIT\n*filter\nCOMMIT\n', /begins where none can/],
    ['an insertion', '*filter\n:INPUT DROP [0:0]\n-I INPUT -j ACCEPT\nCOMMIT\n', /not understood/],
    ['a target without a name', '*filter\n:INPUT DROP [0:0]\n-A INPUT -j\nCOMMIT\n', /not understood/],
  ])('%s', (_, text, message) => {
    expect(parseSave(text)).toMatchObject({ ok: false, message: expect.stringMatching(message) });
  });
  test('a target that is written out, or cut short, is not taken for a condition', () => {
    expect(parseRule('-A INPUT --in-interface lo --jump ACCEPT', 1)).toMatchObject({
      target: 'ACCEPT',
      tests: [{ option: '-i' }],
    });
    expect(parseRule('-A INPUT -i lo --jum ACCEPT', 1)).toBeNull();
  });
  test.each([
    ['carriage returns', '*filter\r\n:INPUT DROP [0:0]\r\nCOMMIT\r\n'],
    ['an indented COMMIT', '*filter\n:INPUT DROP [0:0]\n  COMMIT\n'],
  ])('%s', (_, text) => expect(parseSave(text).ok).toBe(false));
  test('conditions behind the target count; a second target and stray words are refused', () => {
    expect(verdicts(dockerUser('-j DROP -i eth9'))).toEqual(['RETURN']);
    expect(verdicts(dockerUser('-j REJECT --reject-with icmp-port-unreachable -s 1.2.3.4'))).toEqual([
      'REJECT',
      'RETURN',
    ]);
    expect(parseRule('-A INPUT -j DROP -j RETURN', 1)).toBeNull();
    expect(parseRule('-A INPUT -j DROP stray', 1)).toBeNull();
    expect(parseRule('-A INPUT -j DROP --dport 5', 1)).toBeNull();
  });
  test('states in small letters count, and abbreviated ones may', () => {
    expect(verdicts(dockerUser('-m conntrack --ctstate new -j RETURN', drop))).toEqual(['RETURN']);
    expect(verdicts(dockerUser('-m conntrack --ctstate NE -j RETURN', drop))).toContain('RETURN');
  });
  test('nothing is no table', () => expect(parseSave('')).toEqual({ ok: true, tables: new Map() }));
  test('counters may stand in front', () =>
    expect(parseRule('[3:180] -A INPUT -i lo -j ACCEPT', 1)!.target).toBe('ACCEPT'));
});

/** A model with nothing left open: one packet, rules that match it or not. */
const rule = fc.record({
  chain: fc.constantFrom('INPUT', 'a', 'b'),
  on: fc.boolean(),
  target: fc.constantFrom('ACCEPT', 'DROP', 'RETURN', 'LOG', 'a', 'b'),
  goto: fc.boolean(),
});
type ModelRule = { chain: string; on: boolean; target: string; goto: boolean };
const order = ['INPUT', 'a', 'b'];

test('a packet of which everything is known goes as it would in the kernel', () => {
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 12 }), (all) => {
      const rules = all.filter(
        (each) => !order.includes(each.target) || order.indexOf(each.target) > order.indexOf(each.chain),
      );
      const text = rules.map(
        (each) =>
          `-A ${each.chain} -i ${each.on ? 'ens3' : 'lo'} -${each.goto && order.includes(each.target) ? 'g' : 'j'} ${each.target}`,
      );
      const table = filter(':INPUT REJECT [0:0]', ':a - [0:0]', ':b - [0:0]', ...text);
      expect(verdicts(table, outside, 'INPUT')).toEqual([kernel(rules, 'INPUT') ?? 'REJECT']);
    }),
  );
});

test('a condition that is not understood never hides a way through', () => {
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 12 }), fc.nat(11), (all, odd) => {
      const rules = all.filter((each) => !order.includes(each.target) && each.chain === 'INPUT');
      const text = rules.map(
        (each, index) =>
          `-A INPUT -i ${each.on ? 'ens3' : 'lo'}${index === odd ? ' -m u32 --u32 0' : ''} -j ${each.target}`,
      );
      const found = verdicts(filter(':INPUT DROP [0:0]', ...text), outside, 'INPUT');
      for (const matched of [true, false]) {
        const certain = rules.map((each, index) => (index === odd ? { ...each, on: each.on && matched } : each));
        expect(found).toContain(kernel(certain, 'INPUT') ?? 'DROP');
      }
    }),
  );
});

function kernel(rules: ModelRule[], chain: string): string | null {
  for (const each of rules.filter((one) => one.chain === chain && one.on)) {
    if (each.target === 'LOG') continue;
    if (each.target === 'RETURN') return null;
    if (!order.includes(each.target)) return each.target;
    const inner = kernel(rules, each.target);
    if (inner || each.goto) return inner;
  }
  return null;
}

test('options that people write long are known by their short names', () => {
  const parsed = parseRule('-A X --protocol tcp --source-port 53 ! --destination-ports 80,443 --jump DROP', 1);
  expect(parsed?.target).toBe('DROP');
  expect(parsed?.tests.map(({ option }) => option)).toEqual(['-p', '--sport', '--dports']);
});
