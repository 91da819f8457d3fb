import type { Observation } from '../../model/observation.ts';
import { unknownFacts } from '../answer.ts';
import { parseContainers, type Container } from '../docker/containers.ts';
import { inspectProbe } from '../docker/probes.ts';
import type { Answers } from '../resource.ts';
import { absent, observe, unknown, value, type Told } from '../said.ts';
import { gatekeepersIn, lookedFor, onHost } from './mounts.ts';
import { filesIn, type Seen } from './parse.ts';
import { gatekeeperProbe } from './probe.ts';
import type { Role, User } from './yaml.ts';

/** Which gatekeepers there are, and what their two files say. */
export function readGatekeeper(dir: string, answers: Answers): Observation[] {
  return [...readContainers(dir, answers), ...readFiles(dir, answers)];
}

function readContainers(dir: string, answers: Answers): Observation[] {
  const label = () => 'a gatekeeper';
  const seen = parseContainers(answers);
  const facts = ['present', 'reads_users', 'reads_permissions'];
  if (!seen.ok) return unknownFacts(facts, label, inspectProbe.name, seen);
  const found = gatekeepersIn(seen.containers);
  const names = found.map(({ name }) => name).join(', ');
  return [
    ...observe(inspectProbe.name, label, { present: value(found.length > 0, names) }),
    ...reads('reads_users', 'users', found, dir),
    ...reads('reads_permissions', 'permissions', found, dir),
  ];
}

function reads(fact: string, name: 'users' | 'permissions', found: Container[], dir: string): Observation[] {
  const wanted = `${dir}/${name}.yaml`;
  if (found.length === 0)
    return observe(inspectProbe.name, () => 'a gatekeeper', { [fact]: absent('there is no gatekeeper') });
  return found.flatMap((each) =>
    observe(inspectProbe.name, () => `${each.name}: ${wanted}`, { [fact]: readsIt(each, name, wanted) }),
  );
}

function readsIt(gatekeeper: Container, name: 'users' | 'permissions', wanted: string): Told {
  const file = lookedFor(gatekeeper, name);
  if (file === null) return unknown(`${name.toUpperCase()}_FILE of ${gatekeeper.name} is no plain path`);
  const path = onHost(gatekeeper, file);
  return value(path === wanted, path ?? `nothing of the host is mounted at ${file}`);
}

function readFiles(dir: string, answers: Answers): Observation[] {
  const probe = gatekeeperProbe(dir).name;
  const [users, permissions] = [`${dir}/users.yaml`, `${dir}/permissions.yaml`];
  const labels: Record<string, string> = {
    users: `users of ${users}`,
    roles: `roles of ${permissions}`,
    undefined_roles: `roles that ${users} uses and ${permissions} lacks`,
    all_intents: `roles that ${permissions} lets do everything`,
  };
  const label = (fact: string) => labels[fact]!;
  const files = filesIn(dir, answers);
  if (!files.ok) return unknownFacts(Object.keys(labels), label, probe, files);
  const [people, roles] = [files.users, files.permissions];
  return observe(probe, label, {
    users: tell(people, users, (list) => list.map((each) => row(each, users))),
    roles: tell(roles, permissions, (list) => list.map(({ name, intents, channels }) => ({ name, intents, channels }))),
    undefined_roles: tell(
      people,
      users,
      (list) => (roles.is === 'list' ? missing(list, roles.list) : null),
      permissions,
    ),
    all_intents: tell(roles, permissions, (list) => list.filter(allowsAll).map(({ name }) => name)),
  });
}

function tell<T>(seen: Seen<T>, path: string, read: (list: T[]) => unknown[] | null, other = path): Told {
  if (seen.is === 'gone') return absent(`${path} does not exist`);
  if (seen.is === 'wrong') return absent(`${path} is no file: ${seen.why}`);
  if (seen.is === 'odd') return unknown(`${path}: ${seen.why}`);
  const found = read(seen.list);
  return found ? value(found) : unknown(`${other} could not be read`);
}

function row({ line, id, roles, allAssets }: User, path: string): Record<string, unknown> {
  return { name: `${path}:${line}`, id, roles, all_assets: allAssets };
}

function missing(users: User[], roles: Role[]): string[] {
  const defined = new Set(roles.map(({ name }) => name));
  return [...new Set(users.flatMap((each) => each.roles))].filter((role) => !defined.has(role));
}

function allowsAll({ intents }: Role): boolean {
  return intents.includes('*');
}
