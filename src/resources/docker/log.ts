import { absent, unknown, value, type Told } from '../said.ts';

const units: Record<string, number> = { '': 1, k: 1000, m: 1000 ** 2, g: 1000 ** 3, t: 1000 ** 4 };

/** Bytes of `10m`, as the drivers read it: powers of 1000. Null for what is no size; -1 is no limit. */
export function parseLogSize(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?) ?([kmgt]?)(?:i?b)?$/i.exec(text);
  return match && Number(match[1]) * units[match[2]!.toLowerCase()]!;
}

/**
 * How much of a container's output is kept. json-file has no limit of size unless told, and then one file; local keeps five of 20 MB
 * (https://docs.docker.com/engine/logging/drivers/).
 */
export function logLimits(driver: string, options: Record<string, string>): { size: Told; files: Told } {
  if (driver === 'none') {
    const nothing: Told = { state: 'skipped', message: 'its driver none keeps nothing' };
    return { size: nothing, files: nothing };
  }
  if (driver !== 'json-file' && driver !== 'local') {
    const elsewhere = unknown(`its driver ${driver} keeps logs elsewhere`, 'needs-person');
    return { size: elsewhere, files: elsewhere };
  }
  const local = driver === 'local';
  return { size: size(options['max-size'], local), files: files(options['max-file'], local) };
}

function size(given: string | undefined, local: boolean): Told {
  if (given === undefined && local) return value(20_000_000, "the default of Docker's driver local");
  if (given === undefined || given === '-1') return absent('no max-size is set, so that logs grow without limit');
  const bytes = parseLogSize(given);
  return bytes === null || bytes === 0
    ? unknown(`max-size is ${given}, which is no size`)
    : value(bytes, `max-size ${given}`);
}

function files(given: string | undefined, local: boolean): Told {
  if (given === undefined) return value(local ? 5 : 1, 'the default');
  return /^[1-9]\d{0,5}$/.test(given) ? value(Number(given)) : unknown(`max-file is ${given}, which is no number`);
}
