import { spawn, type ChildProcess } from 'node:child_process';
import { NoAnswer } from './no-answer.ts';
import { readNmapXml, type Asked } from './nmap-xml.ts';
import type { Scan, Watch } from './scan.ts';

/** Every port open, with its service, is 13 MB. */
const mostBytes = 64 * 1024 * 1024;

/** Runs nmap; null when it is not installed. @throws {NoAnswer} when it ran and its word cannot be taken */
export async function nmap(args: string[], asked: Asked, watch: Watch): Promise<Scan | null> {
  const common = [
    '-n',
    '-Pn',
    '-T4',
    '--stats-every',
    '1s',
    '-oX',
    '-',
    ...(asked.address.includes(':') ? ['-6'] : []),
  ];
  const run = await runOnce([...common, ...args, asked.address], watch);
  if (run === 'missing') return null;
  if (run.code !== 0) throw new NoAnswer('lost', `nmap failed (${run.code}): ${firstLine(run.stderr)}`);
  try {
    return { ...(await readNmapXml(run.stdout, asked)), warnings: doubts(run.stderr) };
  } catch (error) {
    throw new NoAnswer('lost', `nmap's answer cannot be used: ${firstLine((error as Error).message)}`);
  }
}

interface Run {
  code: number | string;
  stdout: string;
  stderr: string;
}

/** In a session of its own: nmap would read the keys that are typed at the terminal. */
function runOnce(args: string[], { signal, onPercent }: Watch): Promise<Run | 'missing'> {
  return new Promise((resolve) => {
    const child = spawn('nmap', args, {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C' },
    });
    const texts = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        texts[name] += text;
        if (texts[name].length > mostBytes) child.kill('SIGKILL');
        if (name === 'stdout') reportPercent(text, onPercent);
      });
    }
    const stop = () => end(child);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') resolve('missing');
      else resolve({ code: error.code ?? 'error', stdout: '', stderr: error.message });
    });
    child.once('close', (code, killedBy) => {
      signal.removeEventListener('abort', stop);
      resolve({ code: code ?? killedBy ?? 'error', ...texts });
    });
  });
}

function end(child: ChildProcess): void {
  child.kill('SIGTERM');
  const last = setTimeout(() => child.kill('SIGKILL'), 1000);
  child.once('close', () => clearTimeout(last));
}

function reportPercent(text: string, onPercent: Watch['onPercent']): void {
  const [, percent, left] = /<taskprogress [^>]*percent="([\d.]+)"[^>]*remaining="(\d+)"/.exec(text) ?? [];
  if (percent) onPercent(Number(percent), Number(left));
}

/** nmap(1): a port that it gave up on is reported as filtered, and finished as a success. */
function doubts(stderr: string): string[] {
  return stderr.split('\n').filter((line) => /giving up on port|host timeout|sendto in send_ip_packet/i.test(line));
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0]?.slice(0, 200) ?? '';
}
