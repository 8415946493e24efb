import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const TEXT = 1;
const BINARY = 2;
const CLOSE = 8;
const PONG = 10;

/** A websocket spoken by hand, for clients that do what no library would: stop reading, or send what is no message. */
export class RawSocket {
  readonly #socket: Socket;
  #bytes = Buffer.alloc(0);
  #isUpgraded = false;
  /** Texts that were read, in order. */
  readonly texts: string[] = [];
  pongs = 0;
  closed = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes: Buffer) => {
      this.#bytes = Buffer.concat([this.#bytes, bytes]);
      this.#read();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.closed = true;
    });
  }

  /** Open, and upgraded by Engine.IO; not in a namespace yet. */
  static async open(url: string): Promise<RawSocket> {
    const raw = await RawSocket.#upgrading(`${url}/socket.io/?EIO=4`);
    await raw.until(() => raw.texts.length === 1);
    return raw;
  }

  /** Beside a session that polls, at whose address it may say that it takes over. */
  static takingOver(address: string): Promise<RawSocket> {
    return RawSocket.#upgrading(address.replace('&transport=polling', ''));
  }

  static async #upgrading(address: string): Promise<RawSocket> {
    const { hostname, port, pathname, search } = new URL(address);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    const raw = new RawSocket(socket);
    const head = [
      `GET ${pathname}${search}&transport=websocket HTTP/1.1`,
      `Host: ${hostname}:${port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    await raw.until(() => raw.#isUpgraded);
    return raw;
  }

  /** In the namespace /live. */
  static async connected(url: string, auth: object = {}): Promise<RawSocket> {
    const raw = await RawSocket.open(url);
    raw.send(`40/live,${JSON.stringify(auth)}`);
    await raw.until(() => raw.texts.some((text) => text.startsWith('40/live,')));
    return raw;
  }

  send(text: string): void {
    this.write(TEXT, Buffer.from(text));
  }

  sendBinary(bytes: Uint8Array): void {
    this.write(BINARY, Buffer.from(bytes));
  }

  /** A masked frame of any kind. */
  write(opcode: number, payload: Buffer): void {
    const length = Buffer.alloc(9);
    length.writeUInt8(127 | 0x80);
    length.writeBigUInt64BE(BigInt(payload.length), 1);
    const mask = randomBytes(4);
    const masked = Buffer.from(payload.map((byte, index) => byte ^ (mask[index % 4] ?? 0)));
    this.#socket.write(Buffer.concat([Buffer.of(0x80 | opcode), length, mask, masked]));
  }

  /** The same small frame again and again, all in one write, each as few bytes as it can be. */
  flood(opcode: number, text: string, times: number): void {
    const frame = Buffer.concat([Buffer.of(0x80 | opcode, 0x80 | text.length), Buffer.alloc(4), Buffer.from(text)]);
    this.#socket.write(Buffer.concat(Array.from({ length: times }, () => frame)));
  }

  /** Bytes as they are, below the websocket. */
  writeBytes(bytes: Buffer): void {
    this.#socket.write(bytes);
  }

  stopReading(): void {
    this.#socket.pause();
  }

  readOn(): void {
    this.#socket.resume();
  }

  async until(holds: () => boolean, milliseconds = 10_000): Promise<void> {
    const deadline = Date.now() + milliseconds;
    while (!holds()) {
      if (Date.now() > deadline)
        throw new Error(`not in ${milliseconds} ms: ${holds}; last: ${this.texts.at(-1)?.slice(0, 200)}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  close(): void {
    this.closed = true;
    this.#socket.destroy();
  }

  #read(): void {
    if (!this.#isUpgraded) {
      const end = this.#bytes.indexOf('\r\n\r\n');
      if (end < 0) return;
      this.#isUpgraded = true;
      this.#bytes = this.#bytes.subarray(end + 4);
    }
    for (let frame = this.#frame(); frame !== undefined; frame = this.#frame()) {
      if (frame.opcode === CLOSE) this.close();
      if (frame.opcode === PONG) this.pongs += 1;
      if (frame.opcode !== TEXT) continue;
      const text = frame.payload.toString();
      // A ping is answered, so that the server keeps the connection.
      if (text === '2') this.send('3');
      else this.texts.push(text);
    }
  }

  #frame(): { readonly opcode: number; readonly payload: Buffer } | undefined {
    const bytes = this.#bytes;
    if (bytes.length < 2) return undefined;
    const short = bytes.readUInt8(1);
    const [start, size] = short < 126 ? [2, 0] : short === 126 ? [4, 2] : [10, 8];
    if (bytes.length < start) return undefined;
    const length = size === 0 ? short : size === 2 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
    if (bytes.length < start + length) return undefined;
    this.#bytes = bytes.subarray(start + length);
    return { opcode: bytes.readUInt8(0) & 0x0f, payload: bytes.subarray(start, start + length) };
  }
}
