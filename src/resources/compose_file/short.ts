/** Where a service asks to be published. */
export interface Port {
  /** Empty: on all addresses. */
  address: string;
  target: string;
}

/**
 * Compose's short form, `[address:][published:]target[/protocol]`, split as Docker does: the last two parts are ports, what is
 * left of them is the address, in brackets or not. Null: something else.
 */
export function parseShort(text: string): Port | null {
  const parts = text.split(':');
  const target = parts.pop()!;
  const published = parts.pop() ?? '';
  const address = parts.join(':').replace(/^\[(.*)\]$/, '$1');
  if (!/^\d+(-\d+)?(\/(tcp|udp|sctp))?$/i.test(target) || !/^(\d+(-\d+)?)?$/.test(published)) return null;
  return { address, target };
}
