import type { Observation } from '../../model/observation.ts';
import { effectiveProbe } from './probes.ts';
import type { Seen } from './seen.ts';

/** What `sshd -t` says, once for every set of options in use: with a broken file sshd does not start again. */
export function readValid({ tests }: Seen): Observation[] {
  return tests.map(({ code, options, said }) => {
    const label = `the configuration of sshd${options && ` ${options}`}`;
    const about = { fact: 'valid', label, probe: effectiveProbe.name };
    if (code !== 0 && said.some((line) => notItsFault.test(line))) {
      return { ...about, state: 'unknown', code: 'unparsable', message: said.join('; ') };
    }
    if (![0, 1, 255].includes(code)) {
      return { ...about, state: 'unknown', code: 'unparsable', message: `sshd -t ended with ${code}` };
    }
    const note = said.join('; ');
    return { ...about, ...(note && { note }), state: 'value', value: code === 0 };
  });
}

/** Complaints about where sshd is asked, not about what is configured. */
const notItsFault = /Missing privilege separation directory|Permission denied|unshare: |mount: |Cannot allocate memory/;
