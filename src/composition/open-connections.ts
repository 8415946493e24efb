import { IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { SlowBodies } from './slow-bodies.ts';

/**
 * Requests under way that one connection may have. Neither browsers nor proxies send a second one before the first is answered,
 * and Node.js hands on all that came in one read, thousands of them, in one turn.
 */
export const MOST_UNDER_WAY = 32;

/** Milliseconds between two looks for bodies that come too slowly. */
const LOOK_EVERY = 5_000;

interface UnderWay {
  /** Null when all requests are answered, and have come to their end. */
  newest: IncomingMessage | null;
  count: number;
}

/** The state of the server's connections: a complete request is finished, an incomplete one is not waited for. */
export class OpenConnections {
  readonly bodies = new SlowBodies();
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  /** Connections that are no longer HTTP; Node.js neither counts nor ends them. */
  readonly #upgraded = new Set<Socket>();
  /** By connection; an answer that waits behind another is never said to be over when its connection is. */
  readonly #requests = new WeakMap<Socket, UnderWay>();

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
    const looking = setInterval(() => this.#endSlow(), LOOK_EVERY).unref();
    server.once('close', () => clearInterval(looking));
    takeRequests(server, (request, response) => this.#take(request, response));
  }

  /** Ends every connection without a complete request, and tells it so; nothing of it was begun. */
  endUnfinished(): void {
    for (const socket of this.#open) {
      const { newest = null, count = 0 } = this.#requests.get(socket) ?? {};
      if (count === 0 || newest?.complete !== true) this.#endLate(socket);
    }
  }

  /** Node.js bounds whole requests alike at all addresses, so its own bound is that of files. */
  #endSlow(): void {
    for (const { socket } of this.bodies.late(this.#unfinished(), performance.now())) this.#endLate(socket);
  }

  *#unfinished(): Iterable<IncomingMessage> {
    for (const socket of this.#open) {
      const newest = this.#requests.get(socket)?.newest;
      if (newest?.complete === false) yield newest;
    }
  }

  #endLate(socket: Socket): void {
    const late = Object.assign(new Error('the request is late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
    this.#server.emit('clientError', late, socket);
    socket.destroySoon();
  }

  /** Whether the request may be begun; one more than that ends its connection. */
  #take(request: IncomingMessage, response: ServerResponse): boolean {
    const { socket } = request;
    if (socket.destroyed) return false;
    const underWay = this.#underWay(socket);
    if (underWay.count >= MOST_UNDER_WAY) {
      socket.destroy();
      return false;
    }
    underWay.newest = request;
    underWay.count += 1;
    // An answer closes once, and `once` would cost each request a listener more.
    response.on('close', () => {
      underWay.count -= 1;
      if (underWay.count === 0 && underWay.newest?.complete === true) underWay.newest = null;
    });
    return true;
  }

  #underWay(socket: Socket): UnderWay {
    const known = this.#requests.get(socket);
    if (known !== undefined) return known;
    const made = { newest: null, count: 0 };
    this.#requests.set(socket, made);
    return made;
  }

  /** Cuts all remaining connections, also live ones whose readers do not take the goodbye. */
  endAll(): void {
    this.#server.closeAllConnections();
    for (const socket of this.#upgraded) socket.destroy();
  }
}

/**
 * Asked of every request before anybody hears of it, Engine.IO too, which puts itself before all who listen. Node.js goes on
 * with what it has read of a connection that is over.
 */
function takeRequests(server: Server, take: (request: IncomingMessage, response: ServerResponse) => boolean): void {
  const { emit } = server;
  server.emit = (name: string, ...values: readonly unknown[]): boolean => {
    const [request, response] = values;
    const isRequest = name === 'request' && request instanceof IncomingMessage && response instanceof ServerResponse;
    if (isRequest && !take(request, response)) return true;
    return Reflect.apply(emit, server, [name, ...values]);
  };
}
