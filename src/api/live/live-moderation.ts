import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { ClientMessages, QueueChange, ServerMessages } from '../../../libs/client/index.ts';
import { formatPosition } from '../../../libs/kernel/index.ts';
import { type Projected, VIEWS, type Views } from '../../../libs/projections/index.ts';
import { Claims } from '../../acts/claims.ts';
import { isAllowed, PERMISSIONS } from '../../permissions.ts';
import { membersChanges, STANDINGS, type Standings } from '../../views/members/members.query-types.ts';
import {
  GetNewestDecisions,
  GetQueueCounts,
  GetQueueItems,
  queueChanges,
} from '../../views/moderation-queue/queue.query-types.ts';
import {
  CountReportedTranslations,
  translationReportsChanges,
} from '../../views/translation-reports/translation-reports.query-types.ts';
import { discardUnsent } from './connection-buffer.ts';
import { LiveSessions } from './live-sessions.ts';
import { isOver, type LiveNamespace, type ServerSocket } from './live-socket.ts';
import { PacedPush } from './paced-push.ts';
import { sendToAll } from './send-to-all.ts';

/** Whoever is in a room follows something, and ends with the session (LiveSessions). */
const ROOM = 'moderation';
/** Milliseconds between two frames: a change that comes alone is sent at once, those behind it are collected. */
const TICK_MS = 50;
/** The most cases of one frame; beyond them moderators are told to read the queue anew. */
const MOST_CHANGES = 100;

type Joined = ClientMessages['moderation:join']['ack'];

/** Sends moderators the changes of their queue. */
@Injectable()
export class LiveModeration implements OnModuleInit, OnModuleDestroy {
  readonly #queries: Pick<QueryBus, 'execute'>;
  readonly #views: Pick<Views, 'onProjected'>;
  readonly #standings: Pick<Standings, 'of'>;
  readonly #claims: Claims;
  readonly #sessions: Pick<LiveSessions, 'ofMember' | 'holds'>;
  readonly #log = new Logger(LiveModeration.name);
  readonly #members = new Set<ServerSocket>();
  #changed = new Set<string>();
  readonly #pace = new PacedPush(TICK_MS, () => {
    this.#push().catch((failure: unknown) => this.#log.error(`the queue could not be told: ${failure}`));
  });
  #namespace: LiveNamespace | undefined;
  #stopListening = (): void => undefined;

  constructor(
    @Inject(QueryBus) queries: Pick<QueryBus, 'execute'>,
    @Inject(VIEWS) views: Pick<Views, 'onProjected'>,
    @Inject(STANDINGS) standings: Pick<Standings, 'of'>,
    @Inject(Claims) claims: Claims,
    @Inject(LiveSessions) sessions: Pick<LiveSessions, 'ofMember' | 'holds'>,
  ) {
    this.#queries = queries;
    this.#views = views;
    this.#standings = standings;
    this.#claims = claims;
    this.#sessions = sessions;
  }

  onModuleInit(): void {
    this.#stopListening = this.#views.onProjected((projected) => this.#hear(projected));
    this.#claims.onChange((commentId) => this.#touch(commentId));
  }

  onModuleDestroy(): void {
    this.#stopListening();
    this.#pace.close();
  }

  sendOver(namespace: LiveNamespace): void {
    this.#namespace = namespace;
  }

  /**
   * Sends the socket every change from the answer on; the answer has the present state of the cases `shown`, and frames
   * after it have those that are too long for it. Throws DomainError unauthenticated or forbidden when the session or
   * role ended since the member was looked up.
   */
  async join(
    socket: ServerSocket,
    memberId: string,
    { shown, answer }: { readonly shown: readonly string[]; readonly answer: (ack: Joined) => void },
  ): Promise<void> {
    if (!this.#sessions.holds(socket)) throw isOver();
    this.#members.add(socket);
    await socket.join(ROOM);
    await this.#look(memberId);
    const told = await this.#counts();
    const frames = this.#changes(shown);
    const first = await frames.next();
    if (!this.#members.has(socket)) throw isOver();
    answer({ ...told, changes: first.done ? [] : first.value });
    for await (const changes of frames) {
      if (!this.#members.has(socket)) return;
      socket.emit('moderation:changes', { ...told, changes });
    }
  }

  leave(socket: ServerSocket): void {
    this.#members.delete(socket);
  }

  #hear(projected: readonly Projected[]): void {
    for (const { queuedCommentId } of queueChanges(projected)) this.#touch(queuedCommentId);
    if (translationReportsChanges(projected).length > 0) this.#touch(null);
    for (const { memberId } of membersChanges(projected)) void this.#look(memberId);
  }

  #touch(commentId: string | null): void {
    if (this.#members.size === 0) return;
    if (commentId !== null) this.#changed.add(commentId);
    this.#pace.soon();
  }

  async #push(): Promise<void> {
    const commentIds = [...this.#changed];
    this.#changed = new Set();
    if (this.#members.size === 0) return;
    const frame = await this.#counts();
    if (commentIds.length === 0) this.#emit({ ...frame, changes: [] });
    else if (commentIds.length > MOST_CHANGES) this.#emit({ ...frame, changes: [], reload: true });
    else for await (const changes of this.#changes(commentIds)) this.#emit({ ...frame, changes });
  }

  async #counts(): Promise<Pick<Joined, 'position' | 'counts' | 'translations'>> {
    const [{ counts, position }, translations] = await Promise.all([
      this.#queries.execute(new GetQueueCounts()),
      this.#queries.execute(new CountReportedTranslations()),
    ]);
    return { position: formatPosition(position), counts, translations };
  }

  /** In frames, each no longer than a page of the queue. */
  async *#changes(commentIds: readonly string[]): AsyncGenerator<readonly QueueChange[], void> {
    let left = commentIds;
    while (left.length > 0) {
      const items = await this.#queries.execute(new GetQueueItems(left));
      const some = left.slice(0, items.length);
      const decisions = await this.#queries.execute(new GetNewestDecisions(some));
      yield some.map((commentId, at) => {
        const [item, decision] = [items[at] ?? null, decisions[at] ?? null];
        const claim = this.#claims.of(commentId);
        return { commentId, list: item?.list ?? null, item: item && { ...item, claim }, claim, decision };
      });
      left = left.slice(Math.max(1, items.length));
    }
  }

  #emit(frame: ServerMessages['moderation:changes']): void {
    if (this.#namespace) sendToAll(this.#namespace, this.#members, ['moderation:changes', frame]);
  }

  /** Whoever moderates no more hears no more, of what waits for it neither. */
  async #look(memberId: string): Promise<void> {
    if (![...this.#sessions.ofMember(memberId)].some((socket) => this.#members.has(socket))) return;
    const standing = await this.#standings.of(memberId);
    if (standing && isAllowed(PERMISSIONS['live moderation:join'], standing.roles)) return;
    for (const socket of this.#sessions.ofMember(memberId)) {
      this.#members.delete(socket);
      void socket.leave(ROOM);
      discardUnsent(socket.conn);
    }
  }
}
