import type { Observation } from '../../model/observation.ts';
import { unknownFacts } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { absent, observe, one, said, unknown, value, type Said, type Told } from '../said.ts';
import { homeFacts, sshDirFacts } from './home.ts';
import { passwordOf } from './password.ts';
import { accountProbe } from './probes.ts';

const words = [
  'code',
  'passwd',
  'odd',
  'same',
  'all',
  'shadowcode',
  'shadow',
  'home',
  'homemode',
  'sshdir',
  'sshlink',
  'runs',
  'valid',
  'groups',
] as const;
export type Account = Said<(typeof words)[number]>;

const facts = [
  'exists',
  'uid',
  'same_uid',
  'home',
  'home_exists',
  'home_owner',
  'home_mode',
  'ssh_dir_type',
  'ssh_dir_mode',
  'ssh_dir_owner',
  'ssh_dir_group',
  'shell',
  'shell_valid',
  'password',
  'groups',
  'privileged_groups',
];

/** What the account is, from `getent` and from what its home and shell are. */
export function readAccount(name: string, answers: Answers): Observation[] {
  const probe = accountProbe(name).name;
  const label = (fact: string) => labels[fact]?.replace('NAME', name) ?? `${fact} of ${name}`;
  const answer = said(answers, probe, words);
  if (!answer.ok) return unknownFacts(facts, label, probe, answer);
  return observe(probe, label, tell(name, answer.said));
}

const labels: Record<string, string> = {
  exists: 'NAME',
  same_uid: 'other accounts with the uid of NAME',
  home_exists: 'NAME',
  home_owner: "owner of NAME's home",
  home_mode: "mode of NAME's home",
  ssh_dir_type: "type of NAME's .ssh",
  ssh_dir_mode: "mode of NAME's .ssh",
  ssh_dir_owner: "owner of NAME's .ssh",
  ssh_dir_group: "group of NAME's .ssh",
  shell_valid: 'NAME',
  privileged_groups: 'powerful groups of NAME',
};

/** getent(1): 2 means that it was not found. */
function tell(name: string, account: Account): Record<string, Told> {
  const line = one(account.passwd)?.split('|');
  if (one(account.code) === '2' && !line && account.odd.length === 0) return gone(name);
  const [password, found, uid, , home, shell] = line ?? [];
  if (one(account.code) !== '0' || line?.length !== 6 || found !== name || !/^\d+$/.test(uid ?? '')) {
    return all(unknown(`getent did not tell the account ${name}`));
  }
  return {
    exists: value(true),
    uid: value(Number(uid)),
    same_uid: Number(one(account.all)) > 0 ? value(account.same) : unknown('getent lists no accounts'),
    ...homeFacts(name, uid!, home!, account),
    ...sshDirFacts(name, uid!, home!, account),
    ...shellFacts(shell!, account),
    password: passwordOf(name, password!, account),
    ...groupFacts(one(account.groups)),
  };
}

function gone(name: string): Record<string, Told> {
  return { ...all(absent(`there is no account ${name}`)), exists: value(false) };
}

function all(told: Told): Record<string, Told> {
  return Object.fromEntries(facts.map((fact) => [fact, told]));
}

/** passwd(5): an empty field is /bin/sh. pam_shells(8) and others go by /etc/shells. */
function shellFacts(field: string, { runs, valid }: Account): Record<string, Told> {
  const shell = field || '/bin/sh';
  const told = value(shell, field ? undefined : 'the field is empty');
  if (/\/(nologin|false)$/.test(shell)) return { shell: told, shell_valid: value(false, shell) };
  if (!one(runs)) return { shell: told, shell_valid: value(false, `${shell} cannot be executed`) };
  if (valid.length === 0) return { shell: told, shell_valid: unknown('/etc/shells lists none') };
  return {
    shell: told,
    shell_valid: valid.includes(shell) ? value(true) : value(false, `${shell} is not in /etc/shells`),
  };
}

function groupFacts(line: string | null): Record<string, Told> {
  const names = line?.split(' ') ?? [];
  if (!line || line.startsWith('id: ') || !names.every((each) => /^[^\s:,]+$/.test(each))) {
    const why = unknown(line || 'id did not tell its groups');
    return { groups: why, privileged_groups: why };
  }
  return { groups: value(names), privileged_groups: value(names.filter((each) => privileged.has(each))) };
}

/** Base groups of Debian (/usr/share/doc/base-passwd/users-and-groups.html) and those of container and VM managers. */
const privileged = new Set(
  'root wheel sudo admin adm disk kmem shadow staff docker podman lxd incus incus-admin libvirt libvirt-qemu kvm'.split(
    ' ',
  ),
);
