import { connect, createServer, type Server, type Socket } from 'node:net';

/** A line to a server on which forms that are sent are under way until they are let through. */
export class HoldingLine {
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  readonly #held: (() => void)[] = [];
  readonly #asked = Promise.withResolvers<void>();
  /** Resolves when the first form is under way. */
  readonly asked = this.#asked.promise;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async to(port: number): Promise<HoldingLine> {
    const server = createServer();
    const line = new HoldingLine(server);
    server.on('connection', (near) => line.#pair(near, port));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return line;
  }

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('the line is closed');
    return `http://127.0.0.1:${address.port}`;
  }

  letThrough(): void {
    for (const send of this.#held.splice(0)) send();
  }

  async close(): Promise<void> {
    for (const socket of this.#open) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #pair(near: Socket, port: number): void {
    const far = connect(port, '127.0.0.1');
    near.on('data', (part) => {
      if (!/^POST \S+\/comments /.test(part.toString('latin1'))) {
        far.write(part);
        return;
      }
      near.pause();
      this.#held.push(() => {
        far.write(part);
        near.resume();
      });
      this.#asked.resolve();
    });
    near.on('end', () => far.end());
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
