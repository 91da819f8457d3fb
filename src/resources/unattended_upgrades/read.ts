import type { Observation } from '../../model/observation.ts';
import { unknownFacts, type Unreadable } from '../answer.ts';
import { readAptConfig, toBoolean, type AptConfig } from '../apt_config/parse.ts';
import { aptConfigProbe } from '../apt_config/probe.ts';
import type { Answers } from '../resource.ts';
import { observe, unknown, value, type Told } from '../said.ts';
import {
  esmArchives,
  readArchives,
  releaseArchives,
  securityArchives,
  withoutSecurity,
  type Archive,
  type Archives,
} from './archives.ts';
import { holdsBack, notExcluded } from './excluded.ts';
import { allowedOrigins, isAllowed } from './origins.ts';
import { listsEvery, upgradesEvery } from './periodic.ts';

const labels: Record<string, string> = {
  lists_every: 'the interval in which package lists are downloaded',
  upgrades_every: 'the interval in which upgrades are installed',
  allows_security: 'security updates of this release',
  allows_release: 'updates from the archive of this release',
  allows_esm: "updates from Ubuntu's extended maintenance (ESM)",
  not_excluded: 'packages to be excluded that would be upgraded',
  holds_back: 'packages that are kept from security updates',
  reboots: 'unattended-upgrades',
};
const label = (fact: string) => labels[fact]!;

/** What apt's merged configuration makes unattended-upgrades do, with the archives that apt has. */
export function readUpgrades(options: { packages?: string[] }, answers: Answers): Observation[] {
  const config = readAptConfig(answers);
  if (!config.ok) return unknownFacts(Object.keys(labels), label, aptConfigProbe.name, config);
  return observe(aptConfigProbe.name, label, {
    lists_every: listsEvery(config),
    upgrades_every: upgradesEvery(config),
    ...origins(config, readArchives(answers)),
    not_excluded: notExcluded(config, options.packages ?? []),
    holds_back: holdsBack(config, options.packages ?? [], answers),
    reboots: reboots(config),
  });
}

function origins(config: AptConfig, archives: Archives | Unreadable): Record<string, Told> {
  const facts = ['allows_security', 'allows_release', 'allows_esm'];
  const same = (told: Told) => Object.fromEntries(facts.map((fact) => [fact, told]));
  if (!archives.ok) return same(unknown(archives.message, archives.code));
  if (archives.used.length === 0)
    return same(unknown('apt has downloaded no lists, run apt-get update first', 'stale'));
  const allowed = allowedOrigins(config, archives.id, archives.codename);
  if (typeof allowed === 'string') return same(value(false, `unattended-upgrades stops at the origin "${allowed}"`));
  const tell = (wanted: Archive[]) => {
    const missing = wanted.filter((each) => !isAllowed(each, allowed));
    return value(
      missing.length === 0,
      `${missing.length ? 'no origin matches' : 'from'} ${(missing.length ? missing : wanted).map(show).join(', ')}`,
    );
  };
  const security = securityArchives(archives);
  const missing = withoutSecurity(archives);
  const none = `apt uses no security archive of this release${security.length ? ` for ${missing.join(', ')}` : ''}`;
  return {
    allows_security: missing.length === 0 ? tell(security) : value(false, none),
    allows_release: tell(releaseArchives(archives)),
    allows_esm:
      archives.id === 'Ubuntu'
        ? tell(esmArchives(archives))
        : { state: 'skipped', message: `${archives.id} has no ESM` },
  };
}

function show({ origin, label: name, archive, codename }: Archive): string {
  return `${origin} ${name === origin ? '' : `${name} `}${archive}${archive === codename ? '' : ` (${codename})`}`;
}

/** Its default is no; to apt's find_b a word that it does not know is the default, too. */
function reboots(config: AptConfig): Told {
  const key = 'Unattended-Upgrade::Automatic-Reboot';
  const text = config.find(key);
  if (text === null) return value(false, 'nothing sets it, and no is the default');
  const where = config.whereIs(key);
  const on = toBoolean(text);
  if (on === null) return unknown(`${key} is "${text}", which is neither yes nor no to apt`);
  return value(on, where && `set by ${where}`, where);
}
