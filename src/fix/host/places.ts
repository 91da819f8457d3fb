/** Where transactions live on the host. */
export const home = '/var/lib/fleet-audit';

/** Undoes at a reboot what nobody has confirmed; it is there only as long as there is such a thing. */
export const recoverUnit = '/etc/systemd/system/fleet-audit-recover.service';
