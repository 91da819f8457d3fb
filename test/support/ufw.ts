/** What the probe of `ufw` said on a Debian 13 host set up as the guide says, for tests. */
export const ufwAnswer = [
  ...['default', 'conf', 'before', 'after', 'user', 'before6', 'after6', 'user6'].map((name) => `file|${name}`),
  'text|default|# /etc/default/ufw',
  'text|default|#',
  'text|default|',
  'text|default|IPV6=yes',
  'text|default|DEFAULT_INPUT_POLICY="DROP"',
  'text|default|DEFAULT_OUTPUT_POLICY="ACCEPT"',
  'text|default|DEFAULT_FORWARD_POLICY="DROP"',
  'text|default|DEFAULT_APPLICATION_POLICY="SKIP"',
  'text|default|MANAGE_BUILTINS=no',
  'text|default|IPT_SYSCTL=/etc/ufw/sysctl.conf',
  'text|default|IPT_MODULES=""',
  'text|conf|ENABLED=yes',
  'text|conf|LOGLEVEL=low',
  ...rules('ufw', '', ['-p icmp --icmp-type echo-request', '-p udp --sport 67 --dport 68']),
  ...rules('ufw6', '6', ['-p icmpv6 --icmpv6-type echo-request', '-p udp -d ff02::fb --dport 5353']),
  'ipv6|on',
  'unit|ExecStart={ path=/usr/lib/ufw/ufw-init ; argv[]=/usr/lib/ufw/ufw-init start quiet',
  'unit|Id=ufw.service',
  'unit|LoadState=loaded',
  'unit|UnitFileState=enabled',
  'pulled|ufw.service',
  'end',
  '',
].join('\n');

function rules(chain: string, suffix: string, stock: string[]): string[] {
  const before = [
    '*filter',
    ...['before-input', 'before-output', 'before-forward', 'not-local'].map((name) => `:${chain}-${name} - [0:0]`),
    `-A ${chain}-before-input -i lo -j ACCEPT`,
    `-A ${chain}-before-input -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`,
    `-A ${chain}-before-input -m conntrack --ctstate INVALID -j ${chain}-logging-deny`,
    `-A ${chain}-before-input -m conntrack --ctstate INVALID -j DROP`,
    ...stock.map((each) => `-A ${chain}-before-input ${each} -j ACCEPT`),
    `-A ${chain}-before-input -j ${chain}-not-local`,
    `-A ${chain}-not-local -m addrtype --dst-type LOCAL -j RETURN`,
    `-A ${chain}-not-local -j DROP`,
    'COMMIT',
  ];
  const after = [
    '*filter',
    `:${chain}-after-input - [0:0]`,
    `-A ${chain}-after-input -p udp --dport 137 -j ${chain}-skip-to-policy-input`,
    'COMMIT',
  ];
  const user = [
    '*filter',
    `:${chain}-user-input - [0:0]`,
    '### RULES ###',
    '',
    '### tuple ### allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in',
    `-A ${chain}-user-input -p tcp --dport 22 -j ACCEPT`,
    '',
    '### tuple ### allow udp 41641 0.0.0.0/0 any 0.0.0.0/0 in comment=5461696c7363616c65',
    `-A ${chain}-user-input -p udp --dport 41641 -j ACCEPT`,
    '### LOGGING ###',
    `-A ${chain}-after-logging-input -j LOG --log-prefix "[UFW BLOCK] " -m limit --limit 3/min --limit-burst 10`,
    `-I ${chain}-logging-deny -m conntrack --ctstate INVALID -j RETURN -m limit --limit 3/min --limit-burst 10`,
    'COMMIT',
  ];
  return Object.entries({ before, after, user }).flatMap(([name, lines]) =>
    lines.map((line) => `text|${name}${suffix}|${line}`),
  );
}
