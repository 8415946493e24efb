import { randomUUID } from 'node:crypto';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { ClientMessage, ClientMessages } from '../../../libs/client/index.ts';
import { DomainError, formatPosition, parsePosition } from '../../../libs/kernel/index.ts';
import { Admission } from '../../access/admission/admission.ts';
import { networkOf } from '../../access/network.ts';
import { permissionOf, requirePermission } from '../../access/permission-table.ts';
import { type Principal, viewerOf } from '../../access/principal.ts';
import { RateLimits } from '../../access/rate-limits.ts';
import { Sessions } from '../../access/sign-in/sessions.ts';
import { Commenting } from '../../acts/commenting.ts';
import { Looks } from '../../acts/looks/looks.ts';
import { TakingPart } from '../../commands/taking-part.ts';
import { PERMISSIONS, type Permission } from '../../permissions.ts';
import type { Viewer } from '../../views/viewer.ts';
import { checkInput, type Shape } from '../input/check-input.ts';
import { LiveAudit } from './live-audit.ts';
import { LiveClaims } from './live-claims.ts';
import { LiveCounts } from './live-counts.ts';
import { LiveModeration } from './live-moderation.ts';
import { LiveNotifications } from './live-notifications.ts';
import { LivePresence } from './live-presence.ts';
import { isOver, type ServerSocket } from './live-socket.ts';
import { LiveThreads } from './live-threads.ts';
import {
  AuditJoinPayload,
  CommentPostPayload,
  CountsJoinPayload,
  ModerationClaimPayload,
  ModerationJoinPayload,
  NotificationsJoinPayload,
  ThreadJoinPayload,
  ThreadLeavePayload,
  ThreadTypingPayload,
} from './payloads.ts';

type Payload<M extends ClientMessage> = Readonly<ClientMessages[M]['payload']>;

/** Answers a message; called once, in the step in which the answer becomes true. */
type Answer<M extends ClientMessage> = (ack: ClientMessages[M]['ack']) => void;

/** The sender; the member is looked up only for messages that need one. */
interface Sender {
  readonly socket: ServerSocket;
  readonly principal: Principal | null;
}

interface Handling<M extends ClientMessage> {
  readonly payload: Shape<Payload<M>>;
  readonly handle: (sender: Sender, payload: Payload<M>, answer: Answer<M>) => Promise<void>;
}

type Handlings = { readonly [M in ClientMessage]: Handling<M> };

/** The most fields that are looked at; no message has as many. */
const MOST_FIELDS = 20;

/** The work of the forum for each message of libs/client/live-messages.ts. Everything throws DomainError. */
@Injectable()
export class LiveMessages implements OnModuleInit {
  readonly #threads: LiveThreads;
  readonly #presence: LivePresence;
  readonly #moderation: LiveModeration;
  readonly #audit: LiveAudit;
  readonly #claims: LiveClaims;
  readonly #notifications: LiveNotifications;
  readonly #counts: LiveCounts;
  readonly #commenting: Commenting;
  readonly #takingPart: TakingPart;
  readonly #sessions: Sessions;
  readonly #limits: RateLimits;
  readonly #looks: Looks;
  readonly #admission: Admission;
  readonly #handlings: Handlings = {
    'thread:join': { payload: ThreadJoinPayload, handle: (...message) => this.#join(...message) },
    'thread:leave': { payload: ThreadLeavePayload, handle: (...message) => this.#leave(...message) },
    'thread:typing': { payload: ThreadTypingPayload, handle: (...message) => this.#type(...message) },
    'moderation:join': { payload: ModerationJoinPayload, handle: (...message) => this.#moderate(...message) },
    'moderation:claim': { payload: ModerationClaimPayload, handle: (...message) => this.#claim(...message) },
    'audit:join': { payload: AuditJoinPayload, handle: (...message) => this.#watch(...message) },
    'notifications:join': { payload: NotificationsJoinPayload, handle: (...message) => this.#beTold(...message) },
    'counts:join': { payload: CountsJoinPayload, handle: (...message) => this.#countOn(...message) },
    'comment:post': { payload: CommentPostPayload, handle: (...message) => this.#post(...message) },
  };

  constructor(
    @Inject(LiveThreads) threads: LiveThreads,
    @Inject(LivePresence) presence: LivePresence,
    @Inject(LiveModeration) moderation: LiveModeration,
    @Inject(LiveAudit) audit: LiveAudit,
    @Inject(LiveClaims) claims: LiveClaims,
    @Inject(Commenting) commenting: Commenting,
    @Inject(TakingPart) takingPart: TakingPart,
    @Inject(Sessions) sessions: Sessions,
    @Inject(RateLimits) limits: RateLimits,
    @Inject(Looks) looks: Looks,
    @Inject(Admission) admission: Admission,
    @Inject(LiveNotifications) notifications: LiveNotifications,
    @Inject(LiveCounts) counts: LiveCounts,
  ) {
    this.#threads = threads;
    this.#presence = presence;
    this.#moderation = moderation;
    this.#audit = audit;
    this.#claims = claims;
    this.#commenting = commenting;
    this.#takingPart = takingPart;
    this.#sessions = sessions;
    this.#limits = limits;
    this.#looks = looks;
    this.#admission = admission;
    this.#notifications = notifications;
    this.#counts = counts;
  }

  /** Throws MissingPermission for a message that permissions.ts does not name; the start then stops. */
  onModuleInit(): void {
    for (const name of Object.keys(this.#handlings)) permissionOf(`live ${name}`);
  }

  /** Checks who asks and what, and answers. */
  async take(
    socket: ServerSocket,
    name: unknown,
    { payload, answer }: { payload: unknown; answer: (ack: object) => void },
  ): Promise<void> {
    if (!this.#isMessage(name)) throw new DomainError('not_found', 'There is no message of this name.');
    await this.#limits.take('message', socket.id);
    const permission: Permission = PERMISSIONS[`live ${name}`];
    const principal = permission === 'anyone' ? null : await this.#principal(socket);
    requirePermission(permission, principal);
    if (!socket.connected) throw isOver();
    await this.#handle(name, { socket, principal }, { payload, answer });
  }

  #handle<M extends ClientMessage>(
    name: M,
    sender: Sender,
    { payload, answer }: { readonly payload: unknown; readonly answer: Answer<M> },
  ): Promise<void> {
    const handling: Handling<M> = this.#handlings[name];
    return handling.handle(sender, checkInput(handling.payload, tame(payload)), answer);
  }

  async #join(
    { socket }: Sender,
    { postId, after }: Payload<'thread:join'>,
    answer: Answer<'thread:join'>,
  ): Promise<void> {
    await this.#limits.take('join', networkOf(socket.data.address));
    const join = async (): Promise<void> => {
      const wish = { postId, after: parsePosition(after), viewer: await this.#viewer(socket) };
      await this.#threads.join(socket, wish, ({ position, ...joined }) => {
        answer({ position: formatPosition(position), ...joined });
        this.#presence.joined(socket, postId);
      });
    };
    await (after === undefined ? this.#admission.run('live', join) : join());
  }

  async #moderate(
    { socket, principal }: Sender,
    { shown = [] }: Payload<'moderation:join'>,
    answer: Answer<'moderation:join'>,
  ): Promise<void> {
    const member = required(principal);
    await this.#looks.looked(member, { place: 'live-queue' });
    await this.#moderation.join(socket, member.memberId, { shown, answer });
  }

  async #claim(
    { socket, principal }: Sender,
    { commentId }: Payload<'moderation:claim'>,
    answer: Answer<'moderation:claim'>,
  ): Promise<void> {
    answer({ claim: await this.#claims.claim(socket, commentId, required(principal)) });
  }

  async #watch(
    { socket, principal }: Sender,
    { after }: Payload<'audit:join'>,
    answer: Answer<'audit:join'>,
  ): Promise<void> {
    const member = required(principal);
    await this.#looks.looked(member, { place: 'events', subject: 'live' });
    answer(await this.#audit.join(socket, member.memberId, parsePosition(after) ?? null));
  }

  async #beTold(
    { socket, principal }: Sender,
    { after }: Payload<'notifications:join'>,
    answer: Answer<'notifications:join'>,
  ): Promise<void> {
    const member = required(principal);
    await this.#limits.take('join', networkOf(socket.data.address));
    answer(await this.#notifications.join(socket, member, parsePosition(after) ?? null));
  }

  async #countOn({ socket }: Sender, followed: Payload<'counts:join'>, answer: Answer<'counts:join'>): Promise<void> {
    await this.#limits.take('read', networkOf(socket.data.address));
    answer(await this.#admission.run('live', () => this.#counts.join(socket, followed)));
  }

  async #leave({ socket }: Sender, { postId }: Payload<'thread:leave'>, answer: Answer<'thread:leave'>): Promise<void> {
    this.#threads.leave(socket, postId);
    this.#presence.left(socket, postId);
    answer({});
  }

  async #type(
    { socket, principal }: Sender,
    { postId }: Payload<'thread:typing'>,
    answer: Answer<'thread:typing'>,
  ): Promise<void> {
    const member = required(principal);
    await this.#limits.take('typing', member.memberId);
    await this.#threads.requirePost(postId);
    await this.#takingPart.require(member.memberId);
    if (!socket.connected) throw isOver();
    this.#presence.types(postId, member);
    answer({});
  }

  async #post(
    { socket, principal }: Sender,
    wish: Payload<'comment:post'>,
    answer: Answer<'comment:post'>,
  ): Promise<void> {
    const { postId, id, body, parentId = null } = wish;
    const member = required(principal);
    const asking = { address: socket.data.address, commandId: randomUUID(), correlationId: randomUUID(), here: false };
    const comment = { id, parentId, body };
    answer(await this.#admission.run('writes', () => this.#commenting.post(postId, comment, member, asking)));
    this.#presence.posted(postId, member.memberId);
  }

  /** The member behind the socket, as it is now. Throws DomainError unauthenticated, token_expired, banned, someone_else. */
  async #principal({ data: { token, sessionRefusal } }: ServerSocket): Promise<Principal | null> {
    if (sessionRefusal !== null) throw sessionRefusal;
    return token === null ? null : this.#sessions.authenticate(token);
  }

  /** For messages that need no account: a member whose session has ended is a reader without one. */
  async #viewer(socket: ServerSocket): Promise<Viewer> {
    try {
      const principal = await this.#principal(socket);
      return principal === null ? null : viewerOf(principal);
    } catch (refusal) {
      if (refusal instanceof DomainError) return null;
      throw refusal;
    }
  }

  #isMessage(name: unknown): name is ClientMessage {
    return typeof name === 'string' && Object.hasOwn(this.#handlings, name);
  }
}

function required(principal: Principal | null): Principal {
  if (principal === null) throw new Error('a message for members was let through without one');
  return principal;
}

/** A plain object with few fields. Bytes, lists and objects with many fields are refused before anything reads them. */
function tame(payload: unknown): object {
  const isPlain =
    typeof payload === 'object' && payload !== null && Object.getPrototypeOf(payload) === Object.prototype;
  if (!isPlain || Object.keys(payload).length > MOST_FIELDS) {
    throw new DomainError('invalid', 'The message must carry one JSON object.', [
      { field: '', message: 'must be a JSON object' },
    ]);
  }
  return payload;
}
