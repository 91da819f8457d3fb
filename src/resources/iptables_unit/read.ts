import type { Observation } from '../../model/observation.ts';
import { unknownFacts } from '../answer.ts';
import { parseRestore } from '../iptables/restore.ts';
import type { Answers } from '../resource.ts';
import { absent, observe, one, said, unknown, value, type Told } from '../said.ts';
import { otherFiles, otherNetwork } from '../systemd.ts';
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
  const answer = said(answers, probe, ['code', 'unit', 'pulled', 'condition']);
  if (!answer.ok) return unknownFacts(facts, label, probe, answer);
  if (one(answer.said.code) !== '0') return all(unknown(`systemctl: ${answer.said.unit[0] ?? 'said nothing'}`));
  const property = propertiesOf(answer.said.unit);
  if (property('LoadState') === 'not-found') return all(absent(`there is no ${name}`));
  if (property('LoadState') !== 'loaded') return all(absent(`${name} is ${property('LoadState')}`));
  const commands = answer.said.unit.filter((line) => line.startsWith('Exec')).map(readCommand);
  if (commands.length === 0 || commands.some((each) => each === null))
    return all(unknown(`ExecStart of ${name} is not understood`));
  const { pulled, condition } = answer.said;
  return observe(probe, label, {
    ...stateOf(property),
    enabled: enabledOf(property, pulled.includes(name), condition),
    ...loadsOf(commands as Command[], property),
  });
}

/** Being enabled is not enough: a target that no boot reaches may want it, and a condition may keep it from starting next time. */
function enabledOf(property: (name: string) => string, pulled: boolean, conditions: string[]): Told {
  const state = property('UnitFileState');
  if (state === 'enabled' && !pulled) return value(false, 'enabled, but default.target does not want it');
  if (state === 'enabled' && conditions.length > 0)
    return unknown(`its start depends on ${conditions.join(', ')}`, 'needs-person');
  return value(state === 'enabled', state);
}

function stateOf(property: (name: string) => string): Record<string, Told> {
  return {
    as_on_disk: value(property('NeedDaemonReload') === 'no'),
    before_docker: value(property('Before').split(' ').includes('docker.service'), 'Before= of the unit'),
  };
}

function loadsOf(commands: Command[], property: (name: string) => string): Record<string, Told> {
  const succeeded = succeededOf(commands, property);
  const network = otherNetwork(property);
  if (network)
    return { succeeded, files: value([], `${network}: what it loads is not the host's`), keeps_others: value(true) };
  const restores = commands.map(({ argv }) => parseRestore(argv));
  const odd = commands.find((_, at) => !restores[at]);
  const files = otherFiles(property);
  if (odd || files) {
    const what = odd ? `it runs ${odd.argv.join(' ')}, of which` : `it has ${files}, and`;
    const person = unknown(`${what} it is not known what it does`, 'needs-person');
    return { succeeded, files: person, keeps_others: person };
  }
  const flushing = commands.find((_, at) => !restores[at]!.keepsOthers);
  return {
    succeeded,
    files: value(restores.map((each) => each!.file)),
    keeps_others: value(flushing === undefined, flushing?.argv.join(' ')),
  };
}

function succeededOf(commands: Command[], property: (name: string) => string): Told {
  const deaf = commands.find((each) => each.ignoresFailure);
  if (deaf) return value(false, `it ignores whether ${deaf.argv[0]} fails`);
  const well = property('ActiveState') === 'active' && property('Result') === 'success';
  return value(well, `${property('ActiveState')}, ${property('Result')}`);
}

/** `ExecStart={ path=/sbin/iptables-restore ; argv[]=/sbin/iptables-restore -n FILE ; ignore_errors=no ; … }` */
function readCommand(line: string): Command | null {
  const pattern = /^Exec[A-Za-z]+=\{ path=([^;]*) ; argv\[\]=(.*?) ; ignore_errors=(yes|no) ; /;
  const [, path, argv, ignores] = pattern.exec(line) ?? [];
  // With `@` a command may call itself what it likes: the path is what runs.
  return argv ? { argv: [path!, ...argv.split(' ').slice(1)], ignoresFailure: ignores === 'yes' } : null;
}

function propertiesOf(lines: string[]): (name: string) => string {
  const known = new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
  return (name) => known.get(name) ?? '';
}
