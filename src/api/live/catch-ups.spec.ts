import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Server } from 'socket.io';
import { PollingSession } from '../../../test/support/polling-session.ts';
import { Admission } from '../../access/admission/admission.ts';
import { CatchUps, MOST_UNTAKEN_BYTES } from './catch-ups.ts';
import type { ServerSocket } from './live-socket.ts';

const ANSWER_BYTES = MOST_UNTAKEN_BYTES / 4;
const SMALL_BYTES = 100;

let io: Server;
let url: string;
let catchUps: CatchUps;

beforeEach(async () => {
  const http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  io = new Server(http);
  url = `http://127.0.0.1:${address.port}`;
  catchUps = new CatchUps(new Admission(1_000));
});
afterEach(async () => {
  catchUps.onModuleDestroy();
  await io.close();
});

/** A reader that takes nothing until it is told to. */
async function reader(): Promise<{ readonly socket: ServerSocket; readonly session: PollingSession }> {
  const connected = new Promise<ServerSocket>((resolve) => io.of('/live').once('connection', resolve));
  const session = await PollingSession.connected(url);
  return { session, socket: await connected };
}

function tell(socket: ServerSocket, bytes: number): boolean {
  if (!catchUps.hasRoom(socket, bytes)) return false;
  socket.conn.send('x'.repeat(bytes));
  catchUps.handed(socket, bytes);
  return true;
}

describe('what readers are told to catch up with', () => {
  it('is not told to one who has not taken the last of it', async () => {
    const { socket, session } = await reader();
    expect([tell(socket, ANSWER_BYTES), tell(socket, ANSWER_BYTES)]).toEqual([true, false]);
    expect(tell(socket, SMALL_BYTES)).toBe(true);

    await session.fetch();
    expect(tell(socket, ANSWER_BYTES)).toBe(true);
  });

  it('waits for all who take nothing together in no more than so many bytes', async () => {
    const readers: Awaited<ReturnType<typeof reader>>[] = [];
    while (readers.length < 6) readers.push(await reader());
    const told = readers.map(({ socket }) => tell(socket, ANSWER_BYTES));
    expect(told).toEqual([true, true, true, true, false, false]);

    const [first, second, , , , last] = readers;
    await first?.session.fetch();
    second?.socket.disconnect(true);
    const both = (): boolean => last !== undefined && catchUps.hasRoom(last.socket, 2 * ANSWER_BYTES);
    while (!both()) await pause(5);
    expect(both()).toBe(true);
  });

  it('is a work that is dropped when its connection goes', async () => {
    const { socket } = await reader();
    const done: number[] = [];
    const works = Array.from({ length: 5 }, (_, index) =>
      catchUps.run(socket, async () => {
        done.push(index);
        socket.disconnect(true);
      }),
    );
    const outcomes = await Promise.allSettled(works);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', ...Array(4).fill('rejected')]);
    expect(done).toEqual([0]);
  });
});
