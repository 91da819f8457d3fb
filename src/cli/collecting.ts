import type { Evidence } from '../model/evidence.ts';
import { plural } from '../model/plural.ts';
import { collectAll, planProbes, type Asked, type News } from '../runner/index.ts';
import { exitCodes } from './exit.ts';
import type { TargetOptions } from './options.ts';
import { createProgress, type Progress } from './progress.ts';
import { readSecrets } from './secrets.ts';
import { createSources } from './sources.ts';

/** Asks every target of the command line, with progress on stderr. Null: the user interrupted. */
export async function collectTargets(
  audit: Asked,
  options: TargetOptions & { quiet?: boolean },
): Promise<Evidence[] | null> {
  const secrets = await readSecrets(audit.catalog.secrets);
  const sources = await createSources(options);
  const questions = planProbes(audit.controls, audit.resources).probes.length;
  const progress = createProgress(sources.length, questions, options.quiet ?? false);
  const interrupt = new AbortController();
  const onSignal = () => interrupt.abort();
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
    const evidence = await collectAll(audit, sources, {
      concurrency: options.concurrency,
      timeoutSeconds: options.timeout,
      secrets,
      signal: interrupt.signal,
      onProgress: (host, news) => show(progress, host, news),
    });
    if (!interrupt.signal.aborted) return evidence;
    process.exitCode = exitCodes.interrupted;
    return null;
  } finally {
    progress.stop();
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

function show(progress: Progress, host: string, news: News): void {
  switch (news.state) {
    case 'started':
      return progress.started(host);
    case 'looking':
      return progress.looking(host, news.words);
    case 'done':
      return progress.done(host, inWords(news.evidence));
  }
}

function inWords({ error, probes, execs, logins }: Evidence): string {
  if (error) return `${error.code}: ${error.message}`;
  return [plural(Object.keys(probes).length, 'answer'), plural(logins, 'login'), plural(execs, 'exec')].join(', ');
}
