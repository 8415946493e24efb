import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { ConnectionInjector } from '@grpc/grpc-js/build/src/server.js';

/** The server's door: takes connections for gRPC, and can be shut with all that came in thrown out. */
export class Listener {
  readonly #injector: ConnectionInjector;
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;

  constructor(injector: ConnectionInjector) {
    this.#injector = injector;
  }

  get port(): number {
    return this.#port;
  }

  /** Listens on 127.0.0.1; 0 takes a free port, which it keeps for the next time. Rejects when the port is taken. */
  async open(port: number): Promise<void> {
    if (this.#server !== undefined) return;
    const server = createServer({ noDelay: true }, (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      socket.on('error', () => {});
      this.#injector.injectConnection(socket);
    });
    this.#server = server;
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    this.#port = portOf(server);
  }

  /** New connections are refused, and those that are there are cut. */
  async shut(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    const closed = once(server, 'close');
    server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('a server on TCP has a port');
  return address.port;
}
