export const RELEASES = ['debian12', 'debian13'] as const;
export const LAYERS = ['bare', 'hardened'] as const;

export type Release = (typeof RELEASES)[number];
/** `bare`: as a provider hands it over. `hardened`: after a person followed the guide by hand. */
export type Layer = (typeof LAYERS)[number];

export interface BootOptions {
  release: Release;
  layer: Layer;
  /** At most 11 characters, because the outside interface is `ve-NAME`. A free one is made up when absent. */
  name?: string;
  /** The ports that sshd listens on, 22 when absent. The first one is the one in `sshConfig`. */
  ports?: number[];
}

export interface Result {
  code: number;
  stdout: string;
  stderr: string;
}

export interface LabHost {
  name: string;
  release: Release;
  layer: Layer;
  address: string;
  /** An ssh_config with the aliases `root`, `ubuntu` and `fleetclaw`. */
  sshConfig: string;
  knownHosts: string;
  /** The private key that every login of the lab accepts. */
  identity: string;
  /** Runs a shell command as root inside, past ssh: it works on a host that locked everybody out. */
  exec(command: string): Promise<Result>;
  write(path: string, content: string, mode?: number): Promise<void>;
  stop(): Promise<void>;
}
