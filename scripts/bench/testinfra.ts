import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LabHost } from '../../lab/index.ts';
import { interleave, median, node, run } from './measure.ts';
import { sshConfigThrough } from './ssh-config.ts';

const suite = new URL('test_guide.py', import.meta.url).pathname;
/** Debian's python3-testinfra belongs to the system's own Python. */
const pytest = [
  '/usr/bin/python3',
  '-m',
  'pytest',
  '-q',
  '-p',
  'no:cacheprovider',
  '--hosts=ssh://ubuntu',
  '--sudo',
  suite,
];
const ours = node('dist/cli.js', 'run', '--target', 'ubuntu', '--reporter', 'json', '--quiet');

/**
 * The same controls by pytest-testinfra and by us, over the same line to the same host. As installed it asks for a shared
 * connection without saying where, so ssh(1) makes a new one for each question; with a ControlPath it has one.
 */
export async function againstTestinfra(rounds: number, host: LabHost, port: number): Promise<void> {
  const controls = [...readFileSync(suite, 'utf8').matchAll(/^def test_(\w+)/gm)].map(([, name = '']) => name);
  const chosen = controls.flatMap((name) => ['--control', name.replaceAll('_', '-')]);
  const config = sshConfigThrough(host, port);
  const shared = sshConfigThrough(host, port, `  ControlPath ${mkdtempSync(join(tmpdir(), 'mux-'))}/s\n`);
  const commands = [
    [...pytest, `--ssh-config=${config}`],
    [...pytest, `--ssh-config=${shared}`],
    [...ours, '--ssh-config', config, ...chosen],
  ];
  await holdsForBoth(commands, controls.length);
  const [plain, multiplexed, mine] = (await interleave(rounds, commands)).map(median);
  row(`${controls.length} controls: testinfra as installed`, plain!, mine!);
  row(`${controls.length} controls: testinfra with one shared connection`, multiplexed!, mine!);
}

/** A ratio of anything else would compare nothing. */
async function holdsForBoth([theirs, , mine]: string[][], count: number): Promise<void> {
  const { stdout } = await run(theirs!);
  if (!stdout.includes(`${count} passed`)) throw new Error(`testinfra does not pass ${count} tests:\n${stdout}`);
  const { summary } = JSON.parse((await run(mine!)).stdout) as { summary: { pass: number } };
  if (summary.pass !== count) throw new Error(`fleet-audit passes ${summary.pass} of ${count} controls`);
}

function row(name: string, theirs: number, mine: number): void {
  const ratio = (theirs / mine).toFixed(1);
  console.log(`${name} / fleet-audit: ${theirs.toFixed(0)} / ${mine.toFixed(0)} ms = ${ratio} (aim ≥ 15)`);
}
