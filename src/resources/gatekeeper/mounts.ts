import { posix } from 'node:path';
import type { Container } from '../docker/containers.ts';

/** Containers that look like a gatekeeper in any way: by name, image, Compose service, or what its program is told. */
export function gatekeepersIn(containers: Container[]): Container[] {
  return containers.filter(({ name, image, labels, env, mounts }) => {
    const words = [name, image, labels['com.docker.compose.service'] ?? '', labels['fleetclaw.service_type'] ?? ''];
    const files = mounts.map((each) => each.destination);
    return (
      words.some((each) => /gatekeeper/i.test(each)) ||
      env.some((each) => ['USERS_FILE', 'PERMISSIONS_FILE', 'GATEKEEPER_PORT'].includes(each)) ||
      files.some((each) => /\/(users|permissions)\.ya?ml$/.test(each))
    );
  });
}

/** Where a gatekeeper looks for a file: where its variable says, else where upstream's program does. Null: the variable is set to what is not known. */
export function lookedFor({ env, files }: Container, name: 'users' | 'permissions'): string | null {
  const variable = `${name.toUpperCase()}_FILE`;
  if (!env.includes(variable)) return `/app/config/${name}.yaml`;
  const path = files[variable];
  return path?.startsWith('/') ? posix.normalize(path) : null;
}

/** The path on the host of a file in the container, null when the mount that is nearest to it is no bind mount. */
export function onHost({ mounts }: Container, file: string): string | null {
  const holds = mounts.filter(({ destination }) => file === destination || file.startsWith(`${destination}/`));
  const nearest = holds.toSorted((a, b) => b.destination.length - a.destination.length)[0];
  return nearest?.type === 'bind' ? nearest.source + file.slice(nearest.destination.length) : null;
}
