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
  const lists = used.stdout.split('\n').filter((line) => line.startsWith('list|'));
  const archives = lists.map((line) => toArchive(line.slice(5), releases.said.release));
  const known = archives.filter((each) => each !== null);
  // lsb_release's "Distributor ID", which unattended-upgrades puts in for ${distro_id}, is the ID with a capital.
  return { ok: true, id: id[0]!.toUpperCase() + id.slice(1), codename, used: known };
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

/** Security archives of the distribution itself, not those of ESM or of others. */
export function securityArchives({ id, codename, used }: Archives): Archive[] {
  return used.filter(
    (each) =>
      each.origin === id &&
      [each.label, each.archive, each.codename].some((name) => isSecurity(name)) &&
      (each.codename.startsWith(codename) || each.archive.startsWith(codename)),
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
