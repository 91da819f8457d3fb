import type { Access, FileState } from '../model/fix-plan.ts';

/** What a plan starts from; a path that is missing here was not told. */
export interface HostState {
  files: ReadonlyMap<string, FileState | { odd: string } | null>;
  sysctls: ReadonlyMap<string, string>;
  /** Of units: the words of systemctl(1). */
  units: ReadonlyMap<string, { enabled: string; active: string }>;
  /** Interfaces with a default route. */
  external: readonly string[];
  /** Live rules of DOCKER-USER, of both families. */
  dockerUser: readonly string[];
  /** What matches a pattern. */
  access: ReadonlyMap<string, Found[]>;
  /** `installed`, `missing`, or what dpkg says. */
  packages: ReadonlyMap<string, string>;
  /** In the words of ufw(8), without its name. */
  ufwRules: readonly string[];
}

/** A file, directory or whatever else is there; `type` in stat(1)'s words. */
export interface Found extends Access {
  path: string;
  type: string;
}

/** Of a host that said nothing. */
export const untold: HostState = {
  ...{ files: new Map(), sysctls: new Map(), units: new Map(), access: new Map(), packages: new Map() },
  ...{ external: [], dockerUser: [], ufwRules: [] },
};
