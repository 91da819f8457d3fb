import type { HostProbe } from '../../model/probe.ts';

/**
 * Ages by the host's own clock, the archives that apt uses, and a simulated upgrade. Empty cache names keep apt from writing its
 * 40 MB caches, as it does even when it simulates; `--print-uris` names the lists without touching caches, where
 * `indextargets` would build them anew. `--ignore-hold` shows what a hold keeps back.
 */
export const updatesProbe: HostProbe = {
  kind: 'host',
  name: 'updates',
  timeoutSeconds: 60,
  run: `
printf 'now|%s\\n' "$(date +%s)"
for stamp in /var/lib/apt/periodic/update-success-stamp /var/lib/apt/periodic/update-stamp /var/lib/apt/lists; do
  if [ -e "$stamp" ]; then stat -c 'stamp|%Y|%n' -- "$stamp"; fi
done
for file in /var/lib/apt/lists/*Release; do
  [ -f "$file" ] || continue
  awk '
    /^(MD5Sum|SHA1|SHA256|SHA512):/ { exit }
    /^(Label|Suite|Codename|Date): / { print "release|" FILENAME "|" $0 }
  ' "$file"
done
apt-get -o Debug::NoLocking=true --print-uris update | awk '$2 ~ /_Packages$/ { print $2 }' | sort -u | while IFS= read -r list; do
  for file in "/var/lib/apt/lists/$list" "/var/lib/apt/lists/$list".*; do
    if [ -s "$file" ]; then printf 'list|%s\\n' "$file"; fi
  done
done
dpkg --get-selections | awk '$2 == "hold" { sub(/:.*/, "", $1); print "held|" $1 }'
seen=$(apt-get -s -o Debug::NoLocking=true -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= --ignore-hold dist-upgrade 2>&1)
printf 'code|%s\\n' $?
printf '%s\\n' "$seen" | sed 's/^/apt|/'
echo end
`,
};
