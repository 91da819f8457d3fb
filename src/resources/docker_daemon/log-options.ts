import type { Info } from '../docker/info.ts';
import { logDriver, logOptions, setting } from './settings.ts';
import type { Start } from './start.ts';

const of = (text: string) => new Set(text.split(' '));
const common = of('mode max-buffer-size cache-disabled cache-max-size cache-max-file cache-compress');
const byDriver: Record<string, Set<string>> = {
  'json-file': of('max-size max-file compress labels labels-regex env env-regex tag'),
  local: of('max-size max-file compress'),
  journald: of('labels labels-regex env env-regex tag'),
};

/**
 * A log option that its driver does not know. dockerd does not start with it and `--validate` does not see it (26.1), so that a change of
 * the driver alone is a trap. Drivers of log services are left out; `none` takes everything.
 */
export function foreignLogOption(info: Info, start: Start): string | null {
  const [driver, options] = [setting(logDriver, info, start), setting(logOptions, info, start)];
  if (!driver.ok || !options.ok || !options.set) return null;
  const name = driver.set ?? 'json-file';
  const known = Object.hasOwn(byDriver, name) ? byDriver[name]! : null;
  const foreign = known && Object.keys(options.set).find((each) => !known.has(each) && !common.has(each));
  return foreign ? `the log driver ${name} does not know ${foreign}, and dockerd does not start with it` : null;
}
