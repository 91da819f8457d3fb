import type { Observation } from '../../model/observation.ts';
import { unknownFacts } from '../answer.ts';
import type { Answers } from '../resource.ts';
import { observe, one, said, unknown, value, type Said, type Told } from '../said.ts';
import { kernelProbe } from './probes.ts';

type Kernel = Said<'running' | 'build' | 'flag' | 'for' | 'image' | 'package' | 'asked'>;

const label = (fact: string) => (fact === 'kernel' ? 'running kernel' : 'this host');

/** Which kernel runs, and whether a reboot is due. */
export function readKernel(answers: Answers): Observation[] {
  const words = ['running', 'build', 'flag', 'for', 'image', 'package', 'asked'] as const;
  const answer = said(answers, kernelProbe.name, words);
  if (!answer.ok) return unknownFacts(['kernel', 'reboot_pending'], label, kernelProbe.name, answer);
  const running = one(answer.said.running);
  const kernel = running ? value(running) : unknown('uname said nothing');
  const due = running ? pending(running, answer.said) : kernel;
  return observe(kernelProbe.name, label, { kernel, reboot_pending: due });
}

/** The flag proves it; that it is not there proves nothing by itself, for not every host has what writes it. */
function pending(running: string, kernel: Kernel): Told {
  const raised = kernel.flag.find((each) => each.startsWith('/'));
  if (raised) return value(true, reasons(kernel.for), raised);
  const odd = kernel.flag.find((each) => !each.endsWith(': No such file or directory'));
  if (kernel.flag.length !== 2 || odd !== undefined) return unknown(odd ?? 'the flag was not looked for');
  return compare(running, kernel);
}

function reasons(packages: string[]): string {
  return packages.length ? `asked for by ${[...new Set(packages)].join(', ')}` : 'it does not say which package asked';
}

function compare(running: string, kernel: Kernel): Told {
  const newest = kernel.image.findLast((each) => !/\.(old|bak|dpkg-\w+)$/.test(each));
  if (newest === undefined) return withoutImages(kernel);
  if (newest !== running) return value(true, `it runs ${running}, ${newest} is installed`, `/boot/vmlinuz-${newest}`);
  return replaced(running, kernel) ?? value(false, `it runs ${running}, the newest installed kernel`);
}

/** A container, or a provider that boots a kernel of its own: nothing on the host's disk is newer, for nothing is there. */
function withoutImages({ package: packages, asked }: Kernel): Told {
  if (!one(asked)) return unknown('there is no kernel in /boot, and dpkg-query did not say whether one is installed');
  const installed = packages.map((each) => each.split('|')).filter(([state]) => state === 'ii ');
  if (installed.length) return unknown(`${installed[0]![1]} is installed, but there is no kernel in /boot`);
  return value(false, 'no package asked for one, and no kernel is installed here: it comes from elsewhere');
}

/** Debian often replaces a kernel without renaming it; its `uname -v` names the package's version. */
function replaced(running: string, { build, package: packages }: Kernel): Told | null {
  const built = / Debian (\S+)/.exec(one(build) ?? '')?.[1];
  const row = packages.map((each) => each.split('|')).find(([, name]) => name === `linux-image-${running}`);
  if (!built || !row || row[0] !== 'ii ' || row[2] === built) return null;
  return value(true, `it runs build ${built} of ${running}, ${row[2]} is installed`, `/boot/vmlinuz-${running}`);
}
