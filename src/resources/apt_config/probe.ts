import type { HostProbe } from '../../model/probe.ts';

/**
 * apt's configuration, all files merged as apt merges them, and the lines they consist of, to say where a value comes from. Only
 * what is about automatic upgrades: the rest may hold passwords of proxies.
 */
export const aptConfigProbe: HostProbe = {
  kind: 'host',
  name: 'apt.config',
  run: `
seen=$(apt-config dump) || exit
printf '%s\\n' "$seen" | awk '
  tolower($0) ~ /^(apt::periodic|unattended-upgrades?)(::| )/ { print "set|" $0; inside = !/;$/; next }
  inside { print "set|" $0; inside = !/;$/ }
  END { print "lines|" NR }
'
for file in /etc/apt/apt.conf.d/* /etc/apt/apt.conf; do
  if [ ! -f "$file" ]; then continue; fi
  awk '
    /^[ \\t]*(\\/\\/|#[^ci]|#$|$)/ { next }
    tolower($0) ~ /periodic|unattended|update-package-lists|automatic-reboot|origins|blacklist|whitelist|enable|installonshutdown|update-days/ {
      print "line|" FILENAME ":" FNR "|" $0
    }
  ' "$file"
done
echo end
`,
};
