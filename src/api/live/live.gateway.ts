import { type BeforeApplicationShutdown, Inject, Logger, type OnModuleDestroy } from '@nestjs/common';
import {
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  type OnGatewayInit,
  WebSocketGateway,
} from '@nestjs/websockets';
import { DomainError, shuttingDown } from '../../../libs/kernel/index.ts';
import { isGuarded } from '../../access/permission-table.ts';
import { isToldToOperators } from '../../access/told-refusals.ts';
import { refusalOf } from '../http/server/problem.ts';
import { cut, discardUnsent } from './connection-buffer.ts';
import { farewell } from './farewell.ts';
import { Handshakes } from './handshake.ts';
import { JoinDeadline } from './join-deadline.ts';
import { LiveAudit } from './live-audit.ts';
import { LiveClaims } from './live-claims.ts';
import { LiveConnections } from './live-connections.ts';
import { LiveCounts } from './live-counts.ts';
import { liveError } from './live-error.ts';
import { LiveMessages } from './live-messages.ts';
import { LiveModeration } from './live-moderation.ts';
import { LiveNotifications } from './live-notifications.ts';
import { LivePresence } from './live-presence.ts';
import { LiveSessions } from './live-sessions.ts';
import type { LiveNamespace, ServerSocket } from './live-socket.ts';
import { LiveThreads } from './live-threads.ts';
import { countUnwanted } from './unwanted.ts';

/** The most questions of one connection that wait for an answer. */
const MOST_OPEN = 32;
/** At the end, milliseconds for what was accepted. */
const FINISH_WITHIN_MS = 5_000;

/** Until a connection is in the namespace: longer than it may wait for its turn to be let in. */
const CONNECT_WITHIN_MS = 20_000;

type Acknowledge = (answer: object) => void;

/** The Socket.IO namespace /live: who may connect, and one way for every message to be taken, answered and refused. */
@WebSocketGateway({
  namespace: '/live',
  transports: ['websocket', 'polling'],
  perMessageDeflate: false,
  serveClient: false,
  connectTimeout: CONNECT_WITHIN_MS,
})
export class LiveGateway
  implements
    OnGatewayInit<LiveNamespace>,
    OnGatewayConnection<ServerSocket>,
    OnGatewayDisconnect<ServerSocket>,
    OnModuleDestroy,
    BeforeApplicationShutdown
{
  readonly #connections: LiveConnections;
  readonly #deadline = new JoinDeadline<ServerSocket['conn']>(CONNECT_WITHIN_MS, cut);
  readonly #handshakes: Handshakes;
  readonly #messages: LiveMessages;
  readonly #threads: LiveThreads;
  readonly #presence: LivePresence;
  readonly #moderation: LiveModeration;
  readonly #audit: LiveAudit;
  readonly #claims: LiveClaims;
  readonly #notifications: LiveNotifications;
  readonly #counts: LiveCounts;
  readonly #sessions: LiveSessions;
  readonly #log = new Logger(LiveGateway.name);
  readonly #refused = new Logger('a live message was refused');
  #namespace: LiveNamespace | undefined;
  #isClosing = false;

  constructor(
    @Inject(Handshakes) handshakes: Handshakes,
    @Inject(LiveMessages) messages: LiveMessages,
    @Inject(LiveThreads) threads: LiveThreads,
    @Inject(LivePresence) presence: LivePresence,
    @Inject(LiveModeration) moderation: LiveModeration,
    @Inject(LiveAudit) audit: LiveAudit,
    @Inject(LiveClaims) claims: LiveClaims,
    @Inject(LiveSessions) sessions: LiveSessions,
    @Inject(LiveConnections) connections: LiveConnections,
    @Inject(LiveNotifications) notifications: LiveNotifications,
    @Inject(LiveCounts) counts: LiveCounts,
  ) {
    this.#handshakes = handshakes;
    this.#messages = messages;
    this.#threads = threads;
    this.#presence = presence;
    this.#moderation = moderation;
    this.#audit = audit;
    this.#claims = claims;
    this.#sessions = sessions;
    this.#connections = connections;
    this.#notifications = notifications;
    this.#counts = counts;
  }

  afterInit(namespace: LiveNamespace): void {
    this.#namespace = namespace;
    this.#threads.sendOver(namespace);
    this.#moderation.sendOver(namespace);
    this.#audit.sendOver(namespace);
    this.#counts.sendOver(namespace);
    namespace.server.engine.on('connection', (connection: ServerSocket['conn']) => {
      this.#connections.arrived(connection);
      this.#deadline.arrived(connection);
    });
    namespace.use((socket, next) => {
      this.#admit(socket).then(
        () => next(),
        (failure: unknown) => next(connectError(this.#refusal(failure, socket, 'connect'))),
      );
    });
    namespace.server.of('/').use((_socket, next) => {
      next(connectError(new DomainError('not_found', 'Connect to the namespace /live.')));
    });
  }

  /** Messages stop here, so that none reaches a listener of Socket.IO's own by its name. */
  handleConnection(socket: ServerSocket): void {
    this.#deadline.joined(socket.conn);
    socket.use((message) => this.#take(socket, message));
    const { sessionRefusal } = socket.data;
    if (sessionRefusal !== null) socket.emit('session:refused', liveError(sessionRefusal));
    this.#sessions.arrived(socket);
  }

  /** Nothing more is for a connection that has left the namespace. */
  handleDisconnect(socket: ServerSocket): void {
    discardUnsent(socket.conn);
    this.#sessions.left(socket);
    this.#moderation.leave(socket);
    this.#audit.leave(socket);
    this.#notifications.leave(socket);
    this.#counts.leave(socket);
    this.#claims.left(socket);
    for (const postId of this.#threads.leaveAll(socket)) this.#presence.left(socket, postId);
  }

  onModuleDestroy(): void {
    this.#isClosing = true;
  }

  /**
   * Answers accepted messages; then the connection ends below Socket.IO, so that its client connects again by itself.
   */
  async beforeApplicationShutdown(): Promise<void> {
    const sockets = [...(this.#namespace?.sockets.values() ?? [])];
    const open = sockets.flatMap(({ data }) => [...data.open]);
    await Promise.race([Promise.allSettled(open), patience(FINISH_WITHIN_MS)]);
    await farewell(this.#connections.all());
  }

  async #admit(socket: ServerSocket): Promise<void> {
    if (this.#isClosing) {
      socket.conn.close();
      throw shuttingDown();
    }
    socket.data = await this.#handshakes.admit(socket.handshake);
  }

  #take(socket: ServerSocket, [name, ...values]: readonly unknown[]): void {
    if (!socket.connected) return;
    const last = values.at(-1);
    const acknowledge = isAcknowledge(last) ? last : () => undefined;
    const [payload, ...more] = isAcknowledge(last) ? values.slice(0, -1) : values;
    const work = this.#answer(socket, name, { payload: more.length === 0 ? payload : values, acknowledge });
    socket.data.open.add(work);
    void work.then(() => socket.data.open.delete(work));
  }

  /** Never rejects. */
  async #answer(
    socket: ServerSocket,
    name: unknown,
    { payload, acknowledge }: { readonly payload: unknown; readonly acknowledge: Acknowledge },
  ): Promise<void> {
    try {
      if (this.#isClosing) throw shuttingDown();
      if (socket.data.open.size >= MOST_OPEN) throw tooManyOpen();
      await this.#messages.take(socket, name, { payload, answer: (ack) => acknowledge({ ok: true, ...ack }) });
    } catch (failure) {
      acknowledge({ ok: false, error: liveError(this.#refusal(failure, socket, name)) });
      countUnwanted(socket.conn);
    }
  }

  /** An unforeseen error is logged, and shown only as `internal`. A refusal for want of a right is a line, too. */
  #refusal(failure: unknown, { handshake, data }: ServerSocket, name: unknown): DomainError {
    const refusal = refusalOf(failure);
    if (refusal.code === 'internal') this.#log.error(failure instanceof Error ? failure.stack : failure);
    else if (isToldToOperators(refusal.code)) {
      const message = `live ${String(name)}`;
      const network = this.#handshakes.networkOf(handshake);
      const member = data.memberId ? { member: data.memberId } : {};
      this.#refused.log({ message: isGuarded(message) ? message : null, code: refusal.code, network, ...member });
    }
    return refusal;
  }
}

function connectError(refusal: DomainError): Error {
  return Object.assign(new Error(refusal.detail), { data: liveError(refusal) });
}

function tooManyOpen(): DomainError {
  return new DomainError('rate_limited', `More than ${MOST_OPEN} messages wait for an answer.`, [], 1);
}

function isAcknowledge(value: unknown): value is Acknowledge {
  return typeof value === 'function';
}

/** A time limit that keeps no process alive by itself. */
function patience(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
