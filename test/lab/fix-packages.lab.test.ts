import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boot, type LabHost } from '../../lab/index.ts';
import type { Report } from '../../src/model/report.ts';
import { cli } from '../support/cli.ts';
import { folderWith } from '../support/folder.ts';
import { unavailable } from './unavailable.ts';

/** Lab hosts have no way out: apt gets a source of its own, on the host's disk, with packages that say no more than their name. */
const source = `set -e
dpkg --purge htop unzip
mkdir -p /srv/apt && cd /srv/apt && : >Packages
for name in htop unzip; do
  mkdir -p $name/DEBIAN && printf 'Package: %s\\nVersion: 99\\nArchitecture: all\\nMaintainer: lab <root@localhost>\\nDescription: lab\\n' $name >$name/DEBIAN/control
  dpkg-deb --build $name $name.deb >/dev/null
  { cat $name/DEBIAN/control; printf 'Filename: ./%s.deb\\nSize: %s\\nSHA256: %s\\n\\n' $name $(stat -c %s $name.deb) $(sha256sum $name.deb | cut -d' ' -f1); } >>Packages
done
echo 'deb [trusted=yes] file:/srv/apt ./' >/etc/apt/sources.list.d/lab.list
apt-get update -qq -o Dir::Etc::SourceList=/etc/apt/sources.list.d/lab.list -o Dir::Etc::SourceParts=/dev/null -o APT::Get::List-Cleanup=0`;

const installed = "dpkg-query -W -f='${Package} ${db:Status-Status} ${Version}\\n'";

describe.skipIf(unavailable)('packages that are missing', () => {
  let host: LabHost;
  beforeAll(async () => {
    host = await boot({ release: 'debian13', layer: 'bare' });
  });
  afterAll(() => host?.stop());

  const target = () => ['--ssh-config', host.sshConfig, '--target', 'ubuntu'];
  const packages = async () => (await host.exec(installed)).stdout;

  async function mend(...ids: string[]) {
    const cwd = folderWith({});
    const how = ['--profile', 'lab-debian', '--fix', '--yes', '--soak', '1', '--reporter', 'json=report.json'];
    const { code, stderr } = await cli(['run', ...target(), ...ids.flatMap((id) => ['--control', id]), ...how], {
      cwd,
    });
    const report = JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')) as Report;
    const became = Object.fromEntries(report.hosts[0]!.controls.map(({ id, fix }) => [id, fix.status]));
    return { code, stderr, became };
  }

  test('cannot be fetched: said, nothing is left of it, and the other fixes are made', async () => {
    await host.exec('dpkg --purge htop');
    const before = await packages();
    const { code, stderr, became } = await mend('sys-packages', 'sysctl-swappiness');
    expect(code).toBe(4);
    expect(became).toEqual({ 'sys-packages': 'fix-failed-rolled-back', 'sysctl-swappiness': 'fixed' });
    expect(stderr).toContain('failed: installing htop');
    expect(await packages()).toBe(before);
  });

  test('are installed, those and no others, and removed again by a rollback', async () => {
    expect((await host.exec(source)).code).toBe(0);
    const before = await packages();
    const { became, stderr } = await mend('sys-packages');
    expect(became, stderr).toEqual({ 'sys-packages': 'fixed' });
    const added = (await packages()).split('\n').filter((line) => !before.includes(line));
    expect(added).toEqual(['htop installed 99', 'unzip installed 99']);

    expect((await cli(['rollback', '--last', ...target()])).code).toBe(0);
    expect(await packages()).toBe(before);
  });

  test('would have others removed: refused', async () => {
    await host.exec(
      `cd /srv/apt && sed -i '/^Package: htop/,/^$/s/^Version:.*/Version: 100\\nConflicts: tmux/' Packages && apt-get update -qq -o Dir::Etc::SourceList=/etc/apt/sources.list.d/lab.list -o Dir::Etc::SourceParts=/dev/null -o APT::Get::List-Cleanup=0`,
    );
    const before = await packages();
    const { became, stderr } = await mend('sys-packages');
    expect(became).toEqual({ 'sys-packages': 'fix-failed-rolled-back' });
    expect(stderr).toContain('it would remove or replace other packages');
    expect(await packages()).toBe(before);
  });
});
