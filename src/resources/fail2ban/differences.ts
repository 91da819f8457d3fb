import type { ConfiguredJail } from './config.ts';
import { canonical } from './networks.ts';
import type { Jail } from './server.ts';

/** Where jails that run differ from those that the files would start. Null: something cannot be compared. */
export function differences(running: Jail[], configured: ConfiguredJail[]): string[] | null {
  const missing = configured.filter((each) => !running.some(({ name }) => name === each.name));
  const surplus = running.filter((each) => !configured.some(({ name }) => name === each.name));
  const pairs = configured.flatMap((files) =>
    running.filter(({ name }) => name === files.name).map((jail) => compare(jail, files)),
  );
  if (pairs.includes(null)) return null;
  return [
    ...missing.map(({ name }) => `jail ${name} of the files does not run`),
    ...surplus.map(({ name }) => `jail ${name} runs but is not in the files`),
    ...pairs.flatMap((each) => each ?? []),
  ];
}

function compare(jail: Jail, files: ConfiguredJail): string[] | null {
  const runs = runningOptions(jail);
  const given = configuredOptions(files);
  return Object.keys(runs).flatMap((option) => {
    const [now, then] = [runs[option]!, given[option] ?? runs[option]!];
    return now === then ? [] : [`${option} of jail ${jail.name} is ${now || 'empty'}, in the files ${then || 'empty'}`];
  });
}

/** One text per option, so that equal is equal. */
function runningOptions({ get, actions }: Jail): Record<string, string> {
  return {
    bantime: String(get.bantime),
    findtime: String(get.findtime),
    maxretry: String(get.maxretry),
    ignoreip: set(get.ignoreip.map(canonical)),
    ignorecommand: get.ignorecommand ?? '',
    ignoreregex: set(get.ignoreregex),
    logpath: set(get.logpath),
    actions: set(Object.keys(actions)),
  };
}

/** What the files leave out keeps fail2ban's default, which only lists have that we know: they are empty. */
function configuredOptions({ set: rows }: ConfiguredJail): Record<string, string | undefined> {
  const last = (option: string) => rows.findLast(([each]) => each === option)?.[1];
  const list = (option: string) => rows.filter(([each]) => each === option).flatMap((row) => row.slice(1));
  return {
    bantime: last('bantime'),
    findtime: last('findtime'),
    maxretry: last('maxretry'),
    ignoreip: set([...list('addignoreip'), ...list('ignoreip')].map(canonical)),
    ignorecommand: last('ignorecommand') ?? '',
    ignoreregex: set(list('addignoreregex')),
    logpath: set(list('addlogpath').filter((each) => each.startsWith('/'))),
    actions: set(list('addaction')),
  };
}

function set(words: string[]): string {
  return [...new Set(words)].toSorted().join(' ');
}
