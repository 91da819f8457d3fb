/**
 * The chain DOCKER-USER, and no other.
 */
export const dockerUser = `fa_keep_docker_user() {
  for fa_c in iptables ip6tables; do $fa_c-save -t filter 2>/dev/null | sed -n '/^:DOCKER-USER /p; /^-A DOCKER-USER /p' >"$T/backup/docker-user.$fa_c"; done
  touch -r /etc/docker "$T/backup/docker.time" 2>/dev/null || :
  fa_keep_unit docker-iptables.service
}
fa_load_docker_user() {
  fa_same_docker_time
  for fa_c in iptables ip6tables; do $fa_c-restore --test -n /etc/docker/$fa_c-rules.conf || return 1; done
  systemctl daemon-reload && systemctl enable -q docker-iptables.service && systemctl restart docker-iptables.service
}
fa_restore_docker_user() {
  fa_same_docker_time
  fa_kept=$(fa_unit_kept docker-iptables.service)
  case $fa_kept in enabled*) ;; *) rm -f /etc/systemd/system/multi-user.target.wants/docker-iptables.service ;; esac
  [ "$BY" != boot ] || return 0
  case $fa_kept in *'|active') ;; *) systemctl stop docker-iptables.service 2>/dev/null ;; esac
  systemctl daemon-reload || return 1
  for fa_c in iptables ip6tables; do
    if [ -s "$T/backup/docker-user.$fa_c" ]; then { echo '*filter'; cat "$T/backup/docker-user.$fa_c"; echo COMMIT; } | $fa_c-restore -w -n || return 1
    else $fa_c -w -F DOCKER-USER 2>/dev/null; $fa_c -w -X DOCKER-USER 2>/dev/null || :; fi
  done
}
`;
