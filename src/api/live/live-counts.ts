import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { ClientMessages } from '../../../libs/client/index.ts';
import { type Projected, VIEWS, type Views } from '../../../libs/projections/index.ts';
import { CountCommentsUnder, postListChanges } from '../../views/post-list/post-list.query-types.ts';
import { threadChangesTold } from '../../views/thread/thread.query-types.ts';
import { isOver, type LiveNamespace, type ServerSocket } from './live-socket.ts';
import { LiveWriters } from './live-writers.ts';

/** The time over which changes are collected, in milliseconds: a post is told of once in it, however much is said there. */
const TICK_MS = 500;
/** The most posts that are counted at one stretch; the others wait for the next tick. */
const MOST_AT_ONCE = 200;

type Ack = ClientMessages['counts:join']['ack'];
type Wish = ClientMessages['counts:join']['payload'];

interface CountedPost {
  readonly sockets: Set<ServerSocket>;
  /** What all of them were told; undefined when they were told different numbers, or none. */
  said: number | undefined;
}

/**
 * Tells readers of lists how many comments the listed posts have, as everybody can read them. Whoever reads a list is
 * not present in its discussions.
 */
@Injectable()
export class LiveCounts implements OnModuleInit, OnModuleDestroy {
  readonly #queries: Pick<QueryBus, 'execute'>;
  readonly #views: Pick<Views, 'onProjected' | 'position'>;
  readonly #log = new Logger(LiveCounts.name);
  readonly #posts = new Map<string, CountedPost>();
  readonly #followed = new Map<ServerSocket, readonly string[]>();
  readonly #changed = new Set<string>();
  readonly #writers: LiveWriters;
  #tick: NodeJS.Timeout | undefined;
  #namespace: LiveNamespace | undefined;
  #stopListening = (): void => undefined;

  constructor(
    @Inject(QueryBus) queries: Pick<QueryBus, 'execute'>,
    @Inject(VIEWS) views: Pick<Views, 'onProjected' | 'position'>,
  ) {
    this.#queries = queries;
    this.#views = views;
    this.#writers = new LiveWriters(queries, (reason) => this.#log.error(reason));
  }

  onModuleInit(): void {
    this.#stopListening = this.#views.onProjected((projected) => this.#hear(projected));
  }

  onModuleDestroy(): void {
    this.#stopListening();
    clearTimeout(this.#tick);
    this.#writers.close();
  }

  /** Sets the namespace for outgoing frames; called once, before the first socket. */
  sendOver(namespace: LiveNamespace): void {
    this.#namespace = namespace;
  }

  /**
   * The counts now, and frames from here on, instead of those of an earlier join. A post that readers may not see has
   * none until they may. Throws DomainError unauthenticated when the connection is gone.
   */
  async join(socket: ServerSocket, { postIds, writer }: Wish): Promise<Ack> {
    const position = this.#views.position();
    const counts = await this.#count(postIds);
    if (!socket.connected) throw isOver();
    this.leave(socket);
    this.#followed.set(socket, postIds);
    const isOld = this.#views.position() > position;
    for (const postId of postIds) this.#add(socket, postId, { count: counts.get(postId), isOld });
    this.#schedule();
    const written = writer === undefined ? {} : { written: await this.#writers.join(socket, writer) };
    return { counts: Object.fromEntries(counts), ...written };
  }

  leave(socket: ServerSocket): void {
    this.#writers.leave(socket);
    for (const postId of this.#followed.get(socket) ?? []) {
      const post = this.#posts.get(postId);
      post?.sockets.delete(socket);
      if (post?.sockets.size === 0) this.#posts.delete(postId);
      void socket.leave(roomOf(postId));
    }
    this.#followed.delete(socket);
  }

  /** What was counted before the last commit is counted again, and a number that differs from the others' is told to all. */
  #add(
    socket: ServerSocket,
    postId: string,
    { count, isOld }: { readonly count: number | undefined; readonly isOld: boolean },
  ): void {
    const post = this.#posts.get(postId) ?? { sockets: new Set(), said: count };
    this.#posts.set(postId, post);
    post.sockets.add(socket);
    void socket.join(roomOf(postId));
    const differs = post.said !== count;
    if (differs) post.said = undefined;
    if (differs || isOld) this.#changed.add(postId);
  }

  #hear(projected: readonly Projected[]): void {
    if (this.#posts.size === 0 && this.#writers.size === 0) return;
    const isRenewed = projected.some(({ view, renewed }) => renewed && (view === 'thread' || view === 'post-list'));
    const changed = isRenewed ? [...this.#posts.keys()] : changedPosts(projected);
    if (isRenewed || changed.length > 0) this.#writers.changed();
    for (const postId of changed) if (this.#posts.has(postId)) this.#changed.add(postId);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#changed.size === 0) return;
    this.#tick ??= setTimeout(() => {
      void this.#tell().finally(() => {
        this.#tick = undefined;
        this.#schedule();
      });
    }, TICK_MS);
  }

  /** Never rejects. What could not be counted is counted at the next tick. */
  async #tell(): Promise<void> {
    const postIds = [...this.#changed].slice(0, MOST_AT_ONCE);
    for (const postId of postIds) this.#changed.delete(postId);
    try {
      for (const [postId, count] of await this.#count(postIds)) this.#say(postId, count);
    } catch (failure) {
      for (const postId of postIds) this.#changed.add(postId);
      this.#log.error(`comments could not be counted: ${failure}`);
    }
  }

  /** Encoded once for all who read a list with the post. */
  #say(postId: string, count: number): void {
    const post = this.#posts.get(postId);
    if (post === undefined || post.said === count) return;
    post.said = count;
    this.#namespace?.to(roomOf(postId)).emit('counts:changes', { counts: { [postId]: count } });
  }

  #count(postIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return this.#queries.execute(new CountCommentsUnder(postIds));
  }
}

function roomOf(postId: string): string {
  return `counts:${postId}`;
}

function changedPosts(projected: readonly Projected[]): readonly string[] {
  const threads = threadChangesTold(projected).flatMap((change) => ('postId' in change ? [change.postId] : []));
  return [...threads, ...postListChanges(projected).map(({ changedPostId }) => changedPostId)];
}
