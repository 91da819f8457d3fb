/**
 * `npm run demo`: what fleet-audit is, in two minutes. Boots a bare lab host, audits it from inside and outside, shows the plan, mends it, audits it
 * again and leaves the reports in `reports/`. Every command is the one that a user would type, and what it prints is what it found.
 */
import { parseArgs } from 'node:util';
import { available, boot } from '../lab/index.ts';
import { Recording } from './demo/recording.ts';
import { scene, type Scene } from './demo/scene.ts';
import { summaryOf } from './demo/summary.ts';

const help = `Boots a bare Debian host, audits it, mends it, audits it again. Takes about two minutes and needs root, for it boots a container
with systemd-nspawn (lab/README.md); the first time it builds the images, which takes a minute more.

  npm run demo
  npm run demo -- --record docs/demo.svg     draws it as well: the picture of the README

Reports: reports/before.{json,junit.xml} and reports/after.{json,junit.xml}`;

const { values } = parseArgs({ options: { record: { type: 'string' }, help: { type: 'boolean' } } });
if (values.help) {
  console.log(help);
  process.exit();
}
const why = available();
if (why) {
  console.error(`demo: ${why}`);
  process.exit(2);
}
process.exitCode = await demo(values.record);

/** Exit code 0 when fewer controls fail than before and nothing had to be undone. */
async function demo(record: string | undefined): Promise<number> {
  console.log(
    'Booting a bare Debian 13 with Docker, Redis and the containers of a fleet, as a provider hands it out …',
  );
  const recording = record === undefined ? null : new Recording();
  const host = await boot({ release: 'debian13', layer: 'bare' });
  const interrupted = () => void host.stop().finally(() => process.exit(130));
  process.once('SIGINT', interrupted);
  try {
    const target = ['--profile', 'lab-debian', '--ssh-config', host.sshConfig, '--target', 'ubuntu'];
    for (const each of scenes(target)) await scene(each, recording);
    const { words, code } = summaryOf('reports/before.json', 'reports/after.json');
    console.log(`\n${words}`);
    for (const line of ['', ...words.split('\n')]) recording?.line(line, 0);
    recording?.endScene();
    if (record !== undefined) recording!.write(record);
    return code;
  } finally {
    process.off('SIGINT', interrupted);
    await host.stop();
  }
}

function scenes(target: string[]): Scene[] {
  const reports = (name: string) => [
    '--reporter',
    `json=reports/${name}.json`,
    '--reporter',
    `junit=reports/${name}.junit.xml`,
  ];
  const yes = ['--yes', '--allow-risk', 'access', '--soak', '5'];
  return [
    {
      title: 'What is wrong with it?',
      args: ['run', ...target, '--reporter', 'pretty', ...reports('before')],
      expect: [1],
    },
    {
      title: 'What would be changed?',
      args: ['run', ...target, '--fix', '--dry-run', ...reports('plan')],
      expect: [1],
    },
    {
      title: 'Change it, with a way back',
      args: ['run', ...target, '--fix', ...yes, ...reports('after')],
      expect: [0, 1],
    },
    {
      title: 'Once more: nothing is left to do',
      args: ['run', ...target, '--fix', '--dry-run', ...reports('again')],
      expect: [0, 1],
    },
    { title: 'What the host remembers', args: ['rollback', '--list', ...target.slice(2)], expect: [0] },
  ];
}
