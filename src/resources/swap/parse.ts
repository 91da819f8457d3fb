/** One line of /proc/swaps with what was seen at its path. */
export interface Device {
  path: string;
  type: 'file' | 'partition';
  bytes: number;
  /** The device behind links; null where that could not be told. */
  real: string | null;
  mode?: string;
  owner?: string;
}

/** One line of fstab, or one unit. */
export interface Source {
  where: string;
  real: string | null;
  /** Names of the units that would have to be masked to stop it. */
  unit: string;
  starts: boolean;
}

export interface Swap {
  devices: Device[];
  sources: Source[];
  /** Null: systemd was not asked. */
  masked: string[] | null;
}

/** Reads the probe's lines. Null: the text is not what the probe prints, in whole or in part. */
export function parse(stdout: string): Swap | null {
  const lines = stdout.split('\n');
  if (lines.pop() !== '' || lines.pop() !== 'end') return null;
  const rows = lines.map((line) => line.split('\t'));
  const of = (word: string) => rows.filter(([first]) => first === word).map(([, ...rest]) => rest);
  if (rows.some(([first]) => !['swaps', 'stat', 'real', 'fstab', 'unit', 'show'].includes(first!))) return null;
  const devices = readDevices(of('swaps'), of('stat'), of('real'));
  const fstab = of('fstab').map(readFstab);
  const units = readUnits(of('unit'), of('show'));
  if (!devices || !units || fstab.includes(null)) return null;
  const lists = inForce(fstab as Source[], units);
  return { devices, sources: [...lists, ...units.sources], masked: units.masked };
}

/**
 * Of two lines that make one unit the first counts (systemd-fstab-generator(8) keeps what is there), and a unit file or drop-in of that
 * name has its own idea of the device.
 */
function inForce(fstab: Source[], { sources, masked }: Pick<Swap, 'sources' | 'masked'>): Source[] {
  const first = fstab.filter((line, at) => fstab.findIndex((each) => each.unit === line.unit) === at);
  return first.map((line) => {
    const unit = sources.find((each) => each.unit === line.unit && !masked?.includes(each.unit));
    if (!unit || unit.real === line.real) return line;
    return { ...line, real: unit.real, where: `${unit.unit}, which stands above ${line.where}` };
  });
}

function readDevices(swaps: string[][], stats: string[][], reals: string[][]): Device[] | null {
  const [head, ...rows] = swaps.map((fields) => fields.join(' ').trim());
  if (!head?.startsWith('Filename ') || rows.length !== stats.length || rows.length !== reals.length) return null;
  const devices = rows.map((row, index) => readDevice(row, stats[index]!.join('\t'), reals[index]!.join('\t')));
  return devices.includes(null) ? null : (devices as Device[]);
}

function readDevice(row: string, stat: string, real: string): Device | null {
  const match = /^(\/\S+)\s+(file|partition)\s+(\d+)\s+\d+\s+-?\d+$/.exec(row);
  if (!match) return null;
  const [, path, type, kib] = match as unknown as [string, string, Device['type'], string];
  const seen = /^([0-7]{1,4})\|(\d+)\|([^|]*)$/.exec(stat);
  return {
    ...{ path: unescape(path), type, bytes: Number(kib) * 1024, real: readReal(real) },
    ...(seen && { mode: seen[1]!.padStart(4, '0'), owner: seen[2] === '0' ? 'root' : nameOf(seen[2]!, seen[3]!) }),
  };
}

/** Another account that passwd calls root is not root. */
function nameOf(uid: string, name: string): string {
  return name === 'root' || name === 'UNKNOWN' || name === '' ? uid : name;
}

/** The kernel writes blanks and backslashes as three octal digits. */
function unescape(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}

/** `readlink`'s line breaks come as \x01; a name that has one itself is not compared with anything. */
function readReal(text: string): string | null {
  const path = text.endsWith('\x01') ? text.slice(0, -1) : '';
  return path === '' || path.includes('\x01') ? null : path;
}

function readFstab([line, options, source, ...real]: string[]): Source | null {
  if (!/^\d+$/.test(line ?? '') || !options || !source || real.length === 0) return null;
  const starts = !options.split(',').includes('noauto');
  return { where: `/etc/fstab:${line}`, real: readReal(real.join('\t')), unit: unitOf(source), starts };
}

/** The unit that systemd-fstab-generator makes: systemd-escape --path, of a tag by its link below /dev/disk. */
function unitOf(source: string): string {
  const [, tag, value] = /^(UUID|LABEL|PARTUUID|PARTLABEL)="?([^"]*)"?$/.exec(source) ?? [];
  const path = tag ? `/dev/disk/by-${tag.toLowerCase()}/${value}` : unescape(source);
  const escaped = path.replace(/^\/+|\/+$/g, '').replace(/\/+|[^A-Za-z0-9:_.]/g, (sign) => {
    if (sign.startsWith('/')) return '-';
    return [...Buffer.from(sign)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
  });
  return `${escaped.replace(/^\./, '\\x2e')}.swap`;
}

/** Only an enabled unit starts at boot. One that a generator made does, unless from fstab, which is read itself. */
function readUnits(units: string[][], shown: string[][]): Pick<Swap, 'sources' | 'masked'> | null {
  if (units.length === 0) return { sources: [], masked: null };
  const states = units.map((fields) => /^(\S+)\s+(\S+)/.exec(fields.join(' ')));
  if (states.includes(null)) return null;
  const masked = states.filter((each) => each![2]!.startsWith('masked')).map((each) => each![1]!);
  const sources = inBlocks(shown.map((fields) => fields.join('\t'))).map((unit): Source => {
    const generated = unit.UnitFileState === 'generated' && unit.SourcePath !== '/etc/fstab';
    const starts = unit.UnitFileState === 'enabled' || generated;
    return { where: unit.Id ?? '', unit: unit.Id ?? '', real: readReal(unit.Real ?? ''), starts };
  });
  return { sources, masked };
}

/** `systemctl show` parts its units by empty lines. */
function inBlocks(lines: string[]): Record<string, string>[] {
  const blocks: Record<string, string>[] = [{}];
  for (const line of lines) {
    const at = line.indexOf('=');
    if (line === '') blocks.push({});
    else blocks.at(-1)![line.slice(0, at)] = line.slice(at + 1);
  }
  return blocks.filter((block) => block.Id !== undefined);
}
