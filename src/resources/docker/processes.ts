/** One process of a container, as the kernel sees it. */
export interface Process {
  pid: number;
  name: string;
  /** Real, effective, saved and file system user. */
  uids: number[];
  gids: number[];
  noNewPrivs: boolean;
  /** Those that it has or can come by, one bit each: a bounding set is what a setuid program would get. */
  capabilities: bigint;
  /** 0 none, 1 strict, 2 filter. */
  seccomp: number;
  /** Open files; Infinity for unlimited. */
  nofile: { soft: number; hard: number };
}

/** Processes by container id. One that ended between the list and the look is gone; one that is half told is an error. */
export function readProcesses(procs: string[], kernel: string[]): Map<string, Process[]> {
  const facts = new Map<string, string[]>();
  for (const line of kernel) {
    const [, pid, fact] = /^(\d+)\|(.+)$/s.exec(line)!;
    facts.set(pid!, [...(facts.get(pid!) ?? []), fact!]);
  }
  const byContainer = new Map<string, Process[]>();
  for (const line of procs) {
    const [, pid, id] = /^(\d+)\|([0-9a-f]{64})$/.exec(line)!;
    const lines = facts.get(pid!);
    if (lines) byContainer.set(id!, [...(byContainer.get(id!) ?? []), readProcess(Number(pid), lines)]);
  }
  return byContainer;
}

/** Inheritable, permitted, effective, bounding, ambient. */
const sets = ['Inh', 'Prm', 'Eff', 'Bnd', 'Amb'].map((name) => new RegExp(`^Cap${name}:\\t([0-9a-f]{16})$`));

function readProcess(pid: number, lines: string[]): Process {
  const get = (form: RegExp) => {
    const [found, second] = lines.map((line) => form.exec(line)).filter((each) => each !== null);
    if (!found || second) throw new TypeError(`no single ${form.source}`);
    return found.slice(1) as string[];
  };
  const [soft, hard] = get(/^Max open files +(\d+|unlimited) +(\d+|unlimited) /).map(limit);
  return {
    pid,
    name: get(/^Name:\t(.*)$/)[0]!,
    uids: get(/^Uid:\t(\d+)\t(\d+)\t(\d+)\t(\d+)$/).map(Number),
    gids: get(/^Gid:\t(\d+)\t(\d+)\t(\d+)\t(\d+)$/).map(Number),
    noNewPrivs: get(/^NoNewPrivs:\t([01])$/)[0] === '1',
    capabilities: sets.map((set) => BigInt(`0x${get(set)[0]!}`)).reduce((all, each) => all | each),
    seccomp: Number(get(/^Seccomp:\t([012])$/)[0]),
    nofile: { soft: soft!, hard: hard! },
  };
}

function limit(text: string): number {
  return text === 'unlimited' ? Infinity : Number(text);
}
