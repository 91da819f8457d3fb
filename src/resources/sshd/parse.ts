import type { Login, Reading, Seen } from './seen.ts';

/** Reads the probe's lines. Null: the text is not what the probe prints, in whole or in part. */
export function parse(stdout: string): Seen | null {
  const lines = stdout.split('\n');
  if (lines.pop() !== '' || lines.pop() !== 'end') return null;
  const into: Into = {
    seen: {
      who: [],
      unclear: [],
      tests: [],
      logins: [],
      readings: new Map(),
      files: new Map(),
      stats: [],
      nostats: [],
    },
    said: null,
    file: null,
  };
  if (!lines.every((line) => readLine(line, into))) return null;
  return into.seen.tests.length && into.seen.logins.length ? into.seen : null;
}

/** What is being read: a line belongs to the test, login or file before it. */
interface Into {
  seen: Seen;
  said: string[] | null;
  file: { line: number; text: string }[] | null;
}

function readLine(line: string, into: Into): boolean {
  const at = line.indexOf('|');
  const word = line.slice(0, Math.max(at, 0));
  const reader = Object.hasOwn(readers, word) ? readers[word]! : null;
  const fields = reader && reader.form.exec(line.slice(at + 1));
  return fields ? reader.take(into, fields.slice(1) as string[]) !== false : false;
}

interface Reader {
  form: RegExp;
  /** False: it can't stand here. */
  take(into: Into, fields: string[]): unknown;
}

const readers: Record<string, Reader> = {
  who: {
    form: /^([^|]*)\|(.+)$/,
    take: ({ seen }, [options, who]) => seen.who.push({ options: options!, who: who! }),
  },
  unclear: {
    form: /^([^|]+)\|(.*)$/s,
    take: ({ seen }, [who, command]) => seen.unclear.push({ who: who!, command: command! }),
  },
  test: {
    form: /^(\d+)\|(.*)$/s,
    take: (into, [code, options]) =>
      into.seen.tests.push({ options: options!, code: Number(code), said: (into.said = []) }),
  },
  login: { form: /^(\d+)\|([a-z]+=[^|]+)\|(.*)$/, take: startLogin },
  match: { form: /^$/, take: ({ seen }) => withLast(seen, (login) => (login.matched = [])) },
  trace: { form: /^(.*)$/s, take: ({ seen }, [text]) => withLast(seen, (login) => readTrace(text!, login, seen)) },
  out: { form: /^([a-z0-9]+) ?(.*)$/s, take: ({ seen }, [key, value]) => withLast(seen, addValue(key!, value!)) },
  said: { form: /^(.*)$/s, take: ({ said }, [text]) => said !== null && said.push(text!) },
  file: { form: /^(\/.*)$/s, take: (into, [path]) => into.seen.files.set(path!, (into.file = [])) },
  unread: { form: /^(\/.*)$/s, take: ({ seen }, [path]) => seen.files.set(path!, null) },
  line: {
    form: /^(\d+)\|(.*)$/s,
    take: ({ file }, [line, text]) => file !== null && file.push({ line: Number(line), text: text! }),
  },
  stat: {
    form: /^(file|included|dir|key|link)\|([0-7]{1,4})\|(\d+)\|(\d+)\|([a-z -]+)\|(\d+\.\d{9})\|(\d+\.\d{9})\|([^|]*)\|([^|]*)\|(\/.*)$/,
    take: ({ seen }, fields) => seen.stats.push(statOf(fields)),
  },
  nostat: {
    form: /^(file|included|dir|key|link)\|([^|]*)\|(.*)$/,
    take: ({ seen }, [kind, why, path]) => seen.nostats.push({ kind: kind!, why: why!, path: path! }),
  },
};

function startLogin(into: Into, [code, spec, options]: string[]): unknown {
  const pairs = spec!.split(',').map((each) => each.split('=', 2) as [string, string]);
  const login: Login = {
    options: options!,
    code: Number(code),
    spec: Object.fromEntries(pairs),
    values: new Map(),
    matched: null,
    said: (into.said = []),
  };
  const { readings, logins } = into.seen;
  if (!readings.has(login.options)) readings.set(login.options, { files: [], includes: [], settings: [] });
  return logins.push(login);
}

function withLast(seen: Seen, use: (login: Login) => unknown): unknown {
  const login = seen.logins.at(-1);
  return login ? use(login) : false;
}

function addValue(key: string, value: string) {
  return (login: Login) => login.values.set(key, [...(login.values.get(key) ?? []), value]);
}

/** One line of `sshd -ddd`: servconf.c of OpenSSH 9.2 to 10.0. */
function readTrace(text: string, login: Login, seen: Seen): unknown {
  const reading: Reading = seen.readings.get(login.options)!;
  const setting = /^debug3: (.+?):(\d+) setting (\S+)( .*)?$/s.exec(text);
  if (setting) {
    const [, file, line, keyword] = setting as unknown as string[];
    // The second time, with Match, sshd calls its main file so.
    const name = file === 'reprocess config' && reading.files[0] ? reading.files[0] : file!;
    return (login.matched ?? reading.settings).push({ file: name, line: Number(line), keyword: keyword! });
  }
  const include = /^debug2: (.+?) line (\d+): including (.+)$/s.exec(text);
  if (include) {
    const [, file, line, target] = include as unknown as string[];
    return reading.includes.push({ file: file!, line: Number(line), target: target! });
  }
  const load = /^debug2: load_server_config: filename (.+)$/s.exec(text);
  return load ? reading.files.push(load[1]!) : false;
}

function statOf(fields: string[]) {
  const [kind, mode, uid, gid, type, modified, changed, user, group, path] = fields as [
    'file' | 'included' | 'dir' | 'key',
    ...string[],
  ];
  const times = [modified!, changed!].map((time) => BigInt(time.replace('.', '')));
  return {
    kind,
    path: path!,
    mode: mode!.padStart(4, '0'),
    type: type!,
    owner: nameOf(uid!, user!),
    group: nameOf(gid!, group!),
    changed: times[0]! > times[1]! ? times[0]! : times[1]!,
  };
}

/** Id 0 is root and nothing else is, whatever passwd calls it; `UNKNOWN` is what `stat` says for an id without a name. */
function nameOf(id: string, name: string): string {
  if (id === '0') return 'root';
  return name === 'root' || name === 'UNKNOWN' || name === '' ? id : name;
}
