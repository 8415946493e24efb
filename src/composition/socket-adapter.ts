import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { DomainError } from '../../libs/kernel/index.ts';
import type { Admission } from '../api/access/admission.ts';
import { PROBLEM_TYPE, problemOf } from '../api/http/server/problem.ts';
import { boundPackets } from '../api/live/connection-buffer.ts';

type CreateServer = IoAdapter['createIOServer'];
type SocketServer = ReturnType<CreateServer>;
type Engine = SocketServer['engine'];

export interface SocketParts {
  /** A frame of more ends its connection unread. */
  readonly mostFrameBytes: number;
  /** Connections at once; one more is refused before it becomes one. */
  readonly mostSockets: number;
  readonly admission: Admission;
}

const RETRY_SECONDS = 10;

/** Socket.IO on the HTTP server: so many connections and no more, which come in one turn after the other. */
export class ForumIoAdapter extends IoAdapter {
  readonly #parts: SocketParts;
  #engine: Engine | undefined;
  #refused = 0;

  constructor(http: ConstructorParameters<typeof IoAdapter>[0], parts: SocketParts) {
    super(http);
    this.#parts = parts;
  }

  override createIOServer(...[port, options]: Parameters<CreateServer>): SocketServer {
    const limit = { maxHttpBufferSize: this.#parts.mostFrameBytes };
    const server = super.createIOServer(port, options && Object.assign({}, options, limit));
    const { engine } = server;
    engine.on('connection', boundPackets);
    this.#engine = engine;
    this.#bound(engine);
    return server;
  }

  /** Connections now, at most, and refused so far. */
  get state(): { readonly open: number; readonly most: number; readonly refused: number } {
    return { open: this.#engine?.clientsCount ?? 0, most: this.#parts.mostSockets, refused: this.#refused };
  }

  /** Engine.IO is handed new connections when there is room for one; what goes on with a known one never waits. */
  #bound(engine: Engine): void {
    const request: Engine['handleRequest'] = engine.handleRequest.bind(engine);
    const upgrade: Engine['handleUpgrade'] = engine.handleUpgrade.bind(engine);
    engine.handleRequest = (message, response) => {
      if (!isNew(message)) return request(message, response);
      this.#enter(response, {
        begin: () => request(message, response),
        refuse: (refusal) => refuseRequest(refusal, response),
      });
    };
    engine.handleUpgrade = (message, socket, head) => {
      if (!isNew(message)) return upgrade(message, socket, head);
      // Nobody else listens while the connection waits, and a reset would end the process.
      socket.on('error', ignore);
      this.#enter(socket, {
        begin: () => {
          socket.off('error', ignore);
          upgrade(message, socket, head);
        },
        refuse: (refusal) => refuseUpgrade(refusal, socket),
      });
    };
  }

  #enter(
    source: ServerResponse | Duplex,
    { begin, refuse }: { readonly begin: () => void; readonly refuse: (refusal: DomainError) => void },
  ): void {
    const turnAway = (refusal: DomainError): void => {
      this.#refused += 1;
      refuse(refusal);
    };
    this.#parts.admission
      .run(
        'live',
        async () => {
          if (source.destroyed) return;
          if (this.state.open >= this.#parts.mostSockets) turnAway(full());
          else begin();
        },
        source,
      )
      .catch((refusal: unknown) => {
        if (!(refusal instanceof DomainError)) throw refusal;
        turnAway(refusal);
      });
  }
}

function isNew({ url = '' }: IncomingMessage): boolean {
  return !/[?&]sid=/.test(url);
}

function full(): DomainError {
  return new DomainError('overloaded', 'The forum has as many live connections as it can.', [], RETRY_SECONDS);
}

function refuseRequest(refusal: DomainError, response: ServerResponse): void {
  if (response.destroyed || response.headersSent) return;
  const { head, body } = answer(refusal);
  response.writeHead(refusal.status, { ...head, 'Content-Length': Buffer.byteLength(body) }).end(body);
}

/** As Engine.IO refuses, but with the words of the forum, and after they are out. */
function refuseUpgrade(refusal: DomainError, socket: Duplex): void {
  if (socket.destroyed) return;
  const { head, body } = answer(refusal);
  const lines = Object.entries({ ...head, 'Content-Length': Buffer.byteLength(body), Connection: 'close' });
  const text = lines.map(([name, value]) => `${name}: ${value}`).join('\r\n');
  socket.end(`HTTP/1.1 ${refusal.status} Service Unavailable\r\n${text}\r\n\r\n${body}`);
}

function answer(refusal: DomainError): { readonly head: Readonly<Record<string, string>>; readonly body: string } {
  const head = { 'Content-Type': PROBLEM_TYPE, 'Retry-After': String(refusal.retryAfterSeconds ?? 1) };
  return { head: { ...head, 'Cache-Control': 'no-store' }, body: JSON.stringify(problemOf(refusal)) };
}

function ignore(): void {}
