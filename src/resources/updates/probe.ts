import type { HostProbe } from '../../model/probe.ts';

/**
 * Ages by the host's own clock, the archives that apt uses (`--print-uris` names the lists without touching caches), and every
 * version newer than an installed one that they hold.
 *
 * `apt-cache policy` reads apt's existing cache in some 50 ms where a simulated upgrade takes ten times that; but when the cache
 * does not fit the lists any more, apt writes a new one of 40 MB, whatever the command. So it works on a read-only view of its
 * folder, in a mount namespace that ends with it: then it makes what it needs in memory. Where no such view can be had,
 * empty names for the caches do the same, slowly.
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
apt-get -o Debug::NoLocking=true --print-uris update | awk '
  $2 ~ /_Packages$/ && !seen[$2]++ {
    gsub(/\\047/, "", $1)
    sub(/:\\/\\/[^\\/@]*@/, "://", $1)
    print $2, $1
  }
' | while read -r list uri; do
  there=
  for file in "/var/lib/apt/lists/$list" "/var/lib/apt/lists/$list".*; do
    if [ -s "$file" ]; then printf 'list|%s|%s\\n' "$file" "$uri"; there=yes; fi
  done
  if [ -z "$there" ]; then printf 'empty|/var/lib/apt/lists/%s|%s\\n' "$list" "$uri"; fi
done
packages=$(dpkg-query -W -f '\${db:Status-Want} \${db:Status-Status} \${binary:Package}\\n')
printf 'code|dpkg-query|%s\\n' $?
packages=$(printf '%s\\n' "$packages" | awk '$2 != "config-files" && $2 != "not-installed" { print $1, $3 }')
printf '%s\\n' "$packages" | awk '$1 == "hold" { sub(/:.*/, "", $2); print "held|" $2 }'
packages=$(printf '%s\\n' "$packages" | sed 's/.* //')
printf 'installed|%s\\n' "$(printf '%s\\n' "$packages" | wc -l | tr -d ' ')"
view='mount -n --bind /var/cache/apt /var/cache/apt && mount -n -o remount,bind,ro /var/cache/apt'
if unshare -m sh -c "$view" > /dev/null 2>&1; then
  table=$(unshare -m sh -c "$view"' && exec apt-cache -o Dir::Cache=/var/cache/apt -o Dir::Cache::pkgcache=pkgcache.bin -o Dir::Cache::srcpkgcache=srcpkgcache.bin policy "$@"' sh $packages)
else
  table=$(apt-cache -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= policy $packages)
fi
printf 'code|apt-cache|%s\\n' $?
printf '%s\\n' "$table" | awk '
  /^[^ ].*:$/ { name = substr($0, 1, length($0) - 1); state = "new"; next }
  state == "new" && /^  Installed: [^ ()]+$/ { installed = $2; state = "head"; next }
  state == "head" && /^  Candidate: / { candidate = $2; next }
  state == "head" && /^  Package pin: / { next }
  state == "head" && /^  Version table:$/ { state = "above"; next }
  state == "above" && /^ \\*\\*\\* / && $2 == installed { known++; state = "below"; next }
  state == "above" && /^     [^ ]+ -?[0-9]+( \\(phased [0-9]+%\\))?$/ {
    version = $1
    if (version != installed) print "newer|" name "|" version "|" candidate
    next
  }
  state == "above" && /^ +-?[0-9]+ [^ ]/ {
    sub(/^ +-?[0-9]+ /, "")
    sub(/:\\/\\/[^\\/@]*@/, "://")
    if (version != installed) print "from|" name "|" version "|" $0
    next
  }
  state == "below" && /^  / { next }
  { print "odd|" $0 }
  END { print "known|" known + 0 }
'
echo end
`,
};
