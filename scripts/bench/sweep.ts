import { spawnSync } from 'node:child_process';
import { boot } from '../../lab/index.ts';
import type { OutsideProbe } from '../../src/model/probe.ts';
import outside from '../../src/resources/outside_ports/index.ts';
import { look } from '../../src/vantage/index.ts';
import { median } from './measure.ts';

const options = { family: 'ipv4', protocol: 'tcp', ssh_port: 22 };
const probe = outside.probes(options as never).find((each) => each.kind === 'outside') as OutsideProbe;

/** A host that drops what it does not serve, one packet in a hundred lost each way, and a port that is on no list. */
const prepareHost = `iptables -t nat -I PREROUTING -p tcp --dport 50022 -j REDIRECT --to-ports 22 &&
  iptables -I INPUT -i ens3 -m statistic --mode random --probability 0.01 -j DROP &&
  iptables -I OUTPUT -o ens3 -m statistic --mode random --probability 0.01 -j DROP`;

/** How long the look at all TCP ports takes against `nmap -n -Pn -p- -T4`, and how often it finds the same. */
export async function sweep(rounds: number): Promise<void> {
  const host = await boot({ release: 'debian13', layer: 'hardened' });
  try {
    await host.exec(prepareHost);
    const floor = plainNmap(host.address);
    const ours: number[] = [];
    let same = 0;
    for (let round = 0; round < rounds; round += 1) {
      const { ms, found } = await lookOnce(host.address);
      ours.push(ms);
      if (found === floor.found) same += 1;
    }
    const ratio = median(ours) / floor.ms;
    console.log(
      `look from outside / nmap -T4: ${median(ours).toFixed(0)} / ${floor.ms.toFixed(0)} ms = ${ratio.toFixed(2)} (aim ≤ 0.33)`,
    );
    console.log(`same ports (${floor.found}) with 1 % loss: ${same} of ${rounds}`);
  } finally {
    await host.stop();
  }
}

function plainNmap(address: string): { ms: number; found: string } {
  const start = performance.now();
  const { stdout } = spawnSync('nmap', ['-n', '-Pn', '-p-', '-T4', address], { encoding: 'utf8' });
  const found = [...stdout.matchAll(/^(\d+)\/tcp +open /gm)].map(([, port]) => port);
  return { ms: performance.now() - start, found: found.join(' ') };
}

async function lookOnce(address: string): Promise<{ ms: number; found: string }> {
  const answer = await look(probe, {
    peer: Promise.resolve({ address, port: 22 }),
    answers: Promise.resolve({}),
    timeoutSeconds: 120,
    signal: new AbortController().signal,
    onProgress: () => {},
  });
  const seen = outside.read(options as never, { [probe.name]: answer });
  const whole = seen.every((each) => each.state === 'value');
  return {
    ms: answer.ms,
    found: whole ? seen.flatMap((each) => (each as { value: string[] }).value).join(' ') : 'error',
  };
}
