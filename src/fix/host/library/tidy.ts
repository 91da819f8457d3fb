import { home, recoverUnit } from '../places.ts';

/**
 * What undoes at a reboot is there only as long as there is such a thing.
 */
export const tidy = `fa_tidy() {
  set -- ${home}/txn/*/state/armed
  [ ! -e "$1" ] && [ -e ${recoverUnit} ] || return 0
  rm -f ${recoverUnit} /etc/systemd/system/sysinit.target.wants/fleet-audit-recover.service
  [ "$BY" = boot ] || systemctl daemon-reload 2>/dev/null || :
}
`;
