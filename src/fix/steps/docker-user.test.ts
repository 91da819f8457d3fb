import { describe, expect, test } from 'vitest';
import { Draft } from '../draft.ts';
import { untold, type HostState } from '../state.ts';
import { dockerUser } from './docker-user.ts';

const paths = ['/etc/docker/iptables-rules.conf', '/etc/docker/ip6tables-rules.conf'];

function drafted(more: Partial<HostState> = {}, external: string[] = []): Draft {
  const files = new Map([...paths, '/etc/systemd/system/docker-iptables.service'].map((path) => [path, null]));
  const draft = new Draft({ ...untold, files, external: ['ens3'], ...more });
  dockerUser.draft({ external }, draft);
  return draft;
}
const rules = (draft: Draft) => draft.file(paths[0]!)!.content;

describe('docker_user', () => {
  test('drops from the interfaces of the default routes, for both families', () => {
    const draft = drafted({ external: ['ens3', 'ens4'] });
    expect(rules(draft)).toContain('-A DOCKER-USER -i ens3 -j DROP\n-A DOCKER-USER -i ens4 -j DROP\nCOMMIT\n');
    expect(draft.file(paths[1]!)!.content).toBe(rules(draft));
  });
  test('drops from those that the profile names', () =>
    expect(rules(drafted({}, ['eth9']))).toMatch(/-i eth9 -j DROP/));
  test.each([[[]], [['docker0']], [['tailscale0']], [['lo']]])('refuses %j as what faces the internet', (external) =>
    expect(() => drafted({ external })).toThrow(/interface/),
  );
  test('refuses to replace a rule of somebody else, in the chain and in the file', () => {
    const own = '-A DOCKER-USER -i ens3 -p tcp -m tcp --dport 443 -j RETURN';
    expect(() => drafted({ dockerUser: [own] })).toThrow(own);
    const file = { content: `*filter\n:DOCKER-USER - [0:0]\n${own}\nCOMMIT\n`, mode: '0644', owner: 'root:root' };
    const files = new Map([
      [paths[0]!, file],
      [paths[1]!, null],
    ]);
    expect(() => drafted({ files })).toThrow(own);
  });
  test("replaces the guide's ACCEPT of bridges", () =>
    expect(drafted({ dockerUser: ['-A DOCKER-USER -i br-+ -j ACCEPT'] }).dockerUser).toBe(true));
  test("takes Docker's own RETURN, and its own rules of before, for what they are", () =>
    expect(drafted({ dockerUser: ['-A DOCKER-USER -j RETURN', '-A DOCKER-USER -i ens3 -j DROP'] }).dockerUser).toBe(
      true,
    ));
});
