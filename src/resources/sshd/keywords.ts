import type { Fact } from '../../matchers/types.ts';
import { parseDuration } from '../../matchers/units.ts';

/** A keyword of sshd_config(5) that can be expected: how sshd prints it, and what else it may be called in a file. */
export interface Keyword {
  fact: Fact;
  /** Older names that still set it (the table `keywords` in OpenSSH's servconf.c). */
  aliases?: string[];
}

const yesNo = (description: string): Fact => ({ kind: 'text', values: ['yes', 'no'], description });

/** By the name that the manual page has. */
export const keywords: Record<string, Keyword> = {
  PermitRootLogin: {
    fact: {
      kind: 'text',
      values: ['yes', 'no', 'prohibit-password', 'forced-commands-only'],
      description: 'How root may log in',
    },
  },
  PasswordAuthentication: { fact: yesNo('Login with a password') },
  KbdInteractiveAuthentication: {
    fact: yesNo('Login by questions and answers: with PAM the account password again'),
    aliases: ['challengeresponseauthentication', 'skeyauthentication'],
  },
  PubkeyAuthentication: { fact: yesNo('Login with a key'), aliases: ['dsaauthentication'] },
  AuthenticationMethods: { fact: { kind: 'text', description: 'Lists of methods that suffice; `any` for any one' } },
  PermitEmptyPasswords: { fact: yesNo('Login with an empty password') },
  X11Forwarding: { fact: yesNo('Windows of programs on the host, shown at the client') },
  LoginGraceTime: { fact: { kind: 'duration', description: 'Time to log in; 0 is no limit' } },
  MaxAuthTries: { fact: { kind: 'number', description: 'Attempts per connection' } },
  AllowUsers: { fact: { kind: 'words', description: 'Who may log in, `@host` left out; absent means everyone' } },
  AllowTcpForwarding: { fact: { kind: 'text', values: ['yes', 'no', 'local', 'remote'], description: 'Tunnels' } },
  DisableForwarding: { fact: yesNo('All forwarding off, whatever else is set') },
};

const byName = new Map(
  Object.entries(keywords).flatMap(([name, { aliases = [] }]) =>
    [name.toLowerCase(), ...aliases].map((each) => [each, name] as const),
  ),
);

/** The name of a keyword as the manual page writes it; null for those nobody asks about. sshd ignores case. */
export function canonical(keyword: string): string | null {
  return byName.get(keyword.toLowerCase()) ?? null;
}

export type Value = string | number | string[];

/** The words behind a keyword as its fact has them. Null: not a value of this keyword, or written in a way not known here. */
export function typedValue(keyword: string, words: string[]): Value | null {
  const { kind } = keywords[keyword]!.fact;
  if (kind === 'words') return words.map((word) => word.replace(/(.)@.*$/, '$1'));
  const text = words.join(' ').toLowerCase();
  if (kind === 'number') return /^\d+$/.test(text) ? Number(text) : null;
  if (kind === 'duration') return parseDuration(text);
  return text === '' ? null : (synonyms[`${keyword} ${text}`] ?? text);
}

/** sshd prints the older word of two that mean the same (multistate_* in servconf.c). */
const synonyms: Record<string, string> = {
  'PermitRootLogin without-password': 'prohibit-password',
  'AllowTcpForwarding all': 'yes',
};
