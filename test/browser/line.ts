import { connect, createServer, type Socket } from 'node:net';

/** A line to a server that a browser takes for it; how it carries what comes differs by its kind. */
export abstract class Line {
  readonly #server = createServer();
  readonly #open = new Set<Socket>();

  static async to<Kind extends Line>(this: new () => Kind, port: number): Promise<Kind> {
    const line = new this();
    line.#server.on('connection', (near) => line.#pair(near, port));
    await new Promise<void>((resolve) => line.#server.listen(0, '127.0.0.1', resolve));
    return line;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the line is closed');
    return `http://127.0.0.1:${address.port}`;
  }

  async close(): Promise<void> {
    this.breakOff();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Ends all that is on the line now. */
  protected breakOff(): void {
    for (const socket of this.#open) socket.destroy();
  }

  protected takes(): boolean {
    return true;
  }

  /** Carries what comes from the browser to the server. */
  protected carry(near: Socket, far: Socket): void {
    near.pipe(far);
  }

  #pair(near: Socket, port: number): void {
    if (!this.takes()) {
      near.destroy();
      return;
    }
    const far = connect(port, '127.0.0.1');
    this.carry(near, far);
    far.pipe(near);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        this.#open.delete(one);
        other.destroy();
      });
    }
  }
}
