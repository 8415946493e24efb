import { setTimeout as pause } from 'node:timers/promises';
import { cut, goneCheck } from './connection-buffer.ts';
import type { ServerSocket } from './live-socket.ts';

/** The time for the last bytes of each connection, in milliseconds. */
const GOODBYE_WITHIN_MS = 500;
const LOOK_EVERY_MS = 10;

/**
 * Ends connections below Socket.IO, so that clients connect again by themselves. A reader who does not take the goodbye
 * in time is cut: Engine.IO calls a connection closed as soon as its last bytes are handed over, and a reader who takes
 * nothing would keep the server for half a minute.
 */
export async function farewell(connections: readonly ServerSocket['conn'][]): Promise<void> {
  const open = connections.map((connection) => ({ connection, isGone: goneCheck(connection) }));
  for (const connection of connections) connection.close();
  const isOver = (): boolean => open.every(({ isGone }) => isGone());
  for (let waited = 0; waited < GOODBYE_WITHIN_MS && !isOver(); waited += LOOK_EVERY_MS) await pause(LOOK_EVERY_MS);
  for (const { connection, isGone } of open) if (!isGone()) cut(connection);
}
