#!/bin/sh
# Turns a fresh Debian root into what a provider hands over: the `bare` layer.
# Runs in a chroot, once per base image. $1 is the public key of the lab.
set -eu
key=$1

# This machine's way to its mirrors (proxy, accounts) and its name server are nobody's business inside.
rm -rf /etc/apt/apt.conf.d/99mmdebstrap /etc/apt/auth.conf /etc/apt/auth.conf.d/*
: > /etc/resolv.conf

# A provider's host name, and Ubuntu's convention of 127.0.1.1 for it.
echo vps-4f3c2a1b > /etc/hostname
printf '127.0.0.1\tlocalhost\n127.0.1.1\tvps-4f3c2a1b\n::1\tlocalhost ip6-localhost ip6-loopback\n' > /etc/hosts
# A real file of the image, not a link to this machine's zone. Not UTC: the guide has to set that.
ln -sf /usr/share/zoneinfo/Europe/Paris /etc/localtime
rm -f /etc/timezone

# The accounts of a cloud image: root by key (sshd's default is prohibit-password), ubuntu by key with free sudo.
# Homes are 0750 on Ubuntu 24.04, 0700 on Debian.
sed -i -E 's/^#?DIR_MODE=.*/DIR_MODE=0750/' /etc/adduser.conf
grep -qx DIR_MODE=0750 /etc/adduser.conf
adduser --quiet --disabled-password --gecos Ubuntu ubuntu
echo 'ubuntu ALL=(ALL) NOPASSWD:ALL' > /etc/sudoers.d/90-cloud-init-users
chmod 0440 /etc/sudoers.d/90-cloud-init-users
for home in /root /home/ubuntu; do
  install -d -m 0700 "$home/.ssh"
  printf '%s\n' "$key" > "$home/.ssh/authorized_keys"
  chmod 0600 "$home/.ssh/authorized_keys"
done
chown -R ubuntu:ubuntu /home/ubuntu/.ssh

# What cloud-init writes for `ssh_pwauth: true`: read first, therefore stronger than any edit of sshd_config.
echo 'PasswordAuthentication yes' > /etc/ssh/sshd_config.d/50-cloud-init.conf
chmod 0600 /etc/ssh/sshd_config.d/50-cloud-init.conf
grep -q '^Include /etc/ssh/sshd_config.d/\*.conf' /etc/ssh/sshd_config || {
  echo 'base.sh: sshd_config has no Include line' >&2
  exit 1
}

# rsyslog makes it at the first login; fail2ban dies at boot when it is not there yet.
install -m 0640 -o root -g adm /dev/null /var/log/auth.log

# An image lies on the provider's disk for weeks before it is installed: old lists, and no run of apt's timers.
find /var/lib/apt/lists -exec touch -h -d '30 days ago' {} +
rm -rf /var/lib/apt/periodic/*

# The host's own Redis is there for its programs, which a container image is made of.
systemctl disable redis-server.service
rm -f /etc/systemd/system/redis.service

# Every apt run on a real host leaves these caches; without them each look at what is to be upgraded makes them anew.
apt-cache gencaches
