import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/**
 * One address for several nodes, as a balancer gives it: each connection goes to the next node that takes it, and ends
 * when its node does. It looks into nothing, so a request that was cut is the client's to send again.
 */
export class FrontDoor {
  readonly #server: Server;
  readonly #ports: () => readonly number[];
  readonly #lagMs: number;
  readonly #connections = new Set<Socket>();
  #turn = 0;

  private constructor(ports: () => readonly number[], lagMs: number) {
    this.#ports = ports;
    this.#lagMs = lagMs;
    this.#server = createServer((client) => this.#lead(client));
  }

  /**
   * `ports` is asked for each connection: those on this machine that may be tried, in their order; none leads nowhere.
   * What comes back through the door is `lagMs` milliseconds late, as over a long line.
   */
  static async open(
    ports: () => readonly number[],
    { lagMs = 0 }: { readonly lagMs?: number } = {},
  ): Promise<FrontDoor> {
    const door = new FrontDoor(ports, lagMs);
    door.#server.listen(0, '127.0.0.1');
    await once(door.#server, 'listening');
    return door;
  }

  get port(): number {
    const bound = this.#server.address();
    if (bound === null || typeof bound === 'string') throw new Error('the front door is closed');
    return bound.port;
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Cuts every connection that stands now; whether new ones are led on is up to the ports. */
  cut(): void {
    for (const connection of this.#connections) connection.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #lead(client: Socket): void {
    const ports = this.#ports();
    const first = this.#turn++;
    this.#keep(client);
    this.#tryNext(
      client,
      ports.map((_, index) => ports[(first + index) % ports.length] ?? 0),
    );
  }

  #tryNext(client: Socket, [port, ...others]: readonly number[]): void {
    if (port === undefined || client.destroyed) {
      client.destroy();
      return;
    }
    const node = connect(port, '127.0.0.1');
    const refused = (): void => this.#tryNext(client, others);
    node.once('error', refused);
    node.once('connect', () => {
      node.off('error', refused);
      this.#keep(node);
      client.pipe(node);
      if (this.#lagMs === 0) node.pipe(client);
      else node.on('data', (bytes) => setTimeout(() => client.write(bytes), this.#lagMs));
      client.once('close', () => node.destroy());
      node.once('close', () => client.destroy());
    });
  }

  /** A connection that breaks is told by its end alone. */
  #keep(socket: Socket): void {
    this.#connections.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.once('close', () => this.#connections.delete(socket));
  }
}
