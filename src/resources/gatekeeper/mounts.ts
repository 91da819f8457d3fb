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

/** The path on the host of a file in the container, null when it is in no bind mount. */
export function onHost({ mounts }: Container, file: string): string | null {
  const holds = mounts.filter(
    ({ type, destination }) => type === 'bind' && (file === destination || file.startsWith(`${destination}/`)),
  );
  const nearest = holds.sort((a, b) => b.destination.length - a.destination.length)[0];
  return nearest ? nearest.source + file.slice(nearest.destination.length) : null;
}
