import type { ServerSocket } from './live-socket.ts';

type Connection = ServerSocket['conn'];

/** The part of ws that is used here; Engine.IO keeps it to itself, so it is looked for at run time. */
interface RawSocket {
  /** Bytes handed over that the system has not taken yet. */
  readonly bufferedAmount: number;
  /** CLOSED once the connection below is gone, which may be long after Engine.IO is done with it. */
  readonly readyState: number;
  terminate(): void;
}

const CLOSED = 3;

/** Packets that one request of a polling client may carry: more than a page ever has to say at once. */
export const MOST_PACKETS = 128;
/** Between the packets of one request (Engine.IO protocol 4). */
const SEPARATOR = '\x1e';

/** Bytes of the packets that each connection's transport has not taken, counted as they come and go. */
const counted = new WeakMap<Connection, { bytes: number }>();

/**
 * Bytes that wait in this process for a reader to take them; none do where the transport takes more. It costs the same
 * however much waits.
 */
export function unsentBytes(connection: Connection): number {
  const { bytes } = counted.get(connection) ?? countOn(connection);
  return connection.transport.writable ? 0 : bytes + (rawSocketOf(connection)?.bufferedAmount ?? 0);
}

/** Ends a connection whose reader takes nothing any more; what waits for it is let go at once. */
export function cut(connection: Connection): void {
  const raw = rawSocketOf(connection);
  connection.close(true);
  raw?.terminate();
}

/** Whether nothing of a connection is left, below Engine.IO neither. Ask for the check before the connection ends. */
export function goneCheck(connection: Connection): () => boolean {
  const raw = rawSocketOf(connection);
  return () => connection.readyState === 'closed' && (raw === undefined || raw.readyState === CLOSED);
}

/** A polling client that sends more than MOST_PACKETS in one request is disconnected, and none of them is taken. */
export function boundPackets(connection: Connection): void {
  const { transport } = connection;
  const take: unknown = Reflect.get(transport, 'onData');
  if (transport.name !== 'polling' || typeof take !== 'function') return;
  Reflect.set(transport, 'onData', (payload: unknown) => {
    if (isWithin(payload, MOST_PACKETS)) Reflect.apply(take, transport, [payload]);
    else setImmediate(() => cut(connection));
  });
}

function isWithin(payload: unknown, most: number): boolean {
  if (typeof payload !== 'string') return true;
  let at = -1;
  for (let packets = 1; packets <= most; packets += 1) {
    at = payload.indexOf(SEPARATOR, at + 1);
    if (at < 0) return true;
  }
  return false;
}

/** What waits already is looked at once; from here on Engine.IO tells what is added and what was handed over. */
function countOn(connection: Connection): { readonly bytes: number } {
  const count = { bytes: 0 };
  counted.set(connection, count);
  const waiting: unknown = Reflect.get(connection, 'writeBuffer');
  for (const packet of Array.isArray(waiting) ? waiting : []) count.bytes += sizeOf(packet);
  connection.on('packetCreate', (packet: unknown) => {
    count.bytes += sizeOf(packet);
  });
  for (const over of ['flush', 'close']) {
    connection.on(over, () => {
      count.bytes = 0;
    });
  }
  return count;
}

/** The WebSocket below a connection; undefined for one that polls. */
export function rawSocketOf(connection: Connection): RawSocket | undefined {
  const raw: unknown = Reflect.get(connection.transport, 'socket');
  return isRawSocket(raw) ? raw : undefined;
}

function isRawSocket(value: unknown): value is RawSocket {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof Reflect.get(value, 'bufferedAmount') === 'number' &&
    typeof Reflect.get(value, 'terminate') === 'function' &&
    typeof Reflect.get(value, 'readyState') === 'number'
  );
}

/** In characters, which are bytes for most of what is sent; a ping has no data. */
function sizeOf(packet: unknown): number {
  if (typeof packet !== 'object' || packet === null || !('data' in packet)) return 1;
  const { data } = packet;
  return typeof data === 'string' || Buffer.isBuffer(data) ? data.length : 1;
}
