import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

/** The state of the server's connections: a complete request is finished, an incomplete one is not waited for. */
export class OpenConnections {
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  /** Connections that are no longer HTTP; Node.js neither counts nor ends them. */
  readonly #upgraded = new Set<Socket>();
  readonly #requests = new Map<Socket, IncomingMessage>();

  /** Must be made before the server listens. */
  constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => {
      this.#open.add(socket);
      socket.once('close', () => this.#open.delete(socket));
    });
    server.on('upgrade', ({ socket }) => {
      this.#open.delete(socket);
      this.#upgraded.add(socket);
      socket.once('close', () => this.#upgraded.delete(socket));
    });
    server.prependListener('request', (request, response) => {
      const { socket } = request;
      this.#requests.set(socket, request);
      response.once('close', () => this.#requests.delete(socket));
    });
  }

  /** Ends every connection without a complete request, and tells it so; nothing of it was begun. */
  endUnfinished(): void {
    for (const socket of this.#open) {
      if (this.#requests.get(socket)?.complete === true) continue;
      const late = Object.assign(new Error('the server ends'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
      this.#server.emit('clientError', late, socket);
      socket.destroySoon();
    }
  }

  /** Cuts all remaining connections, also live ones whose readers do not take the goodbye. */
  endAll(): void {
    this.#server.closeAllConnections();
    for (const socket of this.#upgraded) socket.destroy();
  }
}
