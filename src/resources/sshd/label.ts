import type { Login } from './seen.ts';

/** What a sentence calls a keyword: with an example of the logins that meet it, unless all do. */
export function labelOf(keyword: string, logins: Login[], all: number): string {
  if (logins.length === all) return keyword;
  const [first] = logins as [Login];
  const more = logins.length > 1 ? ` and ${logins.length - 1} more` : '';
  return `${keyword} for ${describe(first)}${more}`;
}

const ordinary: Record<string, string> = { host: 'client.invalid', laddr: '198.51.100.1', lport: '22' };
const words: Record<string, string> = {
  host: ', called ',
  laddr: ' at ',
  lport: ' to port ',
  rdomain: ' in routing domain ',
};

function describe({ spec, options }: Login): string {
  const unusual = Object.entries(words).map(([name, word]) =>
    spec[name] && spec[name] !== ordinary[name] ? word + spec[name] : '',
  );
  return `user ${spec.user} from ${spec.addr}${unusual.join('')}${options && ` (sshd ${options})`}`;
}
