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
