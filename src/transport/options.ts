/** How hosts are reached; the same object for all targets of a run, so that a passphrase is asked for once. */
export interface TransportOptions {
  /** Read instead of ~/.ssh/config and /etc/ssh/ssh_config. */
  sshConfigFile?: string | undefined;
  /** The only private key to log in with. */
  identity?: string | undefined;
  /** Store the key of a host that is not known yet. Never that of one whose key changed. */
  acceptNewHostKey: boolean;
  /** The passphrase of an encrypted key, or null if there is none to be had. */
  askPassphrase: (keyPath: string) => Promise<string | null>;
}
