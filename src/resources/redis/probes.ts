import type { HostProbe } from '../../model/probe.ts';
import { quote } from '../../model/quote.ts';
import { fileProbe } from '../file/probes.ts';
import type { RedisOptions } from './options.ts';
import { dangerous, nosy, pairQuestions } from './questions.ts';
import { reduce } from './reduce.ts';
import { snippet } from './snippet.ts';

/** One question for all facts. No password is in its text; neither is one in an argument or an environment on the host. */
export function redisProbe(options: RedisOptions): HostProbe {
  return { kind: 'host', name: nameOf(options), timeoutSeconds: 20, run: `${head(options)}${snippet}`, reduce };
}

/** As long as it must be: the password is most often where the others are. */
function nameOf({ container, admin_user, password, env_file, pairs }: RedisOptions): string {
  const usual = password === `host-file:${env_file}#REDIS_PASSWORD_${admin_user.toUpperCase()}`;
  return [`redis:${container} as ${admin_user}`, ...(usual ? [] : [password]), env_file, ...pairs].join(', ');
}

function head({ container, admin_user, password, env_file, pairs }: RedisOptions): string {
  const [, path = '', key = ''] = /^host-file:(.*)#(.*)$/.exec(password) ?? [];
  const variable = password.startsWith('secret:') ? `FA_SECRET_${password.slice(7).toUpperCase()}` : 'FA_SECRET_NONE';
  return [
    `c=${quote(container)} admin=${quote(admin_user)} secret="$${variable}"`,
    `admin_file=${quote(path)} admin_key=${quote(key)} env_file=${quote(env_file)}`,
    `given=${quote(pairs.join('\n'))}`,
    `ask_pair() {\n${Object.values(pairQuestions).map(ask).join('\n')}\n}`,
    `ask_user() {\n${[...dangerous, ...nosy].map(ask).join('\n')}\n}`,
    `see_file() {\n${fileProbe({ path: '$' }).run.replace(/^p=.*\n/, '')}\n}`,
  ].join('\n');
}

function ask(question: string): string {
  return `ask "$user" "${question}"`;
}
