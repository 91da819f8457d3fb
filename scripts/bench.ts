/**
 * `npm run bench`: ratios of things measured in one run, interleaved, so that a noisy machine does not matter. Start-up
 * against bare node; the whole profile over SSH behind a 50 ms round trip against a bare login that runs `true`.
 * `npm run bench -- sweep` (ten minutes): all TCP ports from outside against nmap alone.
 */
import { delayProxy } from '../lab/delay.ts';
import { boot, prepare, type LabHost } from '../lab/index.ts';
import { interleave, median, peakMemory } from './bench/measure.ts';
import { sshConfigThrough } from './bench/ssh-config.ts';
import { sweep } from './bench/sweep.ts';

const rounds = Number(process.env.BENCH_ROUNDS ?? 7);
const oneWayMs = 25;

if (process.argv[2] === 'sweep') {
  await prepare();
  await sweep(Number(process.env.BENCH_ROUNDS ?? 20));
  process.exit();
}
console.log(`medians of ${rounds} interleaved rounds`);
await startUp();
await prepare();
const host = await boot({ release: 'debian13', layer: 'hardened' });
try {
  await wholeProfile(host);
} finally {
  await host.stop();
}

async function startUp(): Promise<void> {
  const [node, version] = await interleave(rounds, [
    ['-e', '0'],
    ['dist/cli.js', '--version'],
  ]);
  row('start-up: --version / node -e 0', median(version!), median(node!), 2);
}

async function wholeProfile(target: LabHost): Promise<void> {
  const proxy = await delayProxy({ to: { host: target.address, port: 22 }, oneWayMs });
  const config = sshConfigThrough(target, proxy.port);
  const audit = ['dist/cli.js', 'run', '--ssh-config', config, '--target', 'ubuntu', '--quiet', '--reporter', 'json'];
  try {
    const bare = ['scripts/bench/bare-login.mjs', target.identity, String(proxy.port)];
    const [floor, whole] = await interleave(rounds, [bare, audit]);
    row(`whole profile over SSH / bare login (${2 * oneWayMs} ms round trip)`, median(whole!), median(floor!), 1.5);
    console.log(`peak memory of the audit: ${await peakMemory(audit)} MiB`);
  } finally {
    await proxy.close();
  }
}

function row(name: string, ours: number, floor: number, aim: number): void {
  console.log(`${name}: ${ours.toFixed(0)} / ${floor.toFixed(0)} ms = ${(ours / floor).toFixed(2)} (aim ≤ ${aim})`);
}
