import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { ServerMessages } from '../../../libs/client/index.ts';
import type { Principal } from '../../access/principal.ts';
import { STANDINGS, type Standings } from '../../views/members/members.query-types.ts';
import { LiveThreads } from './live-threads.ts';
import { Neighbours } from './neighbours.ts';
import type { FollowedThread } from './node-notice.ts';

type Presence = ServerMessages['thread:presence'];

/** Milliseconds after which a writer that did not repeat itself has stopped. */
export const TYPING_MS = 6_000;
/** The least time between two frames about the readers of a thread, in milliseconds. */
export const PRESENCE_EVERY_MS = 1_000;

/** One connection that follows a thread. */
export interface PresentReader {
  readonly id: string;
  readonly data: { readonly memberId: string | null };
  emit(message: 'thread:presence', presence: Presence): unknown;
}

/** The followers of threads on this node. */
export interface Audience {
  socketsOf(postId: string): ReadonlySet<PresentReader>;
  tellAll(postId: string, presence: Presence): void;
  onPutOut(listener: (socket: PresentReader, postId: string) => void): void;
}

interface ThreadPresence {
  /** By member. */
  readonly typing: Map<string, { readonly name: string; readonly until: number }>;
  /** Readers who have not heard of the others yet. */
  readonly newcomers: Set<PresentReader>;
  /** The state of this node, as it was sent last. */
  own: FollowedThread;
  said: string;
  saidAt: number;
  timer: { readonly at: number; readonly handle: NodeJS.Timeout } | null;
}

/**
 * The number of a thread's readers, and who is writing in it, sent when it changes. A member counts once on a node, a
 * reader without an account once for each connection; the figures of other nodes are added.
 */
@Injectable()
export class LivePresence implements OnModuleInit, OnModuleDestroy {
  readonly #threads: Audience;
  readonly #neighbours: Neighbours;
  readonly #standings: Pick<Standings, 'of'>;
  readonly #log = new Logger(LivePresence.name);
  readonly #byPost = new Map<string, ThreadPresence>();
  /** The names of members who write on other nodes. */
  readonly #names = new Map<string, string>();
  #isOver = false;

  constructor(
    @Inject(LiveThreads) threads: Audience,
    @Inject(Neighbours) neighbours: Neighbours,
    @Inject(STANDINGS) standings: Pick<Standings, 'of'>,
  ) {
    this.#threads = threads;
    this.#neighbours = neighbours;
    this.#standings = standings;
  }

  onModuleInit(): void {
    this.#threads.onPutOut((socket, postId) => this.left(socket, postId));
    this.#neighbours.join({
      own: () => this.#own(),
      heard: (postIds) => this.#heard(postIds),
    });
  }

  onModuleDestroy(): void {
    this.#isOver = true;
    for (const { timer } of this.#byPost.values()) clearTimeout(timer?.handle);
    this.#byPost.clear();
  }

  joined(socket: PresentReader, postId: string): void {
    this.#of(postId).newcomers.add(socket);
    this.#tell(postId);
    if (this.#typingElsewhere(postId).length > 0) this.#heard([postId]);
  }

  left(socket: PresentReader, postId: string): void {
    const presence = this.#byPost.get(postId);
    if (presence === undefined) return;
    presence.newcomers.delete(socket);
    const { memberId } = socket.data;
    const writes = memberId !== null && presence.typing.has(memberId);
    if (writes && !this.#reads(memberId, postId)) presence.typing.delete(memberId);
    this.#tell(postId);
  }

  types(postId: string, { memberId, displayName }: Pick<Principal, 'memberId' | 'displayName'>): void {
    if (this.#threads.socketsOf(postId).size === 0) return;
    this.#of(postId).typing.set(memberId, { name: displayName, until: Date.now() + TYPING_MS });
    this.#tell(postId);
  }

  /** The comment that the member was writing has arrived. */
  posted(postId: string, memberId: string): void {
    if (this.#byPost.get(postId)?.typing.delete(memberId) === true) this.#tell(postId);
  }

  #reads(memberId: string, postId: string): boolean {
    for (const { data } of this.#threads.socketsOf(postId)) if (data.memberId === memberId) return true;
    return false;
  }

  #of(postId: string): ThreadPresence {
    const known = this.#byPost.get(postId);
    if (known !== undefined) return known;
    const own = { postId, readers: 0, typing: [] };
    const presence = { typing: new Map(), newcomers: new Set<PresentReader>(), own, said: '', saidAt: 0, timer: null };
    this.#byPost.set(postId, presence);
    return presence;
  }

  *#own(): Iterable<FollowedThread> {
    for (const { own } of this.#byPost.values()) if (own.readers > 0) yield own;
  }

  /** Looks up the names of writers on other nodes in threads that are followed here, and sends them. */
  #heard(postIds: Iterable<string>): void {
    void this.#lookUp()
      .catch((failure: unknown) => this.#log.error(`names could not be read: ${failure}`))
      .then(() => {
        for (const postId of postIds) if (this.#byPost.has(postId)) this.#tell(postId);
      });
  }

  async #lookUp(): Promise<void> {
    const writing = new Set([...this.#byPost.keys()].flatMap((postId) => this.#typingElsewhere(postId)));
    for (const memberId of this.#names.keys()) if (!writing.has(memberId)) this.#names.delete(memberId);
    for (const memberId of writing) {
      const standing = this.#names.has(memberId) ? undefined : await this.#standings.of(memberId);
      if (standing !== undefined) this.#names.set(memberId, standing.displayName);
    }
  }

  #typingElsewhere(postId: string): readonly string[] {
    return this.#neighbours.followersOf(postId).flatMap(({ typing }) => typing);
  }

  #tell(postId: string, at = 0): void {
    if (this.#isOver) return;
    const presence = this.#of(postId);
    const now = Date.now();
    const when = Math.max(at, presence.saidAt + PRESENCE_EVERY_MS, now);
    if (presence.timer !== null && presence.timer.at <= when) return;
    clearTimeout(presence.timer?.handle);
    const handle = setTimeout(() => this.#say(postId, presence), when - now);
    presence.timer = { at: when, handle };
  }

  #say(postId: string, presence: ThreadPresence): void {
    presence.timer = null;
    const own = this.#ownNow(postId, presence);
    if (!isSame(own, presence.own)) this.#neighbours.changed();
    presence.own = own;
    if (own.readers === 0) {
      this.#byPost.delete(postId);
      return;
    }
    const now = this.#now(presence);
    const text = JSON.stringify(now);
    const isNews = text !== presence.said;
    if (isNews || presence.newcomers.size > 0) presence.saidAt = Date.now();
    if (isNews) this.#threads.tellAll(postId, now);
    else for (const socket of presence.newcomers) socket.emit('thread:presence', now);
    presence.newcomers.clear();
    presence.said = text;
    const [first] = [...presence.typing.values()].map(({ until }) => until).sort((a, b) => a - b);
    if (first !== undefined) this.#tell(postId, first);
  }

  #ownNow(postId: string, { typing }: ThreadPresence): FollowedThread {
    for (const [memberId, { until }] of typing) if (until <= Date.now()) typing.delete(memberId);
    const readers = new Set([...this.#threads.socketsOf(postId)].map(({ id, data }) => data.memberId ?? id));
    return { postId, readers: readers.size, typing: [...typing.keys()] };
  }

  #now({ own: { postId, readers }, typing }: ThreadPresence): Presence {
    const elsewhere = this.#neighbours.followersOf(postId).reduce((sum, node) => sum + node.readers, 0);
    const names = new Map([...typing].map(([memberId, { name }]) => [memberId, name]));
    for (const memberId of this.#typingElsewhere(postId)) {
      const name = this.#names.get(memberId);
      if (name !== undefined) names.set(memberId, name);
    }
    return { postId, readers: readers + elsewhere, typing: [...names.values()] };
  }
}

function isSame(one: FollowedThread, other: FollowedThread): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
