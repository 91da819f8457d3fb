import { compileRegex } from '../../matchers/index.ts';
import type { AptConfig } from '../apt_config/parse.ts';
import type { Answers } from '../resource.ts';
import { said, unknown, value, type Told } from '../said.ts';
import { installedProbe } from './probe.ts';

/** Packages that get security updates again and again, of different names: what holds one of them back is too much. */
const sample = [
  ...[
    'apt',
    'base-files',
    'bash',
    'ca-certificates',
    'coreutils',
    'curl',
    'dpkg',
    'fail2ban',
    'git',
    'gnupg',
    'iptables',
  ],
  ...[
    'libc6',
    'libcurl4',
    'libssl3',
    'libxml2',
    'openssh-server',
    'openssl',
    'perl-base',
    'python3',
    'rsyslog',
    'sudo',
  ],
  ...['systemd', 'tzdata', 'ufw', 'unattended-upgrades', 'util-linux', 'vim-common', 'wget', 'xz-utils', 'zlib1g'],
];

/** Those of `packages` that no entry of the blacklist matches. */
export function notExcluded(config: AptConfig, packages: string[]): Told {
  const entries = blacklist(config);
  const odd = entries.find((entry) => !isPattern(entry));
  if (odd !== undefined) return unknown(`"${odd}" is a pattern that cannot be judged here`);
  const where = config.whereIs(key);
  return value(
    packages.filter((each) => !entries.some((entry) => startsWith(entry, each))),
    where && `see ${where}`,
    where,
  );
}

/** Installed packages, and those of the sample, that the blacklist names or a whitelist leaves out; Docker's own are left to people. */
export function holdsBack(config: AptConfig, packages: string[], answers: Answers): Told {
  const installed = said(answers, installedProbe.name, ['package']);
  if (!installed.ok) return unknown(installed.message, installed.code);
  if (installed.said.package.length === 0) return unknown('dpkg-query named no package');
  const all = [...new Set([...sample, ...installed.said.package])].filter(
    (each) => !packages.includes(each) && !/^(docker|containerd|runc)\b/.test(each),
  );
  const allowed = config.list('Unattended-Upgrade::Package-Whitelist');
  const entries = blacklist(config);
  const odd = [...entries, ...allowed].find((entry) => !isPattern(entry));
  if (odd !== undefined) return unknown(`"${odd}" is a pattern that cannot be judged here`);
  const wide = entries.filter((entry) => all.some((each) => startsWith(entry, each)));
  const left = allowed.length > 0 ? all.filter((each) => !allowed.some((entry) => startsWith(entry, each))) : [];
  const listed = all.filter((each) => wide.some((entry) => startsWith(entry, each)));
  const notes = [...wide.map((entry) => `Package-Blacklist "${entry}"`), ...(left.length ? ['Package-Whitelist'] : [])];
  return value([...new Set([...listed, ...left])], notes.join(', ') || undefined);
}

const key = 'Unattended-Upgrade::Package-Blacklist';

function blacklist(config: AptConfig): string[] {
  return config.list(key);
}

function isPattern(entry: string): boolean {
  try {
    compileRegex(anchored(entry));
    return true;
  } catch {
    return false;
  }
}

/** Python's re.match: from the beginning, not to the end. */
function startsWith(entry: string, name: string): boolean {
  return compileRegex(anchored(entry)).matcher(name).find();
}

function anchored(entry: string): string {
  return `^(?:${entry})`;
}
