#!/bin/sh
# The fleet as its compose template deploys it, before anybody hardened anything: published on all addresses, Redis
# without an ACL, one Redis login for all. Runs once on a booted host; what it changed is part of the `bare` layer.
# There is no registry: all images are one small root with busybox and Redis, under the names that the fleet uses.
set -eu

root=$(mktemp -d)
chmod 755 "$root"
mkdir -p "$root/bin" "$root/etc" "$root/tmp" "$root/data"
cp /bin/busybox "$root/bin/"
for applet in $(busybox --list); do
  [ -e "$root/bin/$applet" ] || ln -s busybox "$root/bin/$applet"
done
printf 'root:x:0:0::/:/bin/sh\nredis:x:999:999::/data:/bin/sh\nnode:x:1000:1000::/tmp:/bin/sh\n' > "$root/etc/passwd"
printf 'root:x:0:\nredis:x:999:\nnode:x:1000:\n' > "$root/etc/group"
chown 999:999 "$root/data"
chmod 1777 "$root/tmp"
# Waits, and ends when it is told to.
printf '#!/bin/sh\ntrap exit TERM\nwhile :; do sleep 3600 & wait; done\n' > "$root/bin/agent"
chmod 755 "$root/bin/agent"
tar -C "$root" -c . | docker import -c 'ENV PATH=/bin' - fleetclaw/openclaw:latest > /dev/null
for name in grafana/loki:2.9.4 grafana/promtail:2.9.4 prom/prometheus:v2.49.1; do
  docker tag fleetclaw/openclaw:latest "$name"
done

for program in redis-server redis-cli; do
  cp "$(readlink -f "$(command -v $program)")" "$root/bin/$program"
  ldd "$root/bin/$program" | grep -o '/[^ )]*' | while read -r library; do
    mkdir -p "$root${library%/*}"
    cp -L "$library" "$root$library"
  done
done
# Like that of the official image: started as root, it goes on as redis.
cat > "$root/bin/redis-entrypoint" <<'EOF'
#!/bin/sh
[ "$(id -u)" != 0 ] || exec su -s /bin/sh redis -c 'exec "$0" "$@"' -- "$0" "$@"
exec redis-server --dir /data --protected-mode no "$@"
EOF
chmod 755 "$root/bin/redis-entrypoint"
tar -C "$root" -c . | docker import -c 'ENV PATH=/bin' - redis:7-alpine > /dev/null
rm -rf "$root"

docker network create fleetclaw > /dev/null
run() { docker run -d --restart unless-stopped --network fleetclaw "$@" > /dev/null; }
run --name fleetclaw-redis --network-alias redis -p 6379:6379 redis:7-alpine redis-entrypoint
run --name fleetclaw-loki -p 3100:3100 grafana/loki:2.9.4 httpd -f -p 3100
run --name fleetclaw-prometheus -p 9090:9090 prom/prometheus:v2.49.1 httpd -f -p 9090
run --name fleetclaw-promtail -v /var/run/docker.sock:/var/run/docker.sock:ro \
  -v /var/lib/docker/containers:/var/lib/docker/containers:ro grafana/promtail:2.9.4 agent
for asset in EX-001 DZ-001; do
  run --name "fleetclaw-$(echo $asset | tr A-Z a-z)" --user node --label fleetclaw.managed=true \
    --label "fleetclaw.asset_id=$asset" -e REDIS_URL=redis://redis:6379 fleetclaw/openclaw:latest agent
done
