import { readable, type Unreadable } from '../answer.ts';
import { readRelease } from '../os/release.ts';
import type { Answers } from '../resource.ts';
import { said } from '../said.ts';
import { isSecurity } from '../updates/parse.ts';
import { updatesProbe } from '../updates/probe.ts';
import { archivesProbe } from './probe.ts';

/** An archive as unattended-upgrades knows it. */
export interface Archive {
  origin: string;
  label: string;
  archive: string;
  codename: string;
  component: string;
  site: string;
}

/** The distribution, by the words that stand for it in origins, and the archives that apt uses. */
export interface Archives {
  ok: true;
  id: string;
  codename: string;
  used: Archive[];
  /** Archives that are among the sources, and whose lists have nothing in them or are not there. */
  empty: Archive[];
}

/** Which archives there are to upgrade from: lists that apt uses, by the names in their Release files. */
export function readArchives(answers: Answers): Archives | Unreadable {
  const releases = said(answers, archivesProbe.name, ['release']);
  if (!releases.ok) return releases;
  const used = readable(answers, updatesProbe.name);
  if (!used.ok) return used;
  if (!used.stdout.endsWith('\nend\n')) return odd(`${updatesProbe.name} printed something else than expected`);
  const [id, codename] = ['id', 'codename'].map((fact) => osFact(answers, fact));
  if (!id || !codename) return odd('os-release does not say which release this is');
  const known = (word: string) => {
    const rows = used.stdout.split('\n').filter((line) => line.startsWith(`${word}|`));
    return rows
      .map((row) => toArchive(row.slice(word.length + 1), releases.said.release))
      .filter((each) => each !== null);
  };
  // lsb_release's "Distributor ID", which unattended-upgrades puts in for ${distro_id}, is the ID with a capital.
  return { ok: true, id: id[0]!.toUpperCase() + id.slice(1), codename, used: known('list'), empty: known('empty') };
}

function osFact(answers: Answers, fact: string): string | null {
  const found = readRelease(answers).find((each) => each.fact === fact);
  return found?.state === 'value' ? String(found.value) : null;
}

/** `…_dists_noble-security_main_binary-amd64_Packages|http://…` with the rows of `…_dists_noble-security_InRelease`. */
function toArchive(list: string, releases: string[]): Archive | null {
  const [file = '', uri = ''] = list.split('|');
  const bases = releases.map((row) => row.split('|')[0]!.replace(/(In)?Release$/, ''));
  const base = bases.find((each) => file.startsWith(each));
  if (base === undefined) return null;
  const rows = releases.filter((_, index) => bases[index] === base);
  const named = (key: string) => rows.find((row) => row.includes(`|${key}: `))?.split(`|${key}: `)[1] ?? '';
  return {
    origin: named('Origin'),
    label: named('Label'),
    archive: named('Suite'),
    codename: named('Codename'),
    component: /^(.*)_binary-/.exec(file.slice(base.length))?.[1]?.split('_').at(-1) ?? '',
    site: URL.canParse(uri) ? new URL(uri).hostname : '',
  };
}

/** Security archives of this release of the distribution itself, not those of ESM or of others. */
export function securityArchives(archives: Archives): Archive[] {
  return archives.used.filter((each) => isOwnSecurity(each, archives));
}

/**
 * Components that this release's packages come from and its security archive has no list of; main always counts. Of others an empty
 * list will do: Debian's has nothing in some of them.
 */
export function withoutSecurity(archives: Archives): string[] {
  const { id, codename, used, empty } = archives;
  const isPlain = (each: Archive) =>
    each.origin === id &&
    [codename, `${codename}-updates`].includes(each.codename) &&
    !/-(backports|proposed|security)/.test(each.archive);
  const secured = new Set([
    ...securityArchives(archives).map(({ component }) => component),
    ...empty
      .filter((each) => isOwnSecurity(each, archives) && each.component !== 'main')
      .map(({ component }) => component),
  ]);
  const needed = new Set(['main', ...used.filter(isPlain).map(({ component }) => component)]);
  return [...needed].filter((each) => !secured.has(each));
}

function isOwnSecurity({ origin, label, archive, codename: name }: Archive, { id, codename }: Archives): boolean {
  const isNamed = [label, archive, name].some((each) => isSecurity(each));
  return (
    origin === id && isNamed && [name, archive].some((each) => each === codename || each === `${codename}-security`)
  );
}

/** The archive of the release itself; where apt uses none, as it would call itself on Ubuntu. */
export function releaseArchives({ id, codename, used }: Archives): Archive[] {
  const found = used.filter((each) => each.origin === id && each.codename === codename && !isSecurity(each.label));
  const own = found.filter((each) => !/-(updates|backports|proposed|security)/.test(each.archive));
  return own.length > 0 ? own : [archiveOf(id, codename, codename)];
}

/** Ubuntu's two archives of extended maintenance, which are there only on hosts that are attached to Ubuntu Pro. */
export function esmArchives({ id, codename }: Archives): Archive[] {
  return [
    archiveOf(`${id}ESMApps`, `${codename}-apps-security`, codename),
    archiveOf(`${id}ESM`, `${codename}-infra-security`, codename),
  ];
}

function archiveOf(origin: string, archive: string, codename: string): Archive {
  return { origin, label: origin, archive, codename, component: 'main', site: 'esm.ubuntu.com' };
}

function odd(message: string): Unreadable {
  return { ok: false, code: 'unparsable', message };
}
