import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface DelayProxy {
  port: number;
  close(): Promise<void>;
}

/** A TCP proxy on loopback that holds every byte back for `oneWayMs`, in both directions: a round trip without netem. */
export async function delayProxy(options: {
  to: { host: string; port: number };
  oneWayMs: number;
}): Promise<DelayProxy> {
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (near) => {
    const far = connect({ ...options.to, noDelay: true, allowHalfOpen: true });
    for (const [from, to] of [[near, far] as const, [far, near] as const]) {
      open.add(from);
      forward(from, to, options.oneWayMs);
      from.on('close', () => open.delete(from));
    }
  });
  await new Promise<void>((resolve, reject) => server.on('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Timers of one length fire in the order they were set, so the bytes stay in order, and the end comes last. */
function forward(from: Socket, to: Socket, oneWayMs: number): void {
  const later = (what: () => void) => setTimeout(() => to.destroyed || what(), oneWayMs);
  from.on('data', (bytes) => later(() => to.write(bytes)));
  from.on('end', () => later(() => to.end()));
  from.on('error', () => later(() => to.destroy()));
  from.on('close', (hadError) => hadError && later(() => to.destroy()));
}
