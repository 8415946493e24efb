import { cut, rawSocketOf } from './connection-buffer.ts';
import { farewell } from './farewell.ts';
import type { ServerSocket } from './live-socket.ts';

type Connection = ServerSocket['conn'];

/** A connection that sends more in WITHIN_MS that nobody wants is closed: it does not listen to what it is told. */
export const MOST_UNWANTED = 1_000;
const WITHIN_MS = 60_000;

interface Count {
  since: number;
  sent: number;
}

/** By WebSocket, or by connection where there is none. */
const counts = new WeakMap<object, Count>();

/** Counts one thing more that nobody wants of whoever sent it; whether it is one too many. */
export function isOneTooMany(sender: object): boolean {
  const now = performance.now();
  const count = counts.get(sender) ?? { since: now, sent: 0 };
  counts.set(sender, count);
  if (now - count.since > WITHIN_MS) Object.assign(count, { since: now, sent: 0 });
  count.sent += 1;
  return count.sent > MOST_UNWANTED;
}

/** A message was refused, or what came is none. */
export function countUnwanted(connection: Connection): void {
  if (isOneTooMany(rawSocketOf(connection) ?? connection)) cut(connection);
}

/**
 * Counts whatever a connection sends that is no message: heartbeats that nobody asked for, no-ops, joins of namespaces,
 * answers, bytes. One that asks for another namespace than the forum's is told so, and closed.
 */
export function boundUnwanted(connection: Connection): void {
  connection.on('packet', (packet: unknown) => {
    const text = textOf(packet);
    if (isMessage(text)) return;
    countUnwanted(connection);
    if (isForElsewhere(text)) setImmediate(() => void farewell([connection]));
  });
  // A WebSocket that says it will take over says so once.
  connection.on('upgrading', () => countUnwanted(connection));
}

/** What a packet of Engine.IO says to Socket.IO; empty when it says nothing, or bytes. */
function textOf(packet: unknown): string {
  if (typeof packet !== 'object' || packet === null) return '';
  const { type, data } = { type: undefined, data: undefined, ...packet };
  return type === 'message' && typeof data === 'string' ? data : '';
}

/** Socket.IO protocol 5: an event, without or with bytes. Whether it is taken or refused is counted where that is known. */
function isMessage(text: string): boolean {
  return text.startsWith('2') || text.startsWith('5');
}

/** Socket.IO protocol 5: a join of another namespace; one that is not named is `/`. */
function isForElsewhere(text: string): boolean {
  return text.startsWith('0') && !/^0\/live(?:,|$)/.test(text);
}
