import type { HostProbe } from '../../model/probe.ts';

/** os-release(5): /etc comes first, /usr/lib is what it usually links to. */
export const releaseProbe: HostProbe = {
  kind: 'host',
  name: 'os.release',
  run: `
for file in /etc/os-release /usr/lib/os-release; do
  [ -e "$file" ] || continue
  printf 'file|%s\\n' "$file"
  awk '{ print "line|" $0 }' "$file"
  break
done
echo end
`,
};

/**
 * The running kernel beside those that lie in /boot, in the order of their versions, and the flag that packages leave when
 * they want a reboot. \`stat\` says in words why it sees no flag.
 */
export const kernelProbe: HostProbe = {
  kind: 'host',
  name: 'os.kernel',
  run: `
running=$(uname -r)
printf 'running|%s\\nbuild|%s\\n' "$running" "$(uname -v)"
for flag in /run/reboot-required /var/run/reboot-required; do
  printf 'flag|%s\\n' "$(stat -c '%n' -- "$flag" 2>&1)"
done
if [ -f /run/reboot-required.pkgs ]; then awk '{ print "for|" $0 }' /run/reboot-required.pkgs; fi
for image in /boot/vmlinuz-*; do
  if [ -e "$image" ]; then printf 'image|%s\\n' "\${image#/boot/vmlinuz-}"; fi
done | sort -V
dpkg-query -W -f='package|\${db:Status-Abbrev}|\${Package}|\${Version}\\n' 'linux-image-*' 2> /dev/null
case $? in 0 | 1) echo 'asked|dpkg' ;; esac
echo end
`,
};
