import type { ServerMessage, ServerMessages } from '../../../libs/client/index.ts';
import { noteHandedOver, waitsForNothing } from './connection-buffer.ts';
import type { LiveNamespace, ServerSocket } from './live-socket.ts';
import { textFrame } from './text-frame.ts';

type Connection = ServerSocket['conn'];
type Transport = Connection['transport'];

/** Hands a frame to a connection's WebSocket; null for one that polls, or where Engine.IO has no such way any more. */
type HandOver = ((frame: Buffer) => void) | null;

const known = new WeakMap<Transport, HandOver>();

/**
 * Sends all of them a message, encoded once. Most of a crowd have taken all that they were sent: they get the bytes at once,
 * without the packet, the buffer and the events that Engine.IO makes for each. The others get it in the usual way.
 */
export function sendToAll<Message extends ServerMessage>(
  namespace: LiveNamespace,
  sockets: Iterable<ServerSocket>,
  [message, payload]: readonly [Message, ServerMessages[Message]],
): void {
  const frame = textFrame(namespace.name, message, payload);
  const others: string[] = [];
  for (const { conn, id } of sockets) if (!isSent(conn, frame)) others.push(id);
  if (others.length > 0) sendUsually(namespace, others, [message, payload]);
}

function sendUsually(
  namespace: LiveNamespace,
  ids: string[],
  [message, payload]: readonly [ServerMessage, ServerMessages[ServerMessage]],
): void {
  const room: { emit(message: string, payload: object): unknown } = namespace.to(ids);
  room.emit(message, payload);
}

function isSent(connection: Connection, frame: Buffer): boolean {
  const { transport } = connection;
  if (!transport.writable || connection.readyState !== 'open' || !waitsForNothing(connection)) return false;
  const handOver = handOverOf(transport);
  if (handOver === null) return false;
  transport.writable = false;
  noteHandedOver(connection);
  handOver(frame);
  return true;
}

function handOverOf(transport: Transport): HandOver {
  const found = known.get(transport);
  if (found !== undefined) return found;
  const handOver = lookFor(transport);
  known.set(transport, handOver);
  return handOver;
}

/** As Engine.IO itself sends a frame that was made before: it keeps these to itself, so they are looked for at run time. */
function lookFor(transport: Transport): HandOver {
  const raw: unknown = Reflect.get(transport, 'socket');
  const isSent: unknown = Reflect.get(transport, '_onSentLast');
  const sender: unknown = typeof raw === 'object' && raw !== null ? Reflect.get(raw, '_sender') : undefined;
  if (typeof sender !== 'object' || sender === null || typeof isSent !== 'function') return null;
  const send: unknown = Reflect.get(sender, 'sendFrame');
  if (typeof send !== 'function' || Reflect.get(transport, 'perMessageDeflate')) return null;
  return (frame) => Reflect.apply(send, sender, [[frame], isSent]);
}
