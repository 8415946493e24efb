import type { LiveSocket } from './live-socket.ts';

type Connection = LiveSocket['conn'];

/** The part of ws that is used here; Engine.IO keeps it to itself, so it is looked for at run time. */
interface RawSocket {
  /** Bytes handed over that the system has not taken yet. */
  readonly bufferedAmount: number;
  terminate(): void;
}

/** Bytes that wait in this process for a reader to take them; none do where the transport takes more. */
export function unsentBytes(connection: Connection): number {
  if (connection.transport.writable) return 0;
  const waiting: unknown = Reflect.get(connection, 'writeBuffer');
  const packets: readonly unknown[] = Array.isArray(waiting) ? waiting : [];
  let bytes = rawSocketOf(connection)?.bufferedAmount ?? 0;
  for (const packet of packets) bytes += sizeOf(packet);
  return bytes;
}

/** Ends a connection whose reader takes nothing any more; what waits for it is let go at once. */
export function cut(connection: Connection): void {
  const raw = rawSocketOf(connection);
  connection.close(true);
  raw?.terminate();
}

function rawSocketOf(connection: Connection): RawSocket | undefined {
  const raw: unknown = Reflect.get(connection.transport, 'socket');
  return isRawSocket(raw) ? raw : undefined;
}

function isRawSocket(value: unknown): value is RawSocket {
  return typeof value === 'object' && value !== null && 'bufferedAmount' in value && 'terminate' in value;
}

/** In characters, which are bytes for most of what is sent; a ping has no data. */
function sizeOf(packet: unknown): number {
  if (typeof packet !== 'object' || packet === null || !('data' in packet)) return 1;
  const { data } = packet;
  return typeof data === 'string' || Buffer.isBuffer(data) ? data.length : 1;
}
