import type { Release } from './types.ts';

/** What every host has installed. A change here makes new base images: the list is part of their cache key. */
const hostPackages = [
  // a booting system with the login path of a cloud image
  'systemd systemd-sysv dbus openssh-server sudo libpam-modules libpam-systemd rsyslog',
  'iproute2 procps kmod adduser acl tzdata ca-certificates unattended-upgrades',
  // sections 1, 3, 5 and 7 of the guide
  'curl wget git unzip htop tmux ufw fail2ban python3-systemd iptables nftables',
  // login shells that are no POSIX shell, which a transport must survive
  'fish csh',
  // sections 4 to 6, 9 and 10: the engine, and what the fleet's container images are made of
  'docker.io docker-cli redis-server redis-tools busybox-static netcat-openbsd',
].flatMap((line) => line.split(' '));

/** What a release calls them: on Debian 12 docker.io brings its command line along. */
export function packagesOf(release: Release): string[] {
  return release === 'debian12' ? hostPackages.filter((name) => name !== 'docker-cli') : hostPackages;
}

/** What this machine needs, by the program that proves it. */
export const machinePackages: Record<string, string> = {
  'systemd-nspawn': 'systemd-container',
  mmdebstrap: 'mmdebstrap',
  ip: 'iproute2',
  ssh: 'openssh-client',
  'ssh-keygen': 'openssh-client',
  flock: 'util-linux',
  nsenter: 'util-linux',
  setpriv: 'util-linux',
  // the outside vantage
  nmap: 'nmap',
};
