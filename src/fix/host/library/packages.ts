/**
 * Packages that were not there; nothing else is upgraded or removed.
 */
export const packages = `fa_packages() { dpkg-query -W -f='\${binary:Package} \${db:Status-Status}\\n' | grep -Ev ' (not-installed|config-files)$' | cut -d' ' -f1 | sort; }
fa_keep_packages() { fa_packages >"$T/backup/packages"; }
fa_apt() { DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l apt-get -o DPkg::Lock::Timeout=60 -o Dpkg::Options::=--force-confold "$@" </dev/null; }
fa_install() {
  fa_apt -s install --no-install-recommends "$@" >"$T/simulated" || { fa_apt update && fa_apt -s install --no-install-recommends "$@" >"$T/simulated"; } || return 1
  ! grep -E '^Remv|^Inst [^ ]+ \\[' "$T/simulated" || { echo "it would remove or replace other packages"; return 1; }
  fa_apt -y install --no-install-recommends "$@"
}
fa_uninstall() {
  [ "$BY" != boot ] || { echo "packages cannot be removed this early: fleet-audit rollback $ID"; return 1; }
  dpkg --configure -a || :
  set -- $(fa_packages | comm -13 "$T/backup/packages" -)
  [ $# = 0 ] || fa_apt -y purge "$@" || return 1
  fa_packages | cmp -s - "$T/backup/packages"
}
`;
