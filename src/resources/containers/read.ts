import type { Observation } from '../../model/observation.ts';
import { unknownFacts, type Unreadable } from '../answer.ts';
import { parseContainers, type Container } from '../docker/containers.ts';
import { inspectProbe } from '../docker/probes.ts';
import type { Answers } from '../resource.ts';
import { observe, unknown, type Told } from '../said.ts';
import { noNewPrivs, nonroot } from './live.ts';
import { parseMounts, type Mounts } from './mounts.ts';
import { mounted } from './paths.ts';
import { privileges } from './privileges.ts';
import { mountsProbe } from './probe.ts';
import { select, wanted, type Selection } from './select.ts';

const live = ['nonroot', 'no_new_privs'];
const made = ['privileged', 'added_capabilities', 'host_namespaces', 'unconfined', 'devices'];
const mount = ['engine_sockets', 'writable_host_paths'];

/** One observation of each fact for each container, so that a finding names it. */
export function readContainers(selection: Selection, answers: Answers): Observation[] {
  const probe = inspectProbe.name;
  const all = parseContainers(answers);
  if (!all.ok) return unknownFacts([...live, ...made, ...mount], (fact) => labelOf(fact, 'containers'), probe, all);
  const chosen = select(all.containers, selection);
  const mounts = parseMounts(answers);
  const files = [...(selection.guarded ?? []), ...all.containers.flatMap(composeFiles)];
  const running = chosen.filter((each) => each.running);
  return [
    ...orNone(live, running, `no ${wanted(selection)} runs`, (each) =>
      seen(each, probe, { nonroot: nonroot(each), no_new_privs: noNewPrivs(each) }),
    ),
    ...orNone(made, chosen, `there is no ${wanted(selection)}`, (each) => seen(each, probe, privileges(each))),
    ...orNone(mount, chosen, `there is no ${wanted(selection)}`, (each) =>
      seen(each, mountsProbe.name, mountsIn(each, mounts, files)),
    ),
  ];
}

/** Of nothing there is nothing to say, and that is no praise. */
function orNone(facts: string[], containers: Container[], message: string, tell: (each: Container) => Observation[]) {
  if (containers.length > 0) return containers.flatMap(tell);
  return observe(inspectProbe.name, (fact) => labelOf(fact, 'containers'), skipAll(facts, message));
}

function skipAll(facts: string[], message: string): Record<string, Told> {
  return Object.fromEntries(facts.map((fact) => [fact, { state: 'skipped', message }]));
}

function seen({ name }: Container, probe: string, told: Record<string, Told>): Observation[] {
  return observe(probe, (fact) => labelOf(fact, name), told);
}

function mountsIn(container: Container, mounts: Mounts | Unreadable, files: string[]): Record<string, Told> {
  if (mounts.ok) return mounted(container, mounts, files);
  return Object.fromEntries(mount.map((fact) => [fact, unknown(mounts.message, mounts.code)]));
}

/** Those that it was made from: who can write them says what is started next. */
function composeFiles({ labels: all }: Container): string[] {
  const names = ['config_files', 'environment_file'].map((name) => `com.docker.compose.project.${name}`);
  return names.flatMap((name) => (all[name] ?? '').split(',')).filter((file) => file.startsWith('/'));
}

const labels: Record<string, string> = {
  added_capabilities: 'capabilities added to ',
  host_namespaces: "the host's namespaces in ",
  unconfined: 'guards that are off for ',
  devices: "the host's devices in ",
  engine_sockets: "ways to an engine's socket in ",
  writable_host_paths: "the host's own paths that can be written in ",
};

function labelOf(fact: string, name: string): string {
  return `${labels[fact] ?? 'container '}${name}`;
}
