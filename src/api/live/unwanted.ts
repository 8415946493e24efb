import { cut, rawSocketOf } from './connection-buffer.ts';
import { farewell } from './farewell.ts';
import type { ServerSocket } from './live-socket.ts';

type Connection = ServerSocket['conn'];

/** The unwanted things in WITHIN_MS after which a connection is closed, since it ignores what it is told. */
export const MOST_UNWANTED = 1_000;
const WITHIN_MS = 60_000;

interface Count {
  since: number;
  sent: number;
}

/** By WebSocket, or by connection where there is none. */
const counts = new WeakMap<object, Count>();

/** Counts one more unwanted thing of a sender; true when it is one too many. */
export function isOneTooMany(sender: object): boolean {
  const now = performance.now();
  const count = counts.get(sender) ?? { since: now, sent: 0 };
  counts.set(sender, count);
  if (now - count.since > WITHIN_MS) Object.assign(count, { since: now, sent: 0 });
  count.sent += 1;
  return count.sent > MOST_UNWANTED;
}

/** Counts a refused message, or something that is no message. */
export function countUnwanted(connection: Connection): void {
  if (isOneTooMany(rawSocketOf(connection) ?? connection)) cut(connection);
}

/**
 * Counts everything from a connection that is no message: unasked heartbeats, no-ops, joins of namespaces, answers,
 * bytes. A connection that asks for another namespace than the forum's is told so and closed.
 */
export function boundUnwanted(connection: Connection): void {
  connection.on('packet', (packet: unknown) => {
    const text = textOf(packet);
    if (isMessage(text)) return;
    countUnwanted(connection);
    if (isForElsewhere(text)) setImmediate(() => void farewell([connection]));
  });
  // A WebSocket that announces that it will take over does so once. Engine.IO sets a timer right after it has told of it,
  // which it takes away again when a connection is closed, and not before.
  connection.on('upgrading', () => setImmediate(() => countUnwanted(connection)));
}

/** The Socket.IO text in an Engine.IO packet; empty when there is none, or for bytes. */
function textOf(packet: unknown): string {
  if (typeof packet !== 'object' || packet === null) return '';
  const { type, data } = { type: undefined, data: undefined, ...packet };
  return type === 'message' && typeof data === 'string' ? data : '';
}

/** Socket.IO protocol 5: an event, with or without bytes. The code that takes or refuses it counts it. */
function isMessage(text: string): boolean {
  return text.startsWith('2') || text.startsWith('5');
}

/** Socket.IO protocol 5: a join of another namespace; an unnamed one is `/`. */
function isForElsewhere(text: string): boolean {
  return text.startsWith('0') && !/^0\/live(?:,|$)/.test(text);
}
