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

/** The most bytes that wait for one connection; a client that asks on without reading the answers is cut there. */
export const MOST_WAITING_BYTES = 4 * 1024 * 1024;
/** The bytes kept for a packet besides its text, about. */
const PACKET_BYTES = 100;
/** More than this is not searched for what it tells of. */
const MOST_SEARCHED_BYTES = 256 * 1024;
/** The beginning of a presence packet, which has no text of a comment. */
const PRESENCE = '2/live,["thread:presence"';

interface Count {
  bytes: number;
  /** How often all that waited was handed over. */
  handedOver: number;
}

/** Of the packets that each connection's transport has not taken, counted as they come and go. */
const counted = new WeakMap<Connection, Count>();

/**
 * Bytes that wait in this process for a reader to take them; none do where the transport takes more. It costs the same
 * however much waits.
 */
export function unsentBytes(connection: Connection): number {
  const { bytes } = countOf(connection);
  return connection.transport.writable ? 0 : bytes + (rawSocketOf(connection)?.bufferedAmount ?? 0);
}

/** Whether Engine.IO holds nothing back for the connection. */
export function waitsForNothing(connection: Connection): boolean {
  return countOf(connection).bytes === 0;
}

/** What was sent went past Engine.IO's buffer. */
export function noteHandedOver(connection: Connection): void {
  countOf(connection).handedOver += 1;
}

/** All that waits for a reader, pongs of its WebSocket too, and how often what waited was handed over. */
export function waiting(connection: Connection): Readonly<Count> {
  const bytes = unsentBytes(connection) || (rawSocketOf(connection)?.bufferedAmount ?? 0);
  return { bytes, handedOver: countOf(connection).handedOver };
}

/** From now on a connection for which more than MOST_WAITING_BYTES wait is cut, at the end of the turn. */
export function boundUnsent(connection: Connection): void {
  const count = countOf(connection);
  let isLookedAt = false;
  connection.on('packetCreate', () => {
    if (isLookedAt || count.bytes <= MOST_WAITING_BYTES) return;
    isLookedAt = true;
    setImmediate(() => {
      isLookedAt = false;
      if (count.bytes > MOST_WAITING_BYTES) cut(connection);
    });
  });
}

/**
 * Lets go of what a reader has not taken and may not read any more. That cannot be taken out of the middle, so the connection
 * is cut: its client comes back and goes on from what it has.
 */
export function discardUnsent(connection: Connection): void {
  if (unsentBytes(connection) > 0) cut(connection);
}

/** Whether texts of these threads wait for a reader; what has left Engine.IO cannot be looked at, nor is much of anything. */
export function holdsTexts(connection: Connection, postIds: readonly string[], follows: () => boolean): boolean {
  if (connection.transport.writable) return false;
  const { bytes } = countOf(connection);
  if (bytes > MOST_SEARCHED_BYTES) return true;
  const found = bytes > 0 && waitingTexts(connection).some((text) => postIds.some((postId) => text.includes(postId)));
  return found || (unsentBytes(connection) > bytes && follows());
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

/** Counts what waits already; from then on Engine.IO tells what is added and handed over. */
function countOn(connection: Connection): Count {
  const count = { bytes: 0, handedOver: 0 };
  counted.set(connection, count);
  for (const packet of packetsOf(connection)) count.bytes += sizeOf(packet);
  connection.on('packetCreate', (packet: unknown) => {
    count.bytes += sizeOf(packet);
  });
  for (const over of ['flush', 'close']) {
    connection.on(over, () => {
      count.bytes = 0;
      count.handedOver += 1;
    });
  }
  return count;
}

/** The WebSocket under a connection; undefined for one that polls. */
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

function countOf(connection: Connection): Count {
  return counted.get(connection) ?? countOn(connection);
}

function packetsOf(connection: Connection): readonly unknown[] {
  const packets: unknown = Reflect.get(connection, 'writeBuffer');
  return Array.isArray(packets) ? packets : [];
}

function waitingTexts(connection: Connection): readonly string[] {
  return packetsOf(connection).flatMap((packet) => {
    const data = dataOf(packet);
    return typeof data === 'string' && !data.startsWith(PRESENCE) ? [data] : [];
  });
}

/** In characters, which are bytes for most of what is sent. */
function sizeOf(packet: unknown): number {
  const data = dataOf(packet);
  return PACKET_BYTES + (typeof data === 'string' || Buffer.isBuffer(data) ? data.length : 0);
}

/** A ping has no data. */
function dataOf(packet: unknown): unknown {
  return typeof packet === 'object' && packet !== null && 'data' in packet ? packet.data : undefined;
}
