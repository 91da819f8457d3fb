#!/bin/sh
# The hardening guide, as a person follows it by hand on a booted host; in its sound form where the literal text falls
# short (docs/guide-notes.md). Runs once; what it changed becomes the `hardened` layer.
set -eu

# --- 1. Initial system setup -------------------------------------------------------------------------------------
# The packages are in the image already, at the newest version of the mirror.
timedatectl set-timezone UTC
hostnamectl set-hostname fleetclaw-prod
echo '127.0.0.1 fleetclaw-prod' >> /etc/hosts

adduser --quiet --disabled-password --gecos '' fleetclaw
mkdir -p /home/fleetclaw/.ssh
cp /home/ubuntu/.ssh/authorized_keys /home/fleetclaw/.ssh/
chown -R fleetclaw:fleetclaw /home/fleetclaw/.ssh
chmod 700 /home/fleetclaw/.ssh
chmod 600 /home/fleetclaw/.ssh/authorized_keys

# --- 2. SSH hardening --------------------------------------------------------------------------------------------
# The lines that the distribution has already are changed in place: sshd takes the first value it reads.
set_sshd() {
  sed -i -E "s/^#?$1[[:space:]].*/$1 $2/" /etc/ssh/sshd_config
  grep -qx "$1 $2" /etc/ssh/sshd_config || echo "$1 $2" >> /etc/ssh/sshd_config
}
set_sshd PermitRootLogin no
set_sshd PasswordAuthentication no
set_sshd PubkeyAuthentication yes
set_sshd AllowUsers 'fleetclaw ubuntu'
set_sshd PermitEmptyPasswords no
set_sshd X11Forwarding no
set_sshd LoginGraceTime 30
set_sshd MaxAuthTries 3
# Not in the guide's list, yet "key-only" is not true without it: with UsePAM it asks for the password too.
set_sshd KbdInteractiveAuthentication no
# cloud-init's drop-in would win over all of the above.
echo 'PasswordAuthentication no' > /etc/ssh/sshd_config.d/50-cloud-init.conf
sshd -t
systemctl restart ssh

# --- 3. UFW firewall (layer 1) ------------------------------------------------------------------------------------
ufw default deny incoming > /dev/null
ufw default allow outgoing > /dev/null
ufw default deny routed > /dev/null
ufw allow 22/tcp > /dev/null
ufw allow 41641/udp comment 'Tailscale' > /dev/null
ufw --force enable > /dev/null

# --- 4. Docker Engine --------------------------------------------------------------------------------------------
# Debian's own engine: Docker's repository is out of reach here (profiles/lab-debian.yaml).
usermod -aG docker fleetclaw

# --- 5. DOCKER-USER chain (layer 2) ------------------------------------------------------------------------------
# RETURN rather than ACCEPT, both families, and in place before Docker publishes anything.
cat > /etc/docker/iptables-rules.conf <<'EOF'
*filter
:DOCKER-USER - [0:0]
-A DOCKER-USER -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A DOCKER-USER -i lo -j RETURN
-A DOCKER-USER -i br-+ -j RETURN
-A DOCKER-USER -i docker0 -j RETURN
-A DOCKER-USER -i ens3 -j DROP
COMMIT
EOF
cp /etc/docker/iptables-rules.conf /etc/docker/ip6tables-rules.conf
cat > /etc/systemd/system/docker-iptables.service <<'EOF'
[Unit]
Description=Apply Docker iptables rules
Before=docker.service
After=ufw.service

[Service]
Type=oneshot
ExecStart=/sbin/iptables-restore -n /etc/docker/iptables-rules.conf
ExecStart=/sbin/ip6tables-restore -n /etc/docker/ip6tables-rules.conf
RemainAfterExit=yes

[Install]
WantedBy=multi-user.target
EOF
systemctl daemon-reload
systemctl -q enable docker-iptables.service
systemctl start docker-iptables.service

# --- 7. fail2ban -------------------------------------------------------------------------------------------------
# The journal instead of auth.log, which is not everywhere.
cat > /etc/fail2ban/jail.local <<'EOF'
[DEFAULT]
bantime = 1h
findtime = 10m
maxretry = 5
ignoreip = 127.0.0.1/8 ::1

[sshd]
enabled = true
port = ssh
filter = sshd
backend = systemd
maxretry = 3
bantime = 24h
EOF
systemctl -q enable fail2ban
systemctl restart fail2ban

# --- 8. Automatic security updates -------------------------------------------------------------------------------
# A file of our own: the package's is a conffile. On Debian the security origin is the package's own pattern.
cat > /etc/apt/apt.conf.d/20auto-upgrades <<'EOF'
APT::Periodic::Update-Package-Lists "1";
APT::Periodic::Unattended-Upgrade "1";
EOF
cat > /etc/apt/apt.conf.d/52fleetclaw <<'EOF'
Unattended-Upgrade::Allowed-Origins {
    "${distro_id}:${distro_codename}";
    "${distro_id}:${distro_codename}-security";
    "${distro_id}ESMApps:${distro_codename}-apps-security";
    "${distro_id}ESM:${distro_codename}-infra-security";
};
// Exclude Docker to avoid unexpected container issues
Unattended-Upgrade::Package-Blacklist {
    "docker-ce";
    "docker-ce-cli";
    "containerd.io";
};
Unattended-Upgrade::Automatic-Reboot "false";
EOF
systemctl -q enable apt-daily.timer apt-daily-upgrade.timer

# --- 9. Docker daemon hardening ----------------------------------------------------------------------------------
# The guide's limit is 65536; no process of the lab's machine may have more than this.
files=$(ulimit -Hn)
[ "$files" = unlimited ] || [ "$files" -le 65536 ] || files=65536
cat > /etc/docker/daemon.json <<EOF
{
  "log-driver": "json-file",
  "log-opts": {
    "max-size": "10m",
    "max-file": "3"
  },
  "live-restore": true,
  "default-ulimits": {
    "nofile": {
      "Name": "nofile",
      "Hard": $files,
      "Soft": $files
    }
  },
  "no-new-privileges": true
}
EOF
docker rm -f $(docker ps -aq) > /dev/null
systemctl restart docker

# --- 10. Fleet-specific security ---------------------------------------------------------------------------------
app=/home/fleetclaw/fleetclaw
install -d -m 0750 -o fleetclaw -g fleetclaw "$app" "$app/config"
install -m 0600 -o fleetclaw -g fleetclaw /dev/null "$app/.env"
secret() { head -c 24 /dev/urandom | base64 | tr -d '+/=\n'; }
cat > "$app/.env" <<EOF
TELEGRAM_BOT_TOKEN=7294610583:$(secret)
REDIS_URL=redis://redis:6379
REDIS_PASSWORD_ADMIN=$(secret)
REDIS_PASSWORD_FLEET_COORD=$(secret)
REDIS_PASSWORD_MONITORING=$(secret)
REDIS_PASSWORD_EX_001=$(secret)
REDIS_PASSWORD_DZ_001=$(secret)
EOF

# One Redis user for each asset. Redis before 8.8 takes no comments in this file and no version replaces variables.
password() { sed -n "s/^REDIS_PASSWORD_$1=//p" "$app/.env"; }
hash() { password "$1" | tr -d '\n' | sha256sum | sed 's/^/#/; s/ .*//'; }
asset() {
  echo "user $1 on $(hash "$2") resetchannels ~fleet:inbox:$3 ~fleet:status:* ~fleet:test:$3 ~fleet:alerts ~fleet:commands" \
    "&fleet:inbox:$3 &fleet:status &fleet:alerts &fleet:commands -@all +@read +@pubsub +@connection +publish +ping +info"
}
acl="$app/config/redis-acl.conf"
{
  echo 'user default off'
  echo "user fleet_coord on $(hash FLEET_COORD) resetchannels ~fleet:* &fleet:* +@all"
  asset ex_001 EX_001 EX-001
  asset dz_001 DZ_001 DZ-001
  echo "user monitoring on $(hash MONITORING) resetchannels -@all +ping +info"
  echo "user admin on $(hash ADMIN) ~* &* +@all"
} > "$acl"
# 999 is redis in the container.
chown root:999 "$acl"
chmod 0640 "$acl"

cat > "$app/docker-compose.yml" <<'EOF'
services:
  redis:
    image: redis:7-alpine
    container_name: fleetclaw-redis
    command: redis-entrypoint --aclfile /etc/redis/users.acl
    restart: unless-stopped
    ports:
      - "127.0.0.1:6379:6379"
    volumes:
      - ./config/redis-acl.conf:/etc/redis/users.acl:ro
  loki:
    image: grafana/loki:2.9.4
    container_name: fleetclaw-loki
    restart: unless-stopped
    ports:
      - "127.0.0.1:3100:3100"
  prometheus:
    image: prom/prometheus:v2.49.1
    container_name: fleetclaw-prometheus
    restart: unless-stopped
    ports:
      - "127.0.0.1:9090:9090"
  promtail:
    image: grafana/promtail:2.9.4
    container_name: fleetclaw-promtail
    restart: unless-stopped
    volumes:
      - /var/run/docker.sock:/var/run/docker.sock:ro
      - /var/lib/docker/containers:/var/lib/docker/containers:ro
  ex-001:
    image: fleetclaw/openclaw:latest
    container_name: fleetclaw-ex-001
    user: node
    restart: unless-stopped
    labels:
      fleetclaw.managed: "true"
      fleetclaw.asset_id: EX-001
    environment:
      REDIS_URL: redis://ex_001:${REDIS_PASSWORD_EX_001}@redis:6379
  dz-001:
    image: fleetclaw/openclaw:latest
    container_name: fleetclaw-dz-001
    user: node
    restart: unless-stopped
    labels:
      fleetclaw.managed: "true"
      fleetclaw.asset_id: DZ-001
    environment:
      REDIS_URL: redis://dz_001:${REDIS_PASSWORD_DZ_001}@redis:6379
EOF
chown fleetclaw:fleetclaw "$app/docker-compose.yml"

# What `docker compose up -d` does with it; the plugin is not in Debian.
run() { docker run -d --restart unless-stopped --network fleetclaw "$@" > /dev/null; }
run --name fleetclaw-redis --network-alias redis --user redis -p 127.0.0.1:6379:6379 -v "$acl:/etc/redis/users.acl:ro" \
  redis:7-alpine redis-entrypoint --aclfile /etc/redis/users.acl
run --name fleetclaw-loki --user node -p 127.0.0.1:3100:3100 grafana/loki:2.9.4 httpd -f -p 3100
run --name fleetclaw-prometheus --user node -p 127.0.0.1:9090:9090 prom/prometheus:v2.49.1 httpd -f -p 9090
run --name fleetclaw-promtail -v /var/run/docker.sock:/var/run/docker.sock:ro \
  -v /var/lib/docker/containers:/var/lib/docker/containers:ro grafana/promtail:2.9.4 agent
for asset in EX-001 DZ-001; do
  id=$(echo "$asset" | tr A-Z- a-z_)
  REDIS_URL="redis://$id:$(password "$(echo "$asset" | tr - _)")@redis:6379"
  export REDIS_URL
  run --name "fleetclaw-$(echo "$asset" | tr A-Z a-z)" --user node --label fleetclaw.managed=true \
    --label "fleetclaw.asset_id=$asset" -e REDIS_URL fleetclaw/openclaw:latest agent
done

# --- 11. OVH-specific notes --------------------------------------------------------------------------------------
# A sparse file: nothing ever swaps to it. host.ts says what /proc/swaps shows instead.
truncate -s 4G /swapfile
chmod 600 /swapfile
mkswap /swapfile > /dev/null 2>&1
echo '/swapfile none swap sw 0 0' >> /etc/fstab

# The guide's values are minimums. Written literally they would lower what a current kernel has by itself.
conf=/etc/sysctl.d/99-fleetclaw.conf
printf '# Reduce swappiness (prefer RAM)\nvm.swappiness = 10\n' > "$conf"
at_least() {
  [ "$(sysctl -n "$1")" -ge "$2" ] || echo "$1 = $2" >> "$conf"
}
at_least net.core.somaxconn 1024
at_least net.ipv4.tcp_max_syn_backlog 1024
# dash cannot compare 2^63-1 on every machine; nobody has less than the guide's 100000 with that many digits.
[ "$(sysctl -n fs.file-max | wc -c)" -ge 7 ] || echo 'fs.file-max = 100000' >> "$conf"
sysctl -q -p "$conf"
