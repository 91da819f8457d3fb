import type { Container } from '../docker/containers.ts';
import type { Process } from '../docker/processes.ts';
import { unknown, value, type Told } from '../said.ts';

/** As whom its processes run, whatever its configuration says. A saved or file system user of 0 is root at will. */
export function nonroot(container: Container): Told {
  return ofAll(container, (processes) => {
    const root = processes.filter(({ uids }) => uids.includes(0));
    if (root.length > 0) return value(false, `${namesOf(root)} as uid 0`);
    return value(
      true,
      `uid ${[...new Set(processes.flatMap(({ uids }) => uids))].toSorted((a, b) => a - b).join(', ')}`,
    );
  });
}

/** That none of its processes can gain rights by a setuid program: the kernel's own flag, not what the daemon is told to set. */
export function noNewPrivs(container: Container): Told {
  return ofAll(container, (processes) => {
    const free = processes.filter((each) => !each.noNewPrivs);
    return free.length > 0 ? value(false, namesOf(free)) : value(true);
  });
}

function ofAll({ processes, status, pid }: Container, tell: (processes: Process[]) => Told): Told {
  if (processes !== null && processes.length > 0) return tell(processes);
  return unknown(`its processes are not all known (it is ${status}${pid > 0 ? '' : ', without a main process'})`);
}

/** Names of programs, each once: numbers of processes tell nothing a day later. */
function namesOf(processes: Process[]): string {
  return [...new Set(processes.map(({ name }) => name))].toSorted().join(', ');
}
