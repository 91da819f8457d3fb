import { createHash } from 'node:crypto';

/** A container as far as Redis goes. */
export interface Container {
  name: string;
  status: string;
  restarts: number;
  image: string;
  /** The labels fleetclaw.asset_id and fleetclaw.managed; empty where there is none. */
  asset: string;
  managed: string;
  /** The user in each variable that holds the URL of a Redis; `?` for a name that the server does not know. */
  urls: Record<string, string>;
  /** Variables that hold the password of a Redis user, and whose it is; `?` where only the variable's name says so. */
  passwords: Record<string, string>;
}

/** The users of the server by their passwords' SHA-256; those without one under their names. */
export interface Users {
  names: ReadonlySet<string>;
  byHash: ReadonlyMap<string, string>;
}

/** Gathers the lines about one container, and leaves out its secrets. */
export class ContainerLines {
  private readonly container: Container;
  private readonly users: Users;

  private constructor(container: Container, users: Users) {
    this.container = container;
    this.users = users;
  }

  static start(line: string, users: Users): ContainerLines | null {
    const match = /^c\|[0-9a-f]+\|\/([\w.-]+)\|([a-z]+)\|\d+\|(\d+)$/.exec(line);
    if (!match) return null;
    const [, name, status, restarts] = match as unknown as string[];
    const empty = { image: '', asset: '', managed: '', urls: {}, passwords: {} };
    return new ContainerLines({ name: name!, status: status!, restarts: Number(restarts), ...empty }, users);
  }

  /** False for a line that is not about this container. */
  take(line: string): boolean {
    const [, word, json] = /^(image|l|managed|env)\|(.*)$/.exec(line) ?? [];
    if (word === undefined) return false;
    const text = String(JSON.parse(json!) ?? '');
    if (word === 'env') this.takeEnv(text);
    else this.container[fields[word]!] = text;
    return true;
  }

  toLine(): string {
    return `container|${JSON.stringify(this.container)}`;
  }

  private takeEnv(setting: string): void {
    const at = setting.indexOf('=');
    const [key, text] = [setting.slice(0, at), setting.slice(at + 1)];
    for (const [, user] of text.matchAll(urls)) this.container.urls[key] = this.userIn(user);
    const holders = new Set([text, ...text.split(apart)].flatMap((part) => this.holderOf(part) ?? []));
    const named = /^REDIS_(PASSWORD_\w+|\w+_PASSWORD)$/.test(key) && text !== '';
    if (holders.size === 0 && named) holders.add('?');
    for (const [count, holder] of [...holders].entries())
      this.container.passwords[count === 0 ? key : `${key}, part ${count + 1}`] = holder;
    if (/^REDIS_USER(NAME)?$/.test(key)) this.container.urls[key] = this.userIn(text);
  }

  private holderOf(text: string): string | undefined {
    return this.users.byHash.get(createHash('sha256').update(decode(text)).digest('hex'));
  }

  private userIn(name: string | undefined): string {
    if (!name) return 'default';
    const plain = decode(name);
    return this.users.names.has(plain) ? plain : '?';
  }
}

const fields: Record<string, 'image' | 'asset' | 'managed'> = { image: 'image', l: 'asset', managed: 'managed' };

/** What parts a password from what stands around it, in a URL, in JSON, in a list. */
const apart = /[\s:@/?&,;|'"{}[\]()<>]+|(?<=[^=])=(?=[^=])/;

/** What stands before the last `@` is who; what stands before its first `:` is the name. */
const urls = /\b(?:rediss?|valkeys?|redis\+\w+|redis-sentinel|unix):\/\/(?:([^:@/\s]*)(?::[^\s]*)?@)?/gi;

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
