import { quote } from '../model/quote.ts';

/** What sets a service's commands apart from the host that they are meant for (systemd.exec(5)), for `systemctl show -p`. */
export const apartProperties =
  'User,PrivateNetwork,NetworkNamespacePath,RootDirectory,RootImage,BindPaths,BindReadOnlyPaths,InaccessiblePaths,TemporaryFileSystem';

/**
 * Shell: `pulled|UNIT` when the next boot starts it, which being enabled does not prove: it may be wanted by a target that no boot
 * reaches. `condition|…` for each line on which its start depends.
 */
export function startLines(unit: string): string {
  return `systemctl list-dependencies --plain --no-pager default.target | awk -v unit=${quote(unit)} '$1 == unit { print "pulled|" unit; exit }'
systemctl cat -- ${quote(unit)} 2> /dev/null | sed -n 's/^[[:space:]]*\\(\\(Condition\\|Assert\\)[A-Za-z]*=.*\\)/condition|\\1/p'`;
}

type Property = (name: string) => string | undefined;

/** The setting by which a service's commands act on another network than the host's; null when there is none. */
export function otherNetwork(property: Property): string | null {
  if (property('PrivateNetwork') === 'yes') return 'PrivateNetwork=yes';
  const path = property('NetworkNamespacePath');
  return path ? `NetworkNamespacePath=${path}` : null;
}

/** A setting by which they may see other files than the host's or lack rights; null when there is none. */
export function otherFiles(property: Property): string | null {
  const names = apartProperties.split(',').filter((name) => !/Network/.test(name));
  const set = names.find((name) => property(name) && !(name === 'User' && property(name) === 'root'));
  return set ? `${set}=${property(set)}` : null;
}
