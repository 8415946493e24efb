import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Server } from 'socket.io';
import { PollingSession } from '../../../test/support/polling-session.ts';
import { boundPackets, boundUnsent, MOST_PACKETS, MOST_WAITING_BYTES, unsentBytes } from './connection-buffer.ts';
import type { ServerSocket } from './live-socket.ts';

/** The bytes counted for a packet besides its text. */
const PACKET_BYTES = 100;

let io: Server;
let url: string;
let socket: ServerSocket;
let session: PollingSession;
/** How often the text of a packet was read. */
let looks: number;
let messages: number;

beforeEach(async () => {
  [looks, messages] = [0, 0];
  const http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  io = new Server(http);
  io.engine.on('connection', boundPackets);
  url = `http://127.0.0.1:${address.port}`;
  const connected = new Promise<ServerSocket>((resolve) => io.of('/live').once('connection', resolve));
  session = await PollingSession.connected(url);
  socket = await connected;
  socket.onAny(() => {
    messages += 1;
  });
});
afterEach(() => io.close());

async function waitUntil(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

describe('what waits for a reader who fetches nothing', () => {
  it('is counted with as little work however much of it there is', () => {
    unsentBytes(socket.conn);
    socket.conn.on('packetCreate', (packet: { data: unknown }) => {
      const { data } = packet;
      Object.defineProperty(packet, 'data', {
        get: () => {
          looks += 1;
          return data;
        },
      });
    });
    for (let sent = 0; sent < 2_000; sent += 1) {
      socket.conn.send('x'.repeat(100));
      unsentBytes(socket.conn);
    }

    expect({ looks: looks <= 2_000, waits: unsentBytes(socket.conn) }).toEqual({
      looks: true,
      waits: 2_000 * (100 + PACKET_BYTES),
    });
  });

  it('is nothing any more once it was fetched', async () => {
    socket.conn.send('x'.repeat(100));
    expect(unsentBytes(socket.conn)).toBe(100 + PACKET_BYTES);
    await session.fetch();
    socket.conn.send('y'.repeat(7));

    expect(unsentBytes(socket.conn)).toBe(7 + PACKET_BYTES);
  });
});

describe('a reader for whom more waits than may', () => {
  const send = (bytes: number): void => void socket.conn.send('x'.repeat(bytes));

  it('is disconnected when it takes nothing, and what waits is let go', async () => {
    boundUnsent(socket.conn);
    const gone = once(socket, 'disconnect');
    send(MOST_WAITING_BYTES / 2);
    await new Promise((resolve) => setImmediate(resolve));
    expect(socket.connected).toBe(true);
    send(MOST_WAITING_BYTES / 2);
    await gone;

    expect(unsentBytes(socket.conn)).toBe(0);
  });

  it('stays when it takes each of them at once', async () => {
    boundUnsent(socket.conn);
    const fetching = session.fetch();
    await waitUntil(() => socket.conn.transport.writable);
    send(MOST_WAITING_BYTES + 1);
    await fetching;

    expect(socket.connected).toBe(true);
  });
});

describe('the packets of one request', () => {
  const packets = (count: number) => Array.from({ length: count }, () => '42/live,["hello"]');

  it('are taken as long as they are no more than one may send', async () => {
    expect(await session.post(packets(MOST_PACKETS))).toBe(200);
    expect(messages).toBe(MOST_PACKETS);
  });

  it('are none of them taken when there is one more, and the session is over', async () => {
    const gone = once(socket, 'disconnect');
    await session.post(packets(MOST_PACKETS + 1));
    await gone;

    expect(messages).toBe(0);
    expect(await session.post(packets(1))).toBe(400);
  });
});
