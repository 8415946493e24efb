import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Server } from 'socket.io';
import { io as connect, type Socket } from 'socket.io-client';
import { waiting } from './connection-buffer.ts';
import type { LiveNamespace, ServerSocket } from './live-socket.ts';
import { sendToAll } from './send-to-all.ts';

let server: Server;
let url: string;
let namespace: LiveNamespace;
const clients: Socket[] = [];

beforeEach(async () => {
  const http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  server = new Server(http);
  namespace = server.of('/live');
  url = `http://127.0.0.1:${address.port}/live`;
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await server.close();
});

interface Reader {
  readonly socket: ServerSocket;
  /** The counts of the messages that came, in their order, once so many have come. */
  readonly heard: (count: number) => Promise<readonly unknown[]>;
}

async function reader(transport: 'websocket' | 'polling'): Promise<Reader> {
  const connected = new Promise<ServerSocket>((resolve) => namespace.once('connection', resolve));
  const client = connect(url, { transports: [transport], forceNew: true });
  clients.push(client);
  const got: unknown[] = [];
  client.on('counts:changes', ({ counts }: { readonly counts: object }) => void got.push(counts));
  const heard = async (count: number): Promise<readonly unknown[]> => {
    while (got.length < count) await new Promise((resolve) => setImmediate(resolve));
    return [...got];
  };
  const socket = await connected;
  while (transport === 'websocket' && !socket.conn.transport.writable)
    await new Promise((resolve) => setImmediate(resolve));
  return { socket, heard };
}

/** How many packets Engine.IO makes for the connection from now on. */
function packetsOf({ socket }: Reader): () => number {
  let made = 0;
  socket.conn.on('packetCreate', () => {
    made += 1;
  });
  return () => made;
}

const say = (readers: readonly Reader[], counts: Readonly<Record<string, number>>): void =>
  sendToAll(
    namespace,
    readers.map(({ socket }) => socket),
    ['counts:changes', { counts }],
  );

it('reaches readers on every way, in the order in which all was sent, past what Engine.IO makes for each', async () => {
  const [free, busy, polling] = [await reader('websocket'), await reader('websocket'), await reader('polling')];
  const made = packetsOf(free);
  const { handedOver } = waiting(free.socket.conn);
  // Before this was taken, the next waits behind it.
  busy.socket.emit('counts:changes', { counts: { before: 0 } });
  say([free, busy, polling], { ชุมชน: 1 });
  say([free, busy, polling], { second: 2 });
  await free.heard(2);
  expect({ made: made(), handedOver: waiting(free.socket.conn).handedOver - handedOver }).toEqual({
    made: 1,
    handedOver: 2,
  });
  expect(await free.heard(2)).toEqual([{ ชุมชน: 1 }, { second: 2 }]);
  expect(await busy.heard(3)).toEqual([{ before: 0 }, { ชุมชน: 1 }, { second: 2 }]);
  expect(await polling.heard(2)).toEqual([{ ชุมชน: 1 }, { second: 2 }]);
});

it('has texts of any length', async () => {
  const one = await reader('websocket');
  const made = packetsOf(one);
  const empty = '42/live,["counts:changes",{"counts":{"":1}}]'.length;
  const lengths = [empty, 125, 126, 65_535, 65_536, 200_000];
  for (const [at, length] of lengths.entries()) {
    say([one], { ['x'.repeat(length - empty)]: 1 });
    expect(await one.heard(at + 1)).toHaveLength(at + 1);
  }
  expect((await one.heard(lengths.length)).at(-1)).toEqual({ ['x'.repeat(200_000 - empty)]: 1 });
  expect(made()).toBe(0);
});

it('reaches nobody whose connection is over', async () => {
  const [one, gone] = [await reader('websocket'), await reader('websocket')];
  gone.socket.conn.close(true);
  say([gone, one], { last: 1 });
  expect(await one.heard(1)).toEqual([{ last: 1 }]);
});
