/**
 * The engine, and that its containers run on. The time of /etc/docker stays as it was: by it the engine is judged to have read its file or not, and
 * rules beside that are none of it.
 */
export const docker = `fa_docker_reads() {
  command -v dockerd >/dev/null || { echo "there is no dockerd"; return 1; }
  dockerd --help 2>&1 | grep -q -- --validate || return 0
  dockerd --validate --config-file=/etc/docker/daemon.json
}
fa_running() { docker ps -q --no-trunc | xargs -r docker inspect -f '{{.Id}} {{.State.StartedAt}}' | sort; }
fa_docker_answers() { fa_n=0; until docker info >/dev/null 2>&1; do [ $fa_n -lt 60 ] || return 1; sleep 0.5; fa_n=$((fa_n+1)); done; }
fa_live() { [ "$(docker info -f '{{.LiveRestoreEnabled}}')" = "$1" ]; }
fa_live_becomes() { systemctl reload docker.service && fa_n=0; until fa_live "$1"; do [ $fa_n -lt 20 ] || return 1; sleep 0.5; fa_n=$((fa_n+1)); done; }
fa_keep_docker() { touch -r /etc/docker "$T/backup/docker.time" 2>/dev/null || :; }
fa_docker_takes() {
  systemctl is-active -q docker.service || return 0
  fa_were=$(fa_running)
  [ -z "$fa_were" ] || fa_live_becomes true || { echo "live-restore is off: a restart would end every container"; return 1; }
  systemctl reset-failed docker.service 2>/dev/null
  systemctl restart docker.service && fa_docker_answers || return 1
  fa_running >"$T/running"
  printf '%s\\n' "$fa_were" | grep . | grep -vFxf "$T/running" || return 0
  echo "these containers did not go on"; return 1
}
fa_put_daemon_json() { printf %s "$1" | base64 -d >/etc/docker/.fleet-audit.$ID && chmod 0644 /etc/docker/.fleet-audit.$ID && mv -f /etc/docker/.fleet-audit.$ID /etc/docker/daemon.json; }
fa_docker_back() {
  [ "$BY" != boot ] || return 0
  fa_old=/etc/docker/daemon.json
  if systemctl is-active -q docker.service; then
    if [ -e "$T/backup/docker.none" ]; then :; elif [ -e $fa_old ]; then cp -a $fa_old "$T/backup/docker.json"; else : >"$T/backup/docker.none"; fi
    fa_put_daemon_json "$1" && fa_docker_takes && fa_put_daemon_json "$2" && systemctl reload docker.service && sleep 1 || fa_rc_docker=1
    if [ -e "$T/backup/docker.none" ]; then rm -f $fa_old; else cp -a "$T/backup/docker.json" /etc/docker/.fleet-audit.$ID && mv -f /etc/docker/.fleet-audit.$ID $fa_old; fi
  fi
  fa_same_docker_time
  [ "\${fa_rc_docker:-0}" = 0 ]
}
fa_same_docker_time() { [ ! -e "$T/backup/docker.time" ] || [ ! -d /etc/docker ] || touch -r "$T/backup/docker.time" /etc/docker; }
`;
