/** `npm run new:control -- <id>`: a control and its proof, ready to be filled in. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';

const id = process.argv[2] ?? '';
const area = id.split('-')[0] ?? '';
const path = `controls/${area}/${id}.yaml`;
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id))
  fail('usage: npm run new:control -- <area>-<what>   (e.g. sys-timezone-utc)');
if (existsSync(path)) fail(`${path} is there already`);

mkdirSync(`controls/${area}`, { recursive: true });
write(path, control());
write(`controls/${area}/${id}.cases.yaml`, cases());
console.log(
  `Now: fill them in (TODO says where), then \`npx fleet-audit check\` and \`npx fleet-audit test --control ${id}\`.`,
);
console.log('docs/add-a-control.md walks through it. A profile must select it: ovh-vps3 does so by area.');
console.log('docs/guide-map.md needs its id in a row, under the section that it names.');

function write(file: string, text: string): void {
  writeFileSync(file, text);
  console.log(`written: ${file}`);
}

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}

function control(): string {
  return `# yaml-language-server: $schema=../../schemas/control.schema.json
id: ${id}
title: 'TODO: the good state, as a sentence'
section: '1' # TODO: the guide's section
severity: medium # TODO: how bad it is without
description: |
  TODO: what it is, and what goes wrong without it.
tags: [derived]
references: []
check: # TODO: what must hold
  - file: { path: "\${app_dir}", mode: { no_more_than: "0750" } }
fix:
  manual: | # TODO: what a person does
    chmod 0750 \${app_dir}
`;
}

function cases(): string {
  return `# yaml-language-server: $schema=../../schemas/cases.schema.json
cases: # TODO: one that passes, one that fails, one that cannot be told, at least
  - { name: as hardened by the guide, from: hardened-debian13, expect: pass }
  - name: everyone may write
    from: hardened-debian13
    change:
      - { probe: 'file:/home/fleetclaw/fleetclaw', replace: { 'file|750|': 'file|777|' } }
    expect: fail
    says: [is 0777]
  - name: the answer did not come in time
    from: hardened-debian13
    change:
      - { probe: 'file:/home/fleetclaw/fleetclaw', outcome: timed-out }
    expect: error
violations: # TODO: what breaks it on a real host
  - { name: everyone may write, do: chmod 0777 /home/fleetclaw/fleetclaw, says: [is 0777], also: [env-parents] }
`;
}
