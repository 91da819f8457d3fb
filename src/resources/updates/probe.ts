import type { HostProbe } from '../../model/probe.ts';

/**
 * Ages by the host's own clock, the archives that apt knows, and a simulated upgrade. Empty cache names keep apt from writing
 * its 40 MB caches, which it otherwise does even when it simulates; \`--ignore-hold\` shows what a hold keeps back.
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
list() { apt-get indextargets --format 'list|$(LABEL)|$(SUITE)|$(CODENAME)|$(FILENAME)' 'Created-By: Packages'; }
list | sort -u
dpkg --get-selections | awk '$2 == "hold" { sub(/:.*/, "", $1); print "held|" $1 }'
seen=$(apt-get -s -o Debug::NoLocking=true -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= --ignore-hold dist-upgrade 2>&1)
printf 'code|%s\\n' $?
printf '%s\\n' "$seen" | sed 's/^/apt|/'
echo end
`,
};
