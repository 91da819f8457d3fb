import type { HostProbe } from '../../model/probe.ts';

/** hostname(5) and cloud-init's files. \`hostnamectl\` would start a service to read the same file. */
export const nameProbe: HostProbe = {
  kind: 'host',
  name: 'hostname',
  run: `
printf 'current|%s\\n' "$(cat /proc/sys/kernel/hostname)"
if why=$(cat /etc/hostname 2>&1 > /dev/null); then
  awk '{ print "static|" $0 }' /etc/hostname
  echo 'read|yes'
else
  printf 'none|%s\\n' "$why"
fi
tr ' ' '\\n' < /proc/cmdline | sed -n 's/^systemd\\.hostname=/boot|/p'
if [ -e /etc/cloud/cloud.cfg ] || command -v cloud-init > /dev/null; then
  echo 'cloud|there'
  if [ -e /etc/cloud/cloud-init.disabled ]; then echo 'cloud|off'; fi
  for file in /etc/cloud/cloud.cfg /etc/cloud/cloud.cfg.d/*.cfg; do
    if [ -f "$file" ]; then
      awk '/^preserve_hostname[ \\t]*:/ { print "preserve|" FILENAME ":" FNR "|" $0 }' "$file"
    fi
  done
fi
echo end
`,
};

/** \`getent ahosts\` asks as programs ask, both families; names that only DNS could know may take their time. */
export const resolveProbe: HostProbe = {
  kind: 'host',
  name: 'hostname.resolves',
  timeoutSeconds: 30,
  run: `
name=$(cat /proc/sys/kernel/hostname)
printf 'name|%s\\n' "$name"
seen=$(getent ahosts -- "$name")
printf 'code|%s\\n' $?
printf '%s\\n' "$seen" | awk 'NF { print "address|" $1 }' | sort -u
name=$name awk '
  { sub(/#.*/, "") }
  { for (i = 2; i <= NF; i++) if (tolower($i) == tolower(ENVIRON["name"])) { print "line|/etc/hosts:" FNR; next } }
' /etc/hosts
echo end
`,
};
