import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

/** What the server's connections are about: a request that came as a whole is finished, one that did not is not waited for. */
export class OpenConnections {
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  /** No connections of HTTP any more: Node.js neither counts nor ends them. */
  readonly #upgraded = new Set<Socket>();
  readonly #requests = new Map<Socket, IncomingMessage>();

  /** Before the server listens. */
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

  /** Ends every connection that has not sent a whole request: it is told so, and nothing of it was begun. */
  endUnfinished(): void {
    for (const socket of this.#open) {
      if (this.#requests.get(socket)?.complete === true) continue;
      const late = Object.assign(new Error('the server ends'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
      this.#server.emit('clientError', late, socket);
      socket.destroySoon();
    }
  }

  /** Cuts whatever is left, live connections too whose readers do not take the goodbye. */
  endAll(): void {
    this.#server.closeAllConnections();
    for (const socket of this.#upgraded) socket.destroy();
  }
}
