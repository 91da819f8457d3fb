import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boot, type LabHost } from '../../lab/index.ts';
import type { Answer } from '../../src/model/evidence.ts';
import type { Observation } from '../../src/model/observation.ts';
import type { OutsideProbe } from '../../src/model/probe.ts';
import outside from '../../src/resources/outside_ports/index.ts';
import { look, type Looking } from '../../src/vantage/index.ts';
import { unavailable } from './unavailable.ts';

const options = { family: 'ipv4', protocol: 'tcp', ssh_port: 22 };
const probe = outside.probes(options as never).find((each) => each.kind === 'outside') as OutsideProbe;

/** Looks at a host as if a transport had just come in there, and reads what comes back. */
async function lookAt(host: LabHost, more: Partial<Looking> = {}): Promise<{ answer: Answer; seen: Observation[] }> {
  const answer = await look(probe, {
    peer: Promise.resolve({ address: host.address, port: 22 }),
    answers: Promise.resolve({}),
    timeoutSeconds: 120,
    signal: new AbortController().signal,
    onProgress: () => {},
    ...more,
  });
  return { answer, seen: outside.read(options as never, { [probe.name]: answer }) };
}

/** A port that is on no list, so only the sweep can find it. */
const hidden = `iptables -t nat -I PREROUTING -p tcp --dport 50022 -j REDIRECT --to-ports 22`;

/** What portsentry and its kin do: whoever knocks at the wrong port is not heard any more. */
const bannedBy = (port: number) => [
  '-I INPUT -i ens3 -m recent --name bad --rcheck --seconds 60 -j DROP',
  `-I INPUT -i ens3 -p tcp --dport ${port} -m recent --name bad --set -j DROP`,
];

describe.skipIf(unavailable)('a look from outside', () => {
  let host: LabHost;
  beforeAll(async () => {
    host = await boot({ release: 'debian13', layer: 'hardened' });
    await host.exec(hidden);
  });
  afterAll(() => host?.stop());

  /** With these rules in front of all others. */
  async function withRules<T>(rules: string[], use: () => Promise<T>): Promise<T> {
    const all = (how: string) => rules.map((rule) => `iptables ${rule.replace('-I', how)}`).join(' && ');
    expect(await host.exec(all('-I'))).toMatchObject({ code: 0 });
    try {
      return await use();
    } finally {
      await host.exec(all('-D'));
    }
  }

  test('one packet in a hundred is lost in each direction: nothing is missed', async () => {
    const loss = '-m statistic --mode random --probability 0.01 -j DROP';
    const { seen } = await withRules([`-I INPUT -i ens3 ${loss}`, `-I OUTPUT -o ens3 ${loss}`], () => lookAt(host));
    expect(seen).toMatchObject([{ state: 'value', value: ['22', '50022'] }]);
  });

  test('banned: an error that says so', async () => {
    const { seen } = await withRules(['-I INPUT -p tcp --dport 22 -j REJECT'], () => lookAt(host));
    expect(seen.at(-1)).toMatchObject({ state: 'unknown', message: expect.stringContaining('banned') });
  });

  test('banned while it scans: an error', async () => {
    const { seen } = await withRules(bannedBy(9999), () => lookAt(host));
    expect(seen.at(-1)).toMatchObject({ state: 'unknown' });
  });

  test('banned by whichever port comes last, after the middle of the scan had been well: an error', async () => {
    let near = false;
    const onProgress = (words: string) => {
      if (near || Number(/ (\d+) %/.exec(words)?.[1] ?? 0) < 70) return;
      near = true;
      // From here on every port that was not asked yet bans.
      void host.exec('iptables -I INPUT 2 -i ens3 -p tcp ! --dport 22 -m recent --name bad --set -j DROP');
    };
    const [banned] = bannedBy(9999);
    try {
      const { seen } = await withRules([banned!], () => lookAt(host, { onProgress }));
      expect(near).toBe(true);
      expect(seen.at(-1)).toMatchObject({ state: 'unknown', message: expect.stringContaining('bans') });
    } finally {
      await host.exec('iptables -D INPUT -i ens3 -p tcp ! --dport 22 -m recent --name bad --set -j DROP');
    }
  });

  test('a limit on new connections hides open ports: an error', async () => {
    const rules = [
      '-I INPUT -i ens3 -p tcp --syn -j DROP',
      '-I INPUT -i ens3 -p tcp --syn -m limit --limit 20/s --limit-burst 40 -j RETURN',
    ];
    const { seen } = await withRules(rules, () => lookAt(host));
    expect(seen.at(-1)).toMatchObject({ state: 'unknown', message: expect.stringMatching(/limits|down/) });
  });

  test('without nmap: the same ports, and said to be without it', async () => {
    const path = process.env.PATH;
    process.env.PATH = '/nonexistent';
    try {
      const { seen } = await lookAt(host);
      expect(seen).toMatchObject([{ value: ['22', '50022'], note: expect.stringContaining('without nmap') }]);
    } finally {
      process.env.PATH = path;
    }
  });

  test('interrupted: nmap ends, and nothing is said', async () => {
    const interrupt = new AbortController();
    setTimeout(() => interrupt.abort(), 1500);
    const { answer, seen } = await lookAt(host, { signal: interrupt.signal });
    expect(answer).toMatchObject({ outcome: 'lost', stdout: '' });
    expect(seen).toMatchObject([{ state: 'unknown' }]);
    await sleep(200);
    expect(commandLines().filter((line) => line.startsWith('nmap') && line.includes(host.address))).toEqual([]);
  });

  test('no time left: an error', async () => {
    const { seen } = await lookAt(host, { timeoutSeconds: 2 });
    expect(seen).toMatchObject([{ state: 'unknown', code: 'timed-out' }]);
  });
});

/** The command lines of this machine's processes; one that has just ended has none. */
function commandLines(): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    });
}
