import type { HostProbe } from '../../model/probe.ts';
import { askConfig } from './ask-config.ts';
import { askServer } from './ask-server.ts';

/** The Python that fail2ban-client itself is run by: the one that has fail2ban's modules. Nothing is compiled into caches (-B). */
const python = `
client=$(command -v fail2ban-client) || {
  echo 'installed|no'
  echo end
  exit 0
}
python=$(sed -n '1s/^#! *//p' "$client")
case $python in *python*) ;; *) python=python3 ;; esac
echo 'installed|yes'
`;

/**
 * What runs: the unit, the server behind the socket, each jail with its actions; and sshd's newest records about logins, to see
 * whether a jail would read them. Only a process of root by sshd's name counts: everybody may write to the journal.
 */
export const serverProbe: HostProbe = {
  kind: 'host',
  name: 'fail2ban.server',
  run: `${python}
unit=$(systemctl show fail2ban.service -p LoadState,ActiveState,SubState,MainPID,ExecStart)
printf '%s\\n' "$unit" | sed 's/^ExecStart=.*argv\\[\\]=\\([^;]*\\);.*/ExecStart=\\1/; s/^/unit|/'
somebody='user=somebody,host=there,addr=203.0.113.7,laddr=0.0.0.0,lport=22'
{ sshd -T -C "$somebody" || sshd -G; } 2> /dev/null | sed -n 's/^loglevel /loglevel|/p'
RECORDS=$(journalctl -q --no-pager -r -n 500 -o json \\
  --output-fields=MESSAGE,_PID,_UID,_COMM,_EXE,_TRANSPORT,_SYSTEMD_UNIT,_SYSTEMD_SLICE,SYSLOG_IDENTIFIER,SYSLOG_FACILITY,PRIORITY \\
  _UID=0 _COMM=sshd-session + _UID=0 _COMM=sshd |
  grep -m 4 -E '"MESSAGE" ?: ?"(Accepted |Failed |Invalid user |User .* not allowed |Connection (closed|reset) by )')
export RECORDS
# shellcheck disable=SC2086 # a path, or /usr/bin/env and a name
$python -I -B -c '${askServer}' "$(printf '%s\\n' "$unit" | sed -n 's/^MainPID=//p')" || exit
echo end
`,
};

/** What the files say: what fail2ban would be told at its next start. */
export const configProbe: HostProbe = {
  kind: 'host',
  name: 'fail2ban.config',
  run: `${python}
# shellcheck disable=SC2086 # a path, or /usr/bin/env and a name
$python -I -B -c '${askConfig}' || exit
echo end
`,
};
