import type { Observation } from '../../model/observation.ts';
import { unknownFacts, type Unreadable } from '../answer.ts';
import { parseInfo, type Info } from '../docker/info.ts';
import { logLimits } from '../docker/log.ts';
import { infoProbe } from '../docker/probes.ts';
import type { Answers } from '../resource.ts';
import { observe, unknown, value, type Told } from '../said.ts';
import { current, privilegesOf } from './current.ts';
import { startProbe } from './probe.ts';
import {
  limits,
  liveRestore,
  logDriver,
  logOptions,
  noNewPrivileges,
  setting,
  type Limit,
  type Setting,
} from './settings.ts';
import { parseStart, type Start } from './start.ts';
import { valid } from './valid.ts';

const labels: Record<string, string> = {
  config_file: 'the file that dockerd reads',
  valid: "dockerd's configuration",
  current: 'dockerd',
  swarm: 'swarm mode',
  log_driver: 'log driver',
  log_max_size: 'log size for new containers',
  log_max_file: 'number of log files for new containers',
  nofile_soft: 'soft limit of open files for new containers',
  nofile_hard: 'hard limit of open files for new containers',
};
const facts = [...Object.keys(labels), 'live_restore', 'no_new_privileges'];
const label = (fact: string) => labels[fact] ?? fact.replaceAll('_', '-');

/** What the running daemon says, and what its next start would bring. */
export function readDaemon(answers: Answers): Observation[] {
  const info = parseInfo(answers);
  if (!info.ok) return unknownFacts(facts, label, infoProbe.name, info);
  const start = parseStart(answers);
  return [
    ...observe(infoProbe.name, (fact) => `${label(fact)} of the running daemon`, {
      ...running(info),
      no_new_privileges: privileges(info, start),
    }),
    ...observe(infoProbe.name, label, { config_file: value(info.config.path), swarm: swarm(info) }),
    ...(start.ok ? readStart(info, start) : unknownFacts(ofStart, label, startProbe.name, start)),
  ];
}

const ofStart = facts.filter((fact) => fact !== 'config_file' && fact !== 'swarm');

function running({ engine, silent }: Info): Record<string, Told> {
  const none = unknown(silent, 'unreachable');
  return {
    log_driver: engine ? value(engine.loggingDriver) : none,
    live_restore: engine ? value(engine.liveRestore) : none,
  };
}

/** An engine that does not say has what its settings say when it was started after their last change. */
function privileges(info: Info, start: Start | Unreadable): Told {
  const { engine, silent } = info;
  if (!engine) return unknown(silent, 'unreachable');
  const listed = privilegesOf(engine);
  if (listed !== null) return value(listed);
  const set = start.ok ? setting(noNewPrivileges, info, start) : null;
  const now = start.ok ? current(info, start) : null;
  if (!set?.ok || now?.state !== 'value' || now.value !== true)
    return unknown('this engine does not say, and may not be current');
  return value(set.set ?? false, 'this engine does not say; it was started after its settings were last changed');
}

function swarm({ engine, silent }: Info): Told {
  return engine ? value(engine.swarm) : unknown(silent, 'unreachable');
}

function readStart(info: Info, start: Start): Observation[] {
  const driver = setting(logDriver, info, start);
  const [live, nnp] = [setting(liveRestore, info, start), setting(noNewPrivileges, info, start)];
  return [
    ...observe(startProbe.name, (fact) => `${label(fact)} from the next start on`, {
      log_driver: tell(driver, 'json-file'),
      live_restore: tell(live, false),
      no_new_privileges: tell(nnp, false),
    }),
    ...observe(startProbe.name, label, {
      valid: valid(info, start),
      current: current(info, start),
      ...logs(driver, setting(logOptions, info, start)),
      ...openFiles(setting(limits, info, start)),
    }),
  ];
}

function tell<T>(next: Setting<T>, unset: T): Told {
  if (!next.ok) return unknown(next.message);
  return next.set === null ? value(unset, `not set in ${next.where}`) : value(next.set, undefined, next.where);
}

function logs(driver: Setting<string>, options: Setting<Record<string, string>>): Record<string, Told> {
  if (!driver.ok) return noLogs(driver.message);
  if (!options.ok) return noLogs(options.message);
  const { size, files } = logLimits(driver.set ?? 'json-file', options.set ?? {});
  return { log_max_size: at(size, options.where), log_max_file: at(files, options.where) };
}

function noLogs(message: string): Record<string, Told> {
  return { log_max_size: unknown(message), log_max_file: unknown(message) };
}

function at(told: Told, where: string): Told {
  return told.state === 'skipped' ? told : { ...told, where };
}

function openFiles(next: Setting<Record<string, Limit>>): Record<string, Told> {
  if (!next.ok) return { nofile_soft: unknown(next.message), nofile_hard: unknown(next.message) };
  const limit = next.set?.['nofile'];
  const none: Told = { state: 'absent', message: 'no default for open files is set', where: next.where };
  if (!limit) return { nofile_soft: none, nofile_hard: none };
  return {
    nofile_soft: value(limit.soft, undefined, next.where),
    nofile_hard: value(limit.hard, undefined, next.where),
  };
}
