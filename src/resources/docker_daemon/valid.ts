import type { Info } from '../docker/info.ts';
import { absent, unknown, value, type Told } from '../said.ts';
import { current } from './current.ts';
import { foreignLogOption } from './log-options.ts';
import type { Start } from './start.ts';

/**
 * Would dockerd start with its file and its flags? It is asked itself; an engine too old for the question has answered it when it runs
 * and was started after the last change of both.
 */
export function valid(info: Info, start: Start): Told {
  const { path, stat, content, why } = info.config;
  if (!stat) return content ? absent(`there is no ${path}`) : unknown(why);
  if (!content) return value(false, why, path);
  if (!start.validated) return unknown(`how docker.service starts it could not be told: ${start.unclear}`);
  const foreign = foreignLogOption(info, start);
  if (foreign) return value(false, foreign, path);
  const { code, words } = start.validated;
  if (code === 0 && words.endsWith('configuration OK')) return value(true, 'dockerd --validate');
  if (words.includes('unknown flag: --validate')) return asStarted(info, start);
  if (code === 1 && words !== '') return value(false, words.replace(/^.*?: (?=\S+:|the following)/, ''), path);
  return unknown(`dockerd --validate ended with ${code}: ${words}`);
}

function asStarted(info: Info, start: Start): Told {
  const now = current(info, start);
  if (now.state === 'value' && now.value === true) return value(true, 'the running daemon was started with it');
  return unknown('this engine has no --validate, and has not been started since the last change');
}
