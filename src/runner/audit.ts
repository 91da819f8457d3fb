import pLimit from 'p-limit';
import type { Catalog } from '../catalog/index.ts';
import { digestOf } from '../evidence/index.ts';
import { disagreements, gate, judgeHost, summarizeHosts } from '../judge/index.ts';
import type { Control } from '../model/control.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Plan } from '../model/plan.ts';
import type { HostResult, Report } from '../model/report.ts';
import type { Severity } from '../model/severity.ts';
import type { Waiver } from '../model/waiver.ts';
import type { Resource } from '../resources/resource.ts';
import { collectHost, type Source } from './collect.ts';
import { planProbes } from './plan.ts';
import { version } from './version.ts';

/** What is audited, and how strictly. */
export interface Audit {
  catalog: Catalog;
  /** The controls of the catalogue that the command line chose. */
  controls: Control[];
  waivers: Waiver[];
  resources: Readonly<Record<string, Resource>>;
  failOn: Severity;
}

/** What asking needs of it: how strictly it is judged is nobody's business then. */
export type Asked = Pick<Audit, 'catalog' | 'controls' | 'resources'>;

export interface RunOptions {
  concurrency: number;
  timeoutSeconds: number;
  /** Secret inputs by name, for the probes that need them. */
  secrets?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
  onProgress?: (host: string, news: News) => void;
}

/** How far one host is; the look from outside says in words how far it is itself. */
export type News = { state: 'started' } | { state: 'looking'; words: string } | { state: 'done'; evidence: Evidence };

/** Asks all hosts, so many at a time; the order of the answers is the order of the hosts. */
export async function collectAll(audit: Asked, sources: Source[], options: RunOptions): Promise<Evidence[]> {
  const plan = planProbes(audit.controls, audit.resources);
  const limit = pLimit(options.concurrency);
  return Promise.all(
    sources.map((source) =>
      limit(async () => {
        options.onProgress?.(source.name, { state: 'started' });
        const evidence = await collectHost(source, plan, profileDigest(audit), {
          ...options,
          onLook: (words) => options.onProgress?.(source.name, { state: 'looking', words }),
        });
        options.onProgress?.(source.name, { state: 'done', evidence });
        return evidence;
      }),
    ),
  );
}

/** Judges evidence of any age into a report. */
export function judgeAll(audit: Audit, evidence: Evidence[], startedAt: Date, durationMs: number): Report {
  const plan = planProbes(audit.controls, audit.resources);
  const hosts = evidence.map((each) => judgeOne(audit, plan, each, startedAt.toISOString()));
  return {
    schemaVersion: 1,
    tool: { name: 'fleet-audit', version: version() },
    startedAt: startedAt.toISOString(),
    durationMs,
    profile: {
      id: audit.catalog.id,
      title: audit.catalog.title,
      digest: profileDigest(audit),
      sections: audit.catalog.sections,
    },
    failOn: audit.failOn,
    warnings: warningsOf(hosts),
    hosts,
    summary: summarizeHosts(hosts),
    exitCode: gate(hosts, audit.failOn),
  };
}

function judgeOne(
  { catalog, controls, waivers, resources }: Audit,
  plan: Plan,
  evidence: Evidence,
  judgedAt: string,
): HostResult {
  const { leftOut, reasons } = catalog;
  return judgeHost({ controls, leftOut, reasons, plan, evidence, waivers, resources, judgedAt });
}

/** Equal digests: the same controls with the same inputs, wherever their files are. */
function profileDigest({ catalog, controls }: Asked): string {
  return digestOf([catalog.id, controls.map((control) => ({ ...control, source: null }))]);
}

function warningsOf(hosts: HostResult[]): string[] {
  return [...waiverWarnings(hosts), ...hosts.flatMap((host) => disagreements(host.name, host.exposure))];
}

function waiverWarnings(hosts: HostResult[]): string[] {
  const waived = hosts.flatMap((host) => host.controls.filter((each) => each.waiver).map((each) => ({ host, each })));
  return waived.flatMap(({ host, each }) => {
    const { state, expires } = each.waiver!;
    if (state === 'expired') return [`the waiver for ${each.id} on ${host.name} expired on ${expires}`];
    return state === 'stale' ? [`${each.id} passes on ${host.name}: its waiver can go`] : [];
  });
}
