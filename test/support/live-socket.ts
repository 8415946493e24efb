import { io, type Socket } from 'socket.io-client';
import type { Ack, ClientMessage, ClientMessages, ServerMessage, ServerMessages } from '../../libs/client/index.ts';

export interface LiveOptions {
  readonly token?: unknown;
  /** The site on whose page a frame stands. */
  readonly frame?: string;
  /** The member for whom the page was drawn. */
  readonly as?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly transports?: readonly ('websocket' | 'polling')[];
}

/** A Socket.IO client as tests use it: it keeps all that it is sent, in order. */
export class TestSocket {
  readonly io: Socket;
  /** Every frame, in the order of its arrival. */
  readonly frames: { readonly message: string; readonly payload: unknown }[] = [];
  readonly #waiting = new Set<() => void>();

  constructor(url: string, { token, frame, as, headers, transports = ['websocket'] }: LiveOptions = {}) {
    this.io = io(`${url}/live`, {
      transports: [...transports],
      forceNew: true,
      reconnectionDelay: 10,
      reconnectionDelayMax: 50,
      auth: {
        ...(token !== undefined && { token }),
        ...(frame !== undefined && { frame }),
        ...(as !== undefined && { as }),
      },
      ...(headers === undefined ? {} : { extraHeaders: headers }),
    });
    this.io.onAny((message: string, payload: unknown) => {
      this.frames.push({ message, payload });
      this.#look();
    });
    for (const event of ['connect', 'disconnect']) this.io.on(event, () => this.#look());
  }

  /** However many tries it takes. Throws the server's `{code, detail}` when it refuses. */
  async connected(): Promise<this> {
    if (this.io.connected) return this;
    await new Promise<void>((resolve, reject) => {
      this.io.once('connect', resolve);
      this.io.on('connect_error', (error: Error & { data?: unknown }) => {
        if (!this.io.active) reject(error.data ?? error);
      });
    });
    return this;
  }

  /** The acknowledgement as it came. */
  send(message: string, ...values: readonly unknown[]): Promise<unknown> {
    return this.io.timeout(5_000).emitWithAck(message, ...values);
  }

  async ask<M extends ClientMessage>(
    message: M,
    payload: ClientMessages[M]['payload'],
  ): Promise<ClientMessages[M]['ack']> {
    const answer: Ack<M> = await this.io.timeout(5_000).emitWithAck(message, payload);
    if (!answer.ok) throw new Error(`${message}: ${JSON.stringify(answer.error)}`);
    return answer;
  }

  of<M extends ServerMessage>(message: M): readonly ServerMessages[M][] {
    const isOfMessage = (frame: {
      message: string;
      payload: unknown;
    }): frame is { message: M; payload: ServerMessages[M] } => frame.message === message;
    return this.frames.filter(isOfMessage).map(({ payload }) => payload);
  }

  /** Resolves when the condition holds, looked at after each frame. */
  async until(holds: () => boolean, milliseconds = 10_000): Promise<void> {
    if (holds()) return;
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => {
        this.#waiting.delete(look);
        reject(
          new Error(
            `not in ${milliseconds} ms: ${holds}; last of ${this.frames.length} frames: ${JSON.stringify(this.frames.at(-1))}`,
          ),
        );
      }, milliseconds);
      const look = (): void => {
        if (!holds()) return;
        clearTimeout(late);
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
    });
  }

  close(): void {
    this.io.close();
  }

  #look(): void {
    for (const look of [...this.#waiting]) look();
  }
}
