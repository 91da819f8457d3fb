import type { Observation } from '../../model/observation.ts';
import { unknownFacts } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { absent, observe, one, said, unknown, value, type Said, type Told } from '../said.ts';
import { nameProbe } from './probes.ts';

type Name = Said<'current' | 'static' | 'read' | 'none' | 'boot' | 'cloud' | 'preserve'>;

const label = (fact: string) => (fact === 'preserved' ? 'host name' : `${fact} host name`);

/** The name now and after a reboot, and whether cloud-init leaves it alone. */
export function readName(answers: Answers): Observation[] {
  const words = ['current', 'static', 'read', 'none', 'boot', 'cloud', 'preserve'] as const;
  const answer = said(answers, nameProbe.name, words);
  if (!answer.ok) return unknownFacts(['static', 'current', 'preserved'], label, nameProbe.name, answer);
  const current = one(answer.said.current);
  const preserved = isPreserved(answer.said);
  return observe(nameProbe.name, label, {
    static: withNote(persisted(answer.said), preserved),
    current: current ? value(current) : unknown('the kernel did not say its name'),
    preserved,
  });
}

/** hostname(5): one line, comments aside. The kernel command line wins over the file (systemd(1)). */
function persisted({ static: lines, read, none, boot }: Name): Told {
  const forced = boot.at(-1);
  if (forced) return value(forced, 'set by systemd.hostname= on the kernel command line', '/proc/cmdline');
  const why = one(none);
  if (why !== null) {
    return why.endsWith(': No such file or directory') ? absent('there is no /etc/hostname') : unknown(why);
  }
  if (!one(read)) return unknown('/etc/hostname was not read');
  const at = lines.findIndex((line) => !/^\s*(#|$)/.test(line));
  if (at < 0) return absent('/etc/hostname holds no name');
  const name = lines[at]!.trim();
  return /^[A-Za-z0-9._-]+$/.test(name)
    ? value(name, undefined, `/etc/hostname:${at + 1}`)
    : unknown(`/etc/hostname:${at + 1} is no name`);
}

/** Later files win (cloud-init merges cloud.cfg.d over cloud.cfg); its default is to set the name itself. */
function isPreserved({ cloud, preserve }: Name): Told {
  if (!cloud.includes('there')) return value(true, 'cloud-init is not installed');
  if (cloud.includes('off')) return value(true, '/etc/cloud/cloud-init.disabled');
  const last = preserve.at(-1);
  if (last === undefined) return value(false, 'nothing in /etc/cloud says preserve_hostname: true');
  const [where, line] = [last.slice(0, last.indexOf('|')), last.slice(last.indexOf('|') + 1)];
  const [, word] = /^preserve_hostname\s*:\s*["']?(\w+)["']?\s*(?:#.*)?$/.exec(line) ?? [];
  if (/^(true|yes|on)$/i.test(word ?? '')) return value(true, undefined, where);
  return /^(false|no|off)$/i.test(word ?? '')
    ? value(false, `set by ${where}`, where)
    : unknown(`${where} says ${line}`);
}

/** A remark that changes nothing: the name is right, but may not stay so. */
function withNote(told: Told, preserved: Told): Told {
  if (told.state !== 'value' || told.note || (preserved.state === 'value' && preserved.value)) return told;
  return { ...told, note: 'cloud-init may set another one at a later boot, as preserve_hostname is not true' };
}
