import type { Observation } from '../../model/observation.ts';
import { unknownFacts } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { absent, observe, unknown, value, type Told } from '../said.ts';
import { readAptConfig, toBoolean, type AptConfig } from './parse.ts';
import { aptConfigProbe } from './probe.ts';

/** One key, as text, as a list and as yes or no. */
export function readKey(key: string, answers: Answers): Observation[] {
  const label = () => key;
  const config = readAptConfig(answers);
  if (!config.ok) return unknownFacts(['value', 'values', 'on'], label, aptConfigProbe.name, config);
  return observe(aptConfigProbe.name, label, tell(key, config));
}

function tell(key: string, config: AptConfig): Record<string, Told> {
  const where = config.whereIs(key);
  const text = config.find(key);
  const list = config.list(key);
  const note = where && `set by ${where}`;
  const none = absent(`nothing sets ${key}`);
  return {
    value: text === null ? none : value(text, note, where),
    values: list.length > 0 ? value(list) : none,
    on: text === null ? none : tellBoolean(text, note, where),
  };
}

function tellBoolean(text: string, note?: string, where?: string): Told {
  const on = toBoolean(text);
  return on === null ? unknown(`"${text}" is neither yes nor no to apt`) : value(on, note, where);
}
