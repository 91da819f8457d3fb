import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { LabHost } from '../../lab/index.ts';
import type { Report } from '../../src/model/report.ts';
import { cli } from '../support/cli.ts';
import { folderWith } from '../support/folder.ts';

/** A transaction that the host remembers. */
interface Past {
  id: string;
  state: string;
}

/** What `run --fix` came to. */
export interface Mended {
  code: number | null;
  stderr: string;
  controls: Report['hosts'][number]['controls'];
}

/** Mends what this profile asks of a lab host, by the command line, and asks nobody. */
export async function mend(host: LabHost, ...more: string[]): Promise<Mended> {
  const cwd = folderWith({});
  const how = ['--fix', '--yes', '--allow-risk', 'access', '--soak', '1', '--reporter', 'json=report.json'];
  const { code, stderr } = await cli(['run', '--profile', 'lab-debian', ...target(host), ...how, ...more], { cwd });
  const report = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')) as Report;
  return { code, stderr, controls: report.hosts[0]!.controls };
}

export async function past(host: LabHost): Promise<Past[]> {
  return JSON.parse((await cli(['rollback', '--list', '--json', ...target(host)])).stdout) as Past[];
}

export const standing = (all: Past[]) => all.filter(({ state }) => state === 'confirmed');

/** The last one first, until none stands. */
export async function undoAll(host: LabHost): Promise<void> {
  for (let left = standing(await past(host)).length; left > 0; left -= 1) {
    const { code, stderr } = await cli(['rollback', '--last', ...target(host)]);
    expect(code, stderr).toBe(0);
    expect(standing(await past(host))).toHaveLength(left - 1);
  }
}

const target = ({ sshConfig }: LabHost) => ['--ssh-config', sshConfig, '--target', 'ubuntu'];
