/**
 * `npm run bench`: ratios of things measured in one run, interleaved, so that a noisy machine does not matter. Start-up
 * against bare node; the whole profile over SSH behind a 50 ms round trip against a bare login that runs `true`,
 * without the sweep of all ports.
 * `npm run bench -- sweep` (ten minutes): all TCP ports from outside against nmap alone.
 * `npm run bench -- testinfra` (minutes): forty controls against the same by pytest-testinfra (Debian: python3-testinfra).
 */
import { delayProxy } from '../lab/delay.ts';
import { boot, prepare, type LabHost } from '../lab/index.ts';
import { interleave, median, node, peakMemory } from './bench/measure.ts';
import { sshConfigThrough } from './bench/ssh-config.ts';
import { sweep } from './bench/sweep.ts';
import { againstTestinfra } from './bench/testinfra.ts';

const rounds = Number(process.env.BENCH_ROUNDS ?? 7);
const oneWayMs = 25;

if (process.argv[2] === 'sweep') {
  await prepare();
  await sweep(Number(process.env.BENCH_ROUNDS ?? 20));
  process.exit();
}
console.log(`medians of ${rounds} interleaved rounds, a round trip takes ${2 * oneWayMs} ms`);
if (process.argv[2] === 'testinfra') {
  await farAway(againstTestinfra);
} else {
  await startUp();
  await farAway(wholeProfile);
}

async function startUp(): Promise<void> {
  const [bare, version] = await interleave(rounds, [node('-e', '0'), node('dist/cli.js', '--version')]);
  row('start-up: --version / node -e 0', median(version!), median(bare!), 2);
}

/** Measures against a lab host behind a line that holds every byte back. */
async function farAway(measure: (rounds: number, target: LabHost, port: number) => Promise<void>): Promise<void> {
  await prepare();
  const host = await boot({ release: 'debian13', layer: 'hardened' });
  const proxy = await delayProxy({ to: { host: host.address, port: 22 }, oneWayMs });
  try {
    await measure(rounds, host, proxy.port);
  } finally {
    await proxy.close();
    await host.stop();
  }
}

async function wholeProfile(times: number, target: LabHost, port: number): Promise<void> {
  const config = sshConfigThrough(target, port);
  const audit = node(
    'dist/cli.js',
    'run',
    '--ssh-config',
    config,
    '--target',
    'ubuntu',
    '--quiet',
    // The sweep of all ports is measured by itself.
    '--input',
    'outside=none',
    '--reporter',
    'json',
  );
  const bare = node('scripts/bench/bare-login.mjs', target.identity, String(port));
  const [floor, whole] = await interleave(times, [bare, audit]);
  row('whole profile over SSH / bare login', median(whole!), median(floor!), 1.7);
  console.log(`peak memory of the audit: ${await peakMemory(audit)} MiB`);
}

function row(name: string, ours: number, floor: number, aim: number): void {
  console.log(`${name}: ${ours.toFixed(0)} / ${floor.toFixed(0)} ms = ${(ours / floor).toFixed(2)} (aim ≤ ${aim})`);
}
