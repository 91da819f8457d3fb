/** Properties of a unit, as `systemctl show` names them; one that repeats is joined with line breaks. */
export type Unit = Record<string, string>;

export interface Daemon {
  units: Record<string, Unit>;
  /** Units that default.target wants, directly or not. */
  pulled: string[];
  /** /etc/ssh/sshd_not_to_be_run is there. */
  blocked: boolean;
  /** The daemon's pid file: what it says, and when it was written in nanoseconds since 1970. */
  pidFile: { pid: string; written: bigint } | null;
  processes: { pid: string; title: string }[];
  sockets: { port: number; address: string; users: string }[];
}

/** Reads the probe's lines. Null: the text is not what the probe prints, in whole or in part. */
export function parse(stdout: string): Daemon | null {
  const lines = stdout.split('\n');
  if (lines.pop() !== '' || lines.pop() !== 'end') return null;
  const daemon: Daemon = { units: {}, pulled: [], blocked: true, pidFile: null, processes: [], sockets: [] };
  const state: State = { daemon, unit: null, blocked: false };
  if (!lines.every((line) => readLine(line, state))) return null;
  const told = ['ssh.service', 'ssh.socket'].every((unit) => daemon.units[unit]?.Id === unit);
  return state.blocked && told ? daemon : null;
}

interface State {
  daemon: Daemon;
  unit: Unit | null;
  blocked: boolean;
}

function readLine(line: string, state: State): boolean {
  const at = line.indexOf('|');
  const word = line.slice(0, Math.max(at, 0));
  const reader = Object.hasOwn(readers, word) ? readers[word]! : null;
  const fields = reader && reader.form.exec(line.slice(at + 1));
  return fields ? reader.take(state, fields.slice(1) as string[]) !== false : false;
}

interface Reader {
  form: RegExp;
  /** False: it can't stand here. */
  take(state: State, fields: string[]): unknown;
}

const readers: Record<string, Reader> = {
  show: { form: /^([a-z.]+)$/, take: (state, [unit]) => (state.daemon.units[unit!] = state.unit = {}) },
  unit: { form: /^([A-Za-z]+)=(.*)$/, take: ({ unit }, [name, value]) => unit !== null && addTo(unit, name!, value!) },
  pulled: { form: /^(ssh\.[a-z]+)$/, take: ({ daemon }, [unit]) => daemon.pulled.push(unit!) },
  blocked: {
    form: /^(yes|no)$/,
    take: (state, [word]) => {
      state.daemon.blocked = word === 'yes';
      state.blocked = true;
    },
  },
  pidfile: {
    form: /^(\d+)\.(\d{9})$/,
    take: ({ daemon }, [s, ns]) => {
      daemon.pidFile = { pid: '', written: BigInt(s! + ns!) };
    },
  },
  pid: { form: /^(\d*)$/, take: ({ daemon }, [pid]) => daemon.pidFile && (daemon.pidFile.pid = pid!) !== null },
  process: {
    form: /^(\d+)\|(.*)$/,
    take: ({ daemon }, [pid, title]) => daemon.processes.push({ pid: pid!, title: title!.trim() }),
  },
  listens: {
    form: /^LISTEN +\d+ +\d+ +(\S+):(\d+) +\S+ *(.*)$/,
    take: ({ daemon }, [address, port, users]) =>
      daemon.sockets.push({ address: address!, port: Number(port), users: users! }),
  },
};

function addTo(unit: Unit, name: string, value: string): void {
  unit[name] = name in unit ? `${unit[name]}\n${value}` : value;
}

/** sshd says what each of its processes is for in the title: listener, a user's session, a login on its way. */
export function listeners({ processes }: Daemon): Daemon['processes'] {
  return processes.filter(({ title }) => /^sshd: .* \[listener\]/.test(title));
}

export function isSession(title: string): boolean {
  return /^(sshd|sshd-session|sshd-auth): /.test(title) && !title.includes(' [listener]');
}
