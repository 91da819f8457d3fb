import { isLoopback, isWildcard, sameAddress } from '../address.ts';
import type { Observation } from '../../model/observation.ts';
import { unknownFacts } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { absent, observe, one, said, unknown, value, type Told } from '../said.ts';
import { composeProbe } from './probe.ts';
import type { Said } from './services.ts';

interface Options {
  dir: string;
  allow?: string[] | undefined;
}

const facts = ['exists', 'loopback'];

/** What the compose files of a directory ask to be published, one observation for each port. */
export function readComposeFile({ dir, allow = [] }: Options, answers: Answers): Observation[] {
  const probe = composeProbe(dir).name;
  const label = () => `a compose file in ${dir}`;
  const answer = said(answers, probe, ['dir', 'none', 'gone', 'file', 'env', 'count', 'said']);
  if (!answer.ok) return unknownFacts(facts, label, probe, answer);
  const { none, gone, file, count, said: lines } = answer.said;
  const unseen = [...none, ...gone.map((each) => each.slice(each.indexOf('|') + 1))].find((each) => !isGone(each));
  const odd = one([...answer.said.dir, ...none]) === null ? 'it printed something else than expected' : unseen;
  if (odd !== undefined) return observe(probe, label, { exists: unknown(odd), loopback: unknown(odd) });
  if (file.length === 0) {
    const missing = absent(`there is no compose file in ${dir}`);
    return observe(probe, label, { exists: value(false), loopback: missing });
  }
  const paths = file.map((each) => each.split('|')[0]!);
  return [
    ...observe(probe, label, { exists: value(true, paths.join(', ')) }),
    ...paths.flatMap((name) =>
      portsIn(dir, about(name, count), about(name, lines), allow).map((told) => ({ fact: 'loopback', probe, ...told })),
    ),
  ];
}

function isGone(words: string): boolean {
  return words.endsWith(' No such file or directory');
}

/** What lines of the form `name|rest` say of one file. */
function about(name: string, lines: string[]) {
  const mine = lines.filter((line) => line.startsWith(`${name}|`));
  return { name, said: mine.map((line) => line.slice(name.length + 1)) };
}

type About = ReturnType<typeof about>;
type Labelled = Told & { label: string; where?: string };

function portsIn(dir: string, count: About, lines: About, allow: string[]): Labelled[] {
  const label = `${dir}/${lines.name}`;
  if (one(count.said) !== String(lines.said.length)) return [{ label, ...unknown('a part of the answer is missing') }];
  if (lines.said.length === 0) return [{ label, ...value(true, 'it publishes nothing') }];
  return lines.said.map((line) => {
    const each = parse(line);
    return each ? tell(each, label, allow) : { label, ...unknown('the answer is not understood') };
  });
}

function parse(json: string): Said | null {
  try {
    return JSON.parse(json) as Said;
  } catch {
    return null;
  }
}

function tell(each: Said, file: string, allow: string[]): Labelled {
  const where = `${file}:${each.line}`;
  if (each.kind === 'unclear') return { label: `what ${file} publishes`, ...unknown(each.what), where };
  const label = `service ${each.service}`;
  if (each.kind === 'host') return { label, ...value(false, "it uses the host's network", where) };
  const { address, text } = each;
  const own = isLoopback(address);
  if (own === null) return { label, ...unknown(`${text} is bound to ${address}, which is no address`), where };
  const allowed = allow.some((other) => sameAddress(other, address));
  return { label, ...value(own || allowed, `${text}${boundTo(address, own, allowed)}`, where) };
}

function boundTo(address: string, own: boolean, allowed: boolean): string {
  if (isWildcard(address)) return ', on all addresses';
  return `, on ${address}${own || !allowed ? '' : ', which is allowed'}`;
}
