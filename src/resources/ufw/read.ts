import type { Observation } from '../../model/observation.ts';
import { unknownFacts } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { absent, observe, unknown, value, type Told } from '../said.ts';
import { ufwFilesIn, type UfwFiles } from './parse.ts';
import { ufwPaths, ufwProbe } from './probes.ts';
import { otherFiles, otherNetwork } from '../systemd.ts';
import { areSettings, settingsOf, type Settings } from './settings.ts';

const labels: Record<string, string> = { starts_at_boot: 'UFW', ipv6: "UFW's IPv6", log_level: "UFW's log level" };

/** What UFW's files say of UFW itself. */
export function readUfw(answers: Answers): Observation[] {
  const label = (fact: string) => labels[fact]!;
  const answer = ufwFilesIn(answers);
  if (!answer.ok) return unknownFacts(Object.keys(labels), label, ufwProbe.name, answer);
  const { files } = answer;
  const settings = settingsOf(files);
  if (!areSettings(settings)) {
    const why = { code: 'unparsable', message: settings.odd } as const;
    return unknownFacts(Object.keys(labels), label, ufwProbe.name, why);
  }
  return observe(ufwProbe.name, label, {
    starts_at_boot: startsAtBoot(files, settings),
    ipv6: ipv6Of(files, settings),
    log_level: logLevelOf(settings),
  });
}

/** Both must hold: the unit runs ufw-init at boot, and ufw-init finds ENABLED=yes. */
export function startsAtBoot(files: UfwFiles, settings: Settings): Told {
  const missing = (['default', 'conf'] as const).find((name) => !files.lines[name]);
  if (missing) return value(false, `${ufwPaths[missing]} is missing or empty`);
  const { ENABLED } = settings;
  if (!isYes(ENABLED?.value))
    return value(false, ENABLED ? `ENABLED=${ENABLED.value}` : 'ENABLED is not set', ENABLED?.where);
  const { LoadState, UnitFileState } = files.unit;
  if (LoadState !== 'loaded' || UnitFileState !== 'enabled') {
    return value(false, `ufw.service is ${LoadState === 'loaded' ? UnitFileState || 'no unit file' : LoadState}`);
  }
  if (!files.pulled) return value(false, 'ufw.service is enabled, but default.target does not want it');
  const property = (name: string) => files.unit[name];
  const network = otherNetwork(property);
  if (network) return value(false, `ufw.service has ${network}: what it loads is not the host's`);
  const { conditions } = files;
  if (conditions.length) return unknown(`ufw.service depends on ${conditions.join(', ')}`, 'needs-person');
  const apart = otherFiles(property);
  if (apart) return unknown(`ufw.service has ${apart}`, 'needs-person');
  if (!runsUfwInit(files.unit)) return unknown('ufw.service runs something else than ufw-init', 'needs-person');
  return value(true, 'ENABLED=yes, and ufw.service is enabled', ENABLED!.where);
}

/** The one spelling that ufw-init knows besides lower case. */
export function isYes(text: string | undefined): boolean {
  return text === 'yes' || text === 'YES';
}

function runsUfwInit({ ExecCondition, ExecStartPre, ExecStart, ExecStartPost }: Record<string, string>): boolean {
  if (ExecCondition || ExecStartPre || ExecStartPost) return false;
  return /^\{ path=(\/usr)?\/lib\/ufw\/ufw-init ; argv\[\]=(\/usr)?\/lib\/ufw\/ufw-init start( quiet)?$/.test(
    ExecStart ?? '',
  );
}

function ipv6Of({ ipv6 }: UfwFiles, { IPV6 }: Settings): Told {
  if (isYes(IPV6?.value)) return value('managed', `IPV6=${IPV6!.value}`, IPV6!.where);
  if (ipv6 === 'unclear') return unknown('whether the host has IPv6 is unclear');
  if (ipv6 === 'off') return value('off', 'no interface of the host has IPv6');
  const setting = IPV6 ? `IPV6=${IPV6.value}` : 'IPV6 is not set';
  return value('left out', `${setting}: UFW drops all of it, in and out, but on loopback`, IPV6?.where);
}

function logLevelOf({ LOGLEVEL }: Settings): Told {
  if (!LOGLEVEL) return absent('no LOGLEVEL is set');
  const known = ['off', 'low', 'medium', 'high', 'full'].includes(LOGLEVEL.value);
  return known ? value(LOGLEVEL.value, undefined, LOGLEVEL.where) : unknown(`${LOGLEVEL.where} is no log level`);
}
