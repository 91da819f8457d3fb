import type { Access, LiveChange } from '../../model/fix-plan.ts';
import { quote } from '../../model/quote.ts';

/** Lines of shell for one change beside files. Everything is a call of the library's functions. */
export interface LiveWork {
  /** For people, when it cannot be kept. */
  name: string;
  /** Keeps what is there, before the first write. */
  keep: string[];
  commands: string[];
  /** At a reboot too: what must not be done then does nothing. */
  undo: string[];
  /** Each fails when somebody has changed it since. */
  undrifted: { what: string; test: string }[];
}

/** The work of a transaction's changes, in the order in which it is done. */
export function liveWorks(changes: LiveChange[]): LiveWork[] {
  return changes.map((each, at) => liveWork(each, `live${at}`));
}

/** `key` tells apart what two changes of a transaction keep. */
function liveWork(change: LiveChange, key: string): LiveWork {
  const make = kinds[change.kind] as (change: LiveChange, key: string) => Partial<LiveWork> & { name: string };
  return { keep: [], commands: [], undo: [], undrifted: [], ...make(change, key) };
}

type Kind<Name> = (change: Extract<LiveChange, { kind: Name }>, key: string) => Partial<LiveWork> & { name: string };

const kinds: { [Name in LiveChange['kind']]: Kind<Name> } = {
  packages: ({ names }) => ({
    name: 'the list of packages',
    keep: ['fa_keep_packages'],
    commands: [`fa_install ${names.map(quote).join(' ')}`],
    undo: ['fa_uninstall'],
  }),
  run: ({ do: command, undo, touches }, key) => {
    const all = touches.map((path, at) => `${key}.${at} ${quote(path)}`);
    return {
      name: touches.join(', '),
      keep: all.map((each) => `fa_keep_touched ${each}`),
      commands: [shell(command), ...all.map((each) => `fa_touched ${each}`)],
      undo: [...all.map((each) => `fa_put_back ${each}`).reverse(), ...(undo ? [shell(undo)] : [])],
      undrifted: touches.map((path, at) => ({ what: path, test: `fa_as_touched ${all[at]!}` })),
    };
  },
  access: ({ path, before, after }) => ({
    name: path,
    keep: [`fa_has_access ${quote(path)} ${wordsOf(before)}`],
    commands: [`fa_set_access ${quote(path)} ${wordsOf(after)}`],
    undo: [`fa_reset_access ${quote(path)} ${wordsOf(before)}`],
    undrifted: [{ what: path, test: `fa_has_access ${quote(path)} ${wordsOf(after)}` }],
  }),
  sysctl: ({ key, value, before }) => ({
    name: key,
    keep: [`fa_keep_sysctl ${quote(key)}`],
    commands: [`fa_set ${quote(key)} ${quote(value)}`],
    undo: [`fa_reset ${quote(key)} ${quote(before)}`],
  }),
  ufw: ({ commands }) => {
    const isFirst = (each: string) => /^(sed -i|ufw reload|ufw allow)\b/.test(each);
    const first = commands.filter(isFirst);
    const last = commands.filter((each) => !isFirst(each));
    return {
      name: 'UFW',
      keep: ['fa_keep_ufw'],
      commands: [
        'fa_ufw_hook',
        ...(first.includes('ufw reload') ? ['fa_ufw_may_reload'] : []),
        ...first.map(shell),
        'fa_ufw_lets_in',
        ...last.map(shell),
        'fa_ufw_spelled',
        'fa_ufw_hook',
        'fa_ufw_kept',
      ],
      undo: ['fa_restore_ufw'],
      undrifted: [{ what: '/etc/ufw', test: 'fa_ufw_as_kept' }],
    };
  },
  docker: ({ bridge: { on, off } }) => ({
    name: 'Docker',
    keep: ['fa_keep_docker'],
    commands: ['fa_docker_takes'],
    undo: [`fa_docker_back ${base64(on)} ${base64(off)}`],
  }),
  docker_user: () => ({
    name: 'DOCKER-USER',
    keep: ['fa_keep_docker_user'],
    commands: ['fa_load_docker_user'],
    undo: ['fa_restore_docker_user'],
  }),
  unit: ({ name, enabled, started }) => ({
    name,
    keep: [`fa_keep_unit ${quote(name)}`],
    commands: [
      ...(enabled ? [`fa_enable ${quote(name)}`] : []),
      ...(started ? [`systemctl start ${quote(name)}`] : []),
    ],
    undo: [`fa_restore_unit ${quote(name)}`],
  }),
};

const wordsOf = ({ mode, owner }: Access) => `${mode} ${quote(owner)}`;
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** A word is a function of ours or a program; a whole command line goes through a shell. */
export function shell(command: string): string {
  return /^[\w./ -]+$/.test(command) ? command : `sh -c ${quote(command)}`;
}
