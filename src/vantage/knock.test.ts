import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { knock, type Live } from './knock.ts';

async function listener() {
  const server = createServer((socket) => socket.on('error', () => {})).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

describe('a knock', () => {
  it('tells an open port from a closed one', async () => {
    const { server, port } = await listener();
    expect(await knock('127.0.0.1', port, 1000, new Set())).toBe('open');
    server.close();
    await once(server, 'close');
    expect(await knock('127.0.0.1', port, 1000, new Set())).toBe('closed');
  });

  it('takes an answer that is there when a busy machine gets to look', async () => {
    const { server, port } = await listener();
    const met = knock('127.0.0.1', port, 20, new Set());
    const until = performance.now() + 100;
    while (performance.now() < until); // nothing else runs meanwhile
    expect(await met).toBe('open');
    server.close();
  });

  it('ends when it is told to, and is then no longer under way', async () => {
    const live: Live = new Set();
    const met = knock('127.0.0.1', 1, 1000, live);
    expect(live.size).toBe(1);
    live.forEach((end) => end());
    expect(await met).toBe('EINTR');
    expect(live.size).toBe(0);
  });
});
