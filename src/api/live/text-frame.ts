/** The first byte of a whole text message (RFC 6455, 5.2), and the lengths that need more bytes. */
const TEXT = 0x81;
const TWO_BYTES = 126;
const EIGHT_BYTES = 127;

/** A message of a Socket.IO namespace as a server's WebSocket frame, head and text in one run of bytes. */
export function textFrame(namespace: string, message: string, payload: object): Buffer {
  // Engine.IO's 4 is a message, Socket.IO's 2 an event.
  const text = `42${namespace},${JSON.stringify([message, payload])}`;
  const length = Buffer.byteLength(text);
  const head = headOf(length);
  const frame = Buffer.allocUnsafeSlow(head.length + length);
  head.copy(frame);
  frame.write(text, head.length);
  return frame;
}

function headOf(length: number): Buffer {
  if (length < TWO_BYTES) return Buffer.of(TEXT, length);
  const isShort = length < 2 ** 16;
  const head = Buffer.alloc(isShort ? 4 : 10);
  head[0] = TEXT;
  head[1] = isShort ? TWO_BYTES : EIGHT_BYTES;
  if (isShort) head.writeUInt16BE(length, 2);
  else head.writeBigUInt64BE(BigInt(length), 2);
  return head;
}
