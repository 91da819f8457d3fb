/** A line of shell in words of a report: names of our own functions tell a reader nothing. */
export function callWords(call: string): string {
  const [name = '', ...rest] = call.split(' ');
  const words = functions[name];
  return words === undefined ? call : [words, ...rest.map((each) => each.replace(/^'(.*)'$/, '$1'))].join(' ');
}

const functions: Record<string, string> = {
  fa_docker_reads: 'dockerd reading it',
  fa_docker_takes: 'restarting Docker with its containers running',
  fa_enable: 'enabling',
  fa_install: 'installing',
  fa_load_docker_user: 'loading the rules of DOCKER-USER',
  fa_reload_fail2ban: 'reloading fail2ban',
  fa_reload_sshd: 'reloading sshd',
  fa_set: 'setting',
  fa_set_access: 'setting mode and owner of',
  fa_sshd_lets_in: 'asking sshd whether this login would still come in',
  fa_ufw_may_reload: 'asking UFW whether this login would still come in',
  fa_ufw_lets_in: 'asking UFW whether this login would still come in',
};
