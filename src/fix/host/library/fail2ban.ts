/**
 * fail2ban starts before it answers; bans stay.
 */
export const fail2ban = `fa_reload_fail2ban() {
  systemctl is-active -q fail2ban || return 0
  fa_n=0; until fail2ban-client ping >/dev/null 2>&1 || [ $fa_n -ge 40 ]; do sleep 0.25; fa_n=$((fa_n+1)); done
  fail2ban-client reload "$@"
}
`;
