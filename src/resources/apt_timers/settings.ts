/** What apt's own unit files set, and what changes neither what runs nor whether it can. */
const harmless = new Set([
  ...'Unit.Description Unit.Documentation Unit.After Unit.Before Unit.Wants Unit.OnFailure Unit.OnSuccess'.split(' '),
  ...'Service.Type Service.KillMode Service.TimeoutStopSec Service.SyslogIdentifier Service.Slice'.split(' '),
  ...'Service.Nice Service.CPUWeight Service.IOWeight Service.CPUSchedulingPolicy Service.OOMScoreAdjust'.split(' '),
  ...'Service.IOSchedulingClass Service.IOSchedulingPriority Service.StandardOutput Service.StandardError'.split(' '),
]);

/** Judged by what systemd makes of all files together. */
const judged =
  /^(Service\.(ExecStart|ExecStartPre|ExecCondition|User|Environment|EnvironmentFile|RootDirectory)|Unit\.(Condition|Assert)\w+)$/;

/** What takes away the network, the files or the time that downloads and upgrades need. */
const breaking = new RegExp(
  `^Service\\.(${[
    'Private(Network|Users)|NetworkNamespacePath|IPAddress(Deny|Allow)|RestrictAddressFamilies|SocketBindDeny',
    '(Inaccessible|ReadOnly|NoExec|Exec|ReadWrite)(Paths|Directories)|Bind(ReadOnly)?Paths|TemporaryFileSystem',
    'Protect(System|Home)|RootImage|MountImages|ExtensionImages|DynamicUser|SystemCallFilter|NoNewPrivileges',
    'Timeout(Start)?Sec|RuntimeMaxSec|CapabilityBoundingSet|Limit[A-Z]+|MemoryMax|TasksMax|CPUQuota',
  ].join('|')})$`,
);

/** The first setting, of rows `file|Section.Key|text`, that apt's own unit does not have and that is not known to be harmless. */
export function strangeSetting(rows: string[]): { breaks: boolean; why: string } | null {
  const settings = rows.map((row) => row.split('|') as [file: string, key: string, text: string]);
  const strange = settings.filter(([, key]) => !harmless.has(key) && !judged.test(key));
  const [file, key, text] = strange.find((each) => breaking.test(each[1])) ?? strange[0] ?? [];
  if (key === undefined) return null;
  const breaks = breaking.test(key);
  const says = `it has ${key.split('.')[1]}=${text} of ${file}`;
  return {
    breaks,
    why: breaks ? `${says}, which may keep it from its work` : `${says}, and what that does cannot be judged`,
  };
}
