import type { Observation } from '../../model/observation.ts';
import { unknownFacts } from '../answer.ts';
import { parseContainers, type Container } from '../docker/containers.ts';
import { logLimits } from '../docker/log.ts';
import { inspectProbe } from '../docker/probes.ts';
import type { Answers } from '../resource.ts';
import { observe, unknown, value, type Told } from '../said.ts';

const words: Record<string, string> = {
  log_driver: 'log driver',
  log_max_size: 'log size',
  log_max_file: 'number of log files',
  nofile_soft: 'soft limit of open files',
  nofile_hard: 'hard limit of open files',
};
const ofLogs = ['log_driver', 'log_max_size', 'log_max_file'];
const ofProcesses = ['nofile_soft', 'nofile_hard'];

/** Logs of every container, stopped ones too, for they come back as they were created; limits of those that run. */
export function readContainers(answers: Answers): Observation[] {
  const seen = parseContainers(answers);
  const probe = inspectProbe.name;
  if (!seen.ok)
    return unknownFacts([...ofLogs, ...ofProcesses], (fact) => `${words[fact]} of the containers`, probe, seen);
  const running = seen.containers.filter((each) => each.running);
  return [
    ...seen.containers.flatMap((each) => observe(probe, label(each), logs(each))),
    ...running.flatMap((each) => observe(probe, label(each), limits(each))),
    ...(seen.containers.length === 0 ? none(ofLogs, 'there are no containers') : []),
    ...(running.length === 0 ? none(ofProcesses, 'no container runs') : []),
  ];
}

function label({ name, running, status }: Container): (fact: string) => string {
  return (fact) => `${words[fact]} of ${name}${running ? '' : ` (${status})`}`;
}

function none(facts: string[], message: string): Observation[] {
  return facts.map((fact) => ({ fact, label: words[fact]!, probe: inspectProbe.name, state: 'skipped', message }));
}

function logs({ host }: Container): Record<string, Told> {
  const { size, files } = logLimits(host.logDriver, host.logOptions);
  return { log_driver: value(host.logDriver), log_max_size: size, log_max_file: files };
}

/** The kernel's word: inspect shows the daemon's present default also for containers that still run with an older one. */
function limits({ pid, processes }: Container): Record<string, Told> {
  const main = processes?.find((each) => each.pid === pid);
  const lost = unknown(`its main process ${pid} was not found in its cgroup`);
  if (!main) return { nofile_soft: lost, nofile_hard: lost };
  return { nofile_soft: limit(main.nofile.soft), nofile_hard: limit(main.nofile.hard) };
}

/** Reports know no infinity. */
function limit(of: number): Told {
  return of === Infinity ? value(Number.MAX_SAFE_INTEGER, 'unlimited') : value(of);
}
