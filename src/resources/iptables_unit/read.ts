import type { Observation } from '../../model/observation.ts';
import { unknownFacts } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { absent, observe, one, said, unknown, value, type Told } from '../said.ts';
import { restoreUnitProbe } from './probe.ts';

const facts = ['enabled', 'succeeded', 'files', 'keeps_others', 'as_on_disk', 'before_docker'];

interface Command {
  argv: string[];
  ignoresFailure: boolean;
}

/** What `systemctl show` says of the unit, and of the commands in it. */
export function readRestoreUnit(name: string, answers: Answers): Observation[] {
  const probe = restoreUnitProbe(name).name;
  const label = (fact: string) => (fact === 'files' ? `what ${name} loads` : name);
  const all = (told: Told) => observe(probe, label, Object.fromEntries(facts.map((fact) => [fact, told])));
  const answer = said(answers, probe, ['code', 'unit']);
  if (!answer.ok) return unknownFacts(facts, label, probe, answer);
  if (one(answer.said.code) !== '0') return all(unknown(`systemctl: ${answer.said.unit[0] ?? 'said nothing'}`));
  const property = propertiesOf(answer.said.unit);
  if (property('LoadState') === 'not-found') return all(absent(`there is no ${name}`));
  if (property('LoadState') !== 'loaded') return all(absent(`${name} is ${property('LoadState')}`));
  const commands = answer.said.unit.filter((line) => line.startsWith('ExecStart={')).map(readCommand);
  if (commands.length === 0 || commands.some((each) => each === null))
    return all(unknown(`ExecStart of ${name} is not understood`));
  return observe(probe, label, { ...stateOf(property), ...loadsOf(commands as Command[], property) });
}

function stateOf(property: (name: string) => string): Record<string, Told> {
  const state = property('UnitFileState');
  return {
    enabled: value(state === 'enabled', state),
    as_on_disk: value(property('NeedDaemonReload') === 'no'),
    before_docker: value(property('Before').split(' ').includes('docker.service'), 'Before= of the unit'),
  };
}

function loadsOf(commands: Command[], property: (name: string) => string): Record<string, Told> {
  const other = commands.find(({ argv }) => !/(^|\/)ip6?tables(-nft|-legacy)?-restore$/.test(argv[0] ?? ''));
  const well = property('ActiveState') === 'active' && property('Result') === 'success';
  const deaf = commands.find((each) => each.ignoresFailure);
  const succeeded = deaf
    ? value(false, `it ignores whether ${deaf.argv[0]} fails`)
    : value(well, `${property('ActiveState')}, ${property('Result')}`);
  if (other) {
    const person = unknown(`it runs ${other.argv.join(' ')}, of which it is not known what it does`, 'needs-person');
    return { succeeded, files: person, keeps_others: person };
  }
  const flushing = commands.find(({ argv }) => !argv.some((word) => word === '--noflush' || /^-[a-zA-Z]*n/.test(word)));
  return {
    succeeded,
    files: value(commands.map(({ argv }) => argv.slice(1).find((word) => word.startsWith('/')) ?? argv.join(' '))),
    keeps_others: value(flushing === undefined, flushing?.argv.join(' ')),
  };
}

/** `ExecStart={ path=/sbin/iptables-restore ; argv[]=/sbin/iptables-restore -n FILE ; ignore_errors=no ; … }` */
function readCommand(line: string): Command | null {
  const [, argv, ignores] = /^ExecStart=\{ path=[^;]* ; argv\[\]=(.*?) ; ignore_errors=(yes|no) ; /.exec(line) ?? [];
  return argv ? { argv: argv.split(' '), ignoresFailure: ignores === 'yes' } : null;
}

function propertiesOf(lines: string[]): (name: string) => string {
  const known = new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  return (name) => known.get(name) ?? '';
}
