import type { Observation } from '../../model/observation.ts';
import { readable, unknownFacts, type Unreadable } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { parse, type Parsed } from './parse.ts';
import { envProbe } from './probe.ts';

const facts = ['keys', 'placeholders', 'copies', 'templates_with_secrets', 'tracked'];

/** What the reduced answer says about the .env file and what lies beside it. */
export function readEnvFile(dir: string, answers: Answers): Observation[] {
  const probe = envProbe(dir).name;
  const labels: Record<string, string> = {
    keys: `number of keys in ${dir}/.env`,
    placeholders: `list of keys with template values in ${dir}/.env`,
    copies: `copies of .env files in ${dir}`,
    templates_with_secrets: `list of templates in ${dir} with a secret of .env`,
    tracked: `list of .env files that git keeps in ${dir}`,
  };
  const about = (fact: string) => ({ fact, label: labels[fact]!, probe });
  const answer = readable(answers, probe);
  const parsed = answer.ok ? parse(answer.stdout) : null;
  if (!parsed || 'unclear' in parsed) {
    const why = answer.ok
      ? odd((parsed as { unclear: string } | null)?.unclear ?? `${probe} printed something else than expected`)
      : answer;
    return unknownFacts(facts, (fact) => labels[fact]!, probe, why);
  }
  if ('none' in parsed)
    return facts.map((fact) => ({ ...about(fact), state: 'absent', message: `${dir} does not exist` }));
  const { main, mainGone, copies, sharing, tracked, unsearched, gitWords } = parsed;
  // Without a .env file there is no secret that a template could share.
  const unshared = main || mainGone ? unsearched : 'the .env file';
  return [
    ...inside(dir, parsed, about),
    ...list(copies, unsearched).map((told) => ({ ...about('copies'), ...told })),
    ...list(sharing, unshared).map((told) => ({ ...about('templates_with_secrets'), ...told })),
    ...list(tracked ?? [], gitWords).map((told) => ({ ...about('tracked'), ...told })),
  ];
}

type About = (fact: string) => { fact: string; label: string; probe: string };

function inside(dir: string, { main, mainGone }: Parsed, about: About): Observation[] {
  const both = ['keys', 'placeholders'];
  if (mainGone) return both.map((fact) => ({ ...about(fact), state: 'absent', message: `${dir}/.env does not exist` }));
  if (!main)
    return unknownFacts(both, (fact) => about(fact).label, about('keys').probe, odd(`${dir}/.env could not be read`));
  const where = `${dir}/.env`;
  const keys: Observation = { ...about('keys'), where, state: 'value', value: main.keys };
  const unclear = main.unclear.length > 0 ? main.unclear.join(', ') : null;
  return [keys, ...list(main.placeholders, unclear).map((told) => ({ ...about('placeholders'), where, ...told }))];
}

/**
 * A list of which something is missing is not known, yet what is on it is: both are said, so that what is bad is a failure
 * and what looks good is an error.
 */
function list(value: unknown[], missing: string | null) {
  const seen = { state: 'value', value } as const;
  if (missing === null) return [seen];
  const unseen = { state: 'unknown', ...codeOf(`could not read ${missing}`) } as const;
  return value.length > 0 ? [seen, unseen] : [unseen];
}

function codeOf(message: string) {
  const code = /not installed|not found/.test(message) ? 'tool-missing' : 'unparsable';
  return { code, message } as const;
}

function odd(message: string): Unreadable {
  return { ok: false, code: 'unparsable', message };
}
