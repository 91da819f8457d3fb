import type { Access, FileState, LiveChange } from '../model/fix-plan.ts';
import type { HostState } from './state.ts';

/** What a file is to be; what is left out stays as it is. */
export interface Wanted {
  content?: string;
  mode?: string;
  owner?: string;
}

/** A change that cannot be planned; the reason is for people. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** The host as it will be, step by step: every step sees what those before it wanted, so fixes of one file compose. */
export class Draft {
  readonly files = new Map<string, FileState>();
  readonly sysctls = new Map<string, string>();
  readonly access = new Map<string, { before: Access; after: Access }>();
  readonly packages = new Set<string>();
  readonly runs = new Map<string, Omit<Extract<LiveChange, { kind: 'run' }>, 'kind'>>();
  readonly ufw = {
    ...{ allow: new Set<string>(), deleted: new Set<string>(), defaults: new Map<string, string>() },
    ...{ ipv6: false, logging: false, enabled: false },
  };
  readonly units = new Map<string, { enabled: boolean; started: boolean }>();
  readonly validate = new Set<string>();
  readonly activate = new Set<string>();
  dockerUser = false;
  docker: { bridge: { on: string; off: string } } | null = null;
  readonly host: HostState;

  constructor(host: HostState) {
    this.host = host;
  }

  /** @throws {Refusal} when the host did not say, or it is no plain file */
  file(path: string): FileState | null {
    const known = this.files.get(path) ?? this.host.files.get(path);
    if (known === undefined) throw new Refusal(`${path} could not be read`);
    if (known !== null && 'odd' in known) throw new Refusal(`${path} is ${known.odd}, not a plain file`);
    return known;
  }

  /** systemctl(1) says `not-found`, or nothing when it is old. */
  knows(unit: string): boolean {
    return !['', 'not-found'].includes(this.host.units.get(unit)?.enabled ?? '');
  }

  /** A file that is written gets its mode and owner with it: two changes of one path would take each other for somebody else's. */
  mergeAccess(): void {
    for (const [path, { after }] of this.access) {
      if (!this.files.has(path)) continue;
      this.change(path, after);
      this.access.delete(path);
    }
  }

  /** @throws {Refusal} as `file` does */
  change(path: string, wanted: Wanted): void {
    const before = this.file(path);
    if (!before && wanted.content === undefined) throw new Refusal(`there is no ${path}`);
    this.files.set(path, { content: '', mode: '0644', owner: 'root:root', ...before, ...wanted });
  }
}
