export type Unit = Record<string, string>;

/** `name|Key=value` rows by unit. Null: a row is none, or what is needed of a unit is missing. */
export function readUnits(rows: string[], names: string[]): Record<string, Unit> | null {
  const units: Record<string, Unit> = Object.fromEntries(names.map((name) => [name, {}]));
  for (const row of rows) {
    const [, name, key, text] = /^([^|]+)\|([A-Za-z]+)=(.*)$/.exec(row) ?? [];
    const unit = name === undefined ? undefined : units[name];
    if (!unit) return null;
    // Commands may be several: one row each.
    unit[key!] = Object.hasOwn(unit, key!) ? `${unit[key!]}\n${text!}` : text!;
  }
  const needed = ['Id', 'LoadState', 'ActiveState', 'SubState', 'UnitFileState'];
  return names.every((name) => needed.every((key) => key in units[name]!)) ? units : null;
}

/** `Mon 2026-11-23 06:05:42.123456 UTC` in seconds; null when it says nothing. */
export function toSeconds(text: string | null | undefined): number | null {
  const [, date, time] = /^[A-Z][a-z]{2} (\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.\d+)? UTC$/.exec(text ?? '') ?? [];
  return date === undefined ? null : Date.parse(`${date}T${time}Z`) / 1000;
}
