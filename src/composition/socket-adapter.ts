import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { DomainError } from '../../libs/kernel/index.ts';
import type { Admission } from '../access/admission/admission.ts';
import { addressOfRequest, networkOf } from '../access/network.ts';
import type { PublicAddress } from '../access/public-address.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import { PROBLEM_TYPE, problemFor } from '../api/http/server/problem.ts';
import type { CommonHeaders } from '../api/http/server/security-headers.ts';
import { boundPackets } from '../api/live/connection-buffer.ts';
import { connectionIn, requireOwnRequest } from '../api/live/engine-requests.ts';
import { FramesInTurn } from '../api/live/frames-in-turn.ts';
import { OpenByNetwork } from '../api/live/open-by-network.ts';
import { boundUnwanted } from '../api/live/unwanted.ts';

type CreateServer = IoAdapter['createIOServer'];
type SocketServer = ReturnType<CreateServer>;
type Engine = SocketServer['engine'];

export interface SocketParts {
  /** A longer frame ends its connection unread. */
  readonly mostFrameBytes: number;
  /** The most connections at once; a further one is refused before it becomes one. */
  readonly mostSockets: number;
  /** The most connections of one network at once. */
  readonly mostOfNetwork: number;
  /** The number of proxies whose word about the reader's address is believed. */
  readonly proxies: number;
  readonly admission: Admission;
  readonly address: PublicAddress;
  readonly headers: Pick<CommonHeaders, 'forLive'>;
}

interface Handing {
  readonly begin: () => void;
  readonly refuse: (refusal: DomainError) => void;
  /** Whether the request opens a WebSocket without a known connection. */
  readonly opensSocket: boolean;
}

const RETRY_SECONDS = 10;

/** Socket.IO on the HTTP server, with a limited number of connections that are admitted in turn. */
export class ForumIoAdapter extends IoAdapter {
  readonly #parts: SocketParts;
  readonly #open: OpenByNetwork;
  /** Frees the network's place of a request that becomes a connection. */
  readonly #places = new WeakMap<IncomingMessage, () => void>();
  #engine: Engine | undefined;
  #limits: RateLimits | null = null;
  #refused = 0;

  constructor(http: ConstructorParameters<typeof IoAdapter>[0], parts: SocketParts) {
    super(http);
    this.#parts = parts;
    this.#open = new OpenByNetwork(parts.mostOfNetwork);
  }

  /** New connections are counted by network from now on. */
  countBy(limits: RateLimits): void {
    this.#limits = limits;
  }

  override createIOServer(...[port, options]: Parameters<CreateServer>): SocketServer {
    const limit = { maxHttpBufferSize: this.#parts.mostFrameBytes, wsEngine: FramesInTurn };
    const server = super.createIOServer(port, options && Object.assign({}, options, limit));
    const { engine } = server;
    engine.on('connection', boundPackets);
    engine.on('connection', boundUnwanted);
    engine.on('connection', (connection) => this.#keepPlace(connection));
    this.#engine = engine;
    this.#bound(engine);
    return server;
  }

  /** The connections now, the most allowed, and those refused so far. */
  get state(): { readonly open: number; readonly most: number; readonly refused: number } {
    return { open: this.#engine?.clientsCount ?? 0, most: this.#parts.mostSockets, refused: this.#refused };
  }

  /**
   * Passes Engine.IO the requests of the forum's own pages and programs, and new connections when there is room;
   * requests of known connections never wait. Engine.IO refuses by itself too, so the headers are set before it is
   * called.
   */
  #bound(engine: Engine): void {
    const request: Engine['handleRequest'] = engine.handleRequest.bind(engine);
    const upgrade: Engine['handleUpgrade'] = engine.handleUpgrade.bind(engine);
    engine.handleRequest = (message, response) => {
      response.setHeaders(new Map(Object.entries(this.#parts.headers.forLive)));
      const begin = (): void => void request(message, response);
      const refuse = (refusal: DomainError): void => refuseRequest(refusal, response);
      this.#hand(message, response, { begin, refuse, opensSocket: false });
    };
    engine.handleUpgrade = (message, socket, head) => {
      // Nobody else listens while the connection waits, and a reset would end the process.
      socket.on('error', ignore);
      const begin = (): void => {
        socket.off('error', ignore);
        upgrade(message, socket, head);
      };
      const refuse = (refusal: DomainError): void => refuseUpgrade(refusal, socket, this.#parts.headers.forLive);
      this.#hand(message, socket, { begin, refuse, opensSocket: connectionIn(message) === null });
    };
  }

  #hand(message: IncomingMessage, source: ServerResponse | Duplex, { opensSocket, ...handing }: Handing): void {
    const refusal = refusalOf(() => requireOwnRequest(message, this.#parts.address, { opensSocket }));
    if (refusal !== null) return handing.refuse(refusal);
    if (connectionIn(message) !== null) return handing.begin();
    this.#enter(message, source, handing);
  }

  #enter(message: IncomingMessage, source: ServerResponse | Duplex, handing: Omit<Handing, 'opensSocket'>): void {
    const network = networkOf(addressOfRequest(message, this.#parts.proxies));
    const begin = async (): Promise<void> => {
      if (source.destroyed) return;
      if (this.state.open >= this.#parts.mostSockets) throw full();
      this.#takePlace(network, message, source);
      handing.begin();
    };
    const entering = async (): Promise<void> => {
      await this.#limits?.take('connect', network);
      await this.#parts.admission.run('live', begin, source);
    };
    entering().catch((refusal: unknown) => {
      if (!(refusal instanceof DomainError)) throw refusal;
      this.#refused += 1;
      handing.refuse(refusal);
    });
  }

  /** Keeps the network's place until the connection closes, or until the request ends without becoming one. */
  #takePlace(network: string, message: IncomingMessage, source: ServerResponse | Duplex): void {
    if (this.#limits?.on !== true) return;
    const giveBack = this.#open.take(network);
    if (giveBack === null) throw networkFull();
    this.#places.set(message, giveBack);
    source.once('close', () => {
      if (this.#places.has(message)) giveBack();
    });
  }

  #keepPlace(connection: {
    readonly request: IncomingMessage;
    once(event: 'close', heard: () => void): unknown;
  }): void {
    const giveBack = this.#places.get(connection.request);
    if (giveBack === undefined) return;
    this.#places.delete(connection.request);
    connection.once('close', giveBack);
  }
}

function refusalOf(check: () => void): DomainError | null {
  try {
    check();
    return null;
  } catch (refusal) {
    if (refusal instanceof DomainError) return refusal;
    throw refusal;
  }
}

function full(): DomainError {
  return new DomainError('overloaded', 'The forum has as many live connections as it can.', [], RETRY_SECONDS);
}

function networkFull(): DomainError {
  return new DomainError(
    'rate_limited',
    'Your network has as many live connections as one network may have.',
    [],
    RETRY_SECONDS,
  );
}

function refuseRequest(refusal: DomainError, response: ServerResponse): void {
  if (response.destroyed || response.headersSent) return;
  const { head, body } = answer(refusal);
  response.writeHead(refusal.status, { ...head, 'Content-Length': Buffer.byteLength(body) }).end(body);
}

/** Refuses like Engine.IO, but with the forum's words, and ends after they were sent. */
function refuseUpgrade(refusal: DomainError, socket: Duplex, common: CommonHeaders['forLive']): void {
  if (socket.destroyed) return;
  const { head, body } = answer(refusal);
  const all = { ...common, ...head, 'Content-Length': Buffer.byteLength(body), Connection: 'close' };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  socket.end(`HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
}

function answer(refusal: DomainError): { readonly head: Readonly<Record<string, string>>; readonly body: string } {
  const { retryAfterSeconds } = refusal;
  const retry = retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) };
  return { head: { 'Content-Type': PROBLEM_TYPE, ...retry }, body: JSON.stringify(problemFor(refusal)) };
}

function ignore(): void {}
