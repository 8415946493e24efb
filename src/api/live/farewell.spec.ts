import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Server } from 'socket.io';
import { RawSocket } from '../../../test/support/raw-socket.ts';
import { unsentBytes } from './connection-buffer.ts';
import { farewell } from './farewell.ts';
import type { ServerSocket } from './live-socket.ts';

/** More than the systems on both ends buffer for one connection. */
const LARGE = 32 * 1024 * 1024;

async function given() {
  const http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  const io = new Server(http);
  const connected = new Promise<ServerSocket>((resolve) => io.of('/live').once('connection', resolve));
  const reader = await RawSocket.connected(`http://127.0.0.1:${address.port}`);
  const { conn } = await connected;
  const tcp = () => new Promise<number>((resolve) => http.getConnections((_error, count) => resolve(count)));
  const close = (): void => {
    reader.close();
    void io.close();
  };
  return { conn, reader, tcp, close };
}

describe('the end of a live connection', () => {
  it('is the end of what lies below it, though its reader takes nothing of what was handed over', async () => {
    const { conn, reader, tcp, close } = await given();
    try {
      reader.stopReading();
      conn.send('x'.repeat(LARGE));
      expect([unsentBytes(conn) > 0, Reflect.get(conn, 'writeBuffer')]).toEqual([true, []]);
      await farewell([conn]);
      // A cut connection is gone a turn later, not after half a minute.
      for (let turns = 0; turns < 100 && (await tcp()) > 0; turns += 1) await pause(10);

      expect(await tcp()).toBe(0);
    } finally {
      close();
    }
  });

  it('is told to a reader who listens', async () => {
    const { conn, reader, close } = await given();
    try {
      await farewell([conn]);
      await reader.until(() => reader.closed);

      expect(conn.readyState).toBe('closed');
    } finally {
      close();
    }
  });
});
