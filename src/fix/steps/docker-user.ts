import { Refusal } from '../draft.ts';
import type { StepKind } from './kind.ts';

interface DockerUser {
  /** Interfaces that face the internet; those of the default routes when there are none. */
  external: string[];
}

const unitPath = '/etc/systemd/system/docker-iptables.service';
const rulesPaths = ['/etc/docker/iptables-rules.conf', '/etc/docker/ip6tables-rules.conf'];

/** Has DOCKER-USER drop what comes from the internet, now and before Docker starts at the next boot. Rules of somebody's own are not replaced. */
export const dockerUser: StepKind<DockerUser> = {
  subject: 'DOCKER-USER',
  needs: (_, needs) => {
    [unitPath, ...rulesPaths].forEach((path) => needs.files.add(path));
    needs.dockerUser = true;
  },
  draft: ({ external }, draft) => {
    const faces = external.length > 0 ? external : draft.host.external;
    const rules = rulesFor(faces);
    refuseOthers(rules, [
      ...draft.host.dockerUser,
      ...rulesPaths.flatMap((path) => linesOf(draft.file(path)?.content)),
    ]);
    const content = ['*filter', ':DOCKER-USER - [0:0]', ...rules, 'COMMIT', ''].join('\n');
    for (const path of rulesPaths) draft.change(path, { content, mode: '0644', owner: 'root:root' });
    draft.change(unitPath, { content: unit, mode: '0644', owner: 'root:root' });
    draft.dockerUser = true;
  },
};

function rulesFor(external: readonly string[]): string[] {
  const odd = external.find((each) => /^(docker|br-|tailscale|lo$)/.test(each));
  if (odd) throw new Refusal(`${odd} faces the internet by its routes, and is no interface to drop from`);
  if (external.length === 0) throw new Refusal('no interface with a default route was found: --input ext_if=…');
  return [
    '-A DOCKER-USER -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
    '-A DOCKER-USER -i lo -j RETURN',
    '-A DOCKER-USER -i br-+ -j RETURN',
    '-A DOCKER-USER -i docker0 -j RETURN',
    ...external.map((each) => `-A DOCKER-USER -i ${each} -j DROP`),
  ];
}

/** An exception that somebody made, for a proxy perhaps, would be cut off without a word. */
function refuseOthers(rules: string[], present: string[]): void {
  const fine = new Set([...rules, '-A DOCKER-USER -j RETURN', ...guides]);
  const other = present.find((line) => line.startsWith('-A ') && !fine.has(line));
  if (other) throw new Refusal(`DOCKER-USER has a rule of its own (${other}): add the others by hand`);
}

/** The guide's own, which let bridges reach each other: RETURN does as much for them, and no more. */
const guides = ['lo', 'br-+', 'docker0'].map((each) => `-A DOCKER-USER -i ${each} -j ACCEPT`);

function linesOf(text = ''): string[] {
  return text.split('\n').map((line) => line.trim());
}

const unit = `[Unit]
Description=Rules of DOCKER-USER, before Docker publishes anything
Wants=network-pre.target
After=network-pre.target ufw.service
Before=docker.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/sbin/iptables-restore -n /etc/docker/iptables-rules.conf
ExecStart=/sbin/ip6tables-restore -n /etc/docker/ip6tables-rules.conf

[Install]
WantedBy=multi-user.target
`;
