import type { HostProbe } from '../../model/probe.ts';

/** What the downloaded Release files call their archives: the names that origins are compared with. */
export const archivesProbe: HostProbe = {
  kind: 'host',
  name: 'apt.archives',
  run: `
for file in /var/lib/apt/lists/*Release; do
  [ -f "$file" ] || continue
  awk '
    /^(MD5Sum|SHA1|SHA256|SHA512):/ { exit }
    /^(Origin|Label|Suite|Codename): / { print "release|" FILENAME "|" $0 }
  ' "$file"
done
echo end
`,
};

/** The names of what is installed: what a blacklist holds back is measured by it. */
export const installedProbe: HostProbe = {
  kind: 'host',
  name: 'apt.installed',
  run: `
packages=$(dpkg-query -W -f '\${db:Status-Status} \${Package}\\n') || exit
printf '%s\\n' "$packages" | awk '$1 == "installed" && !seen[$2]++ { print "package|" $2 }'
echo end
`,
};
