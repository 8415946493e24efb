import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { ServerMessages } from '../../../libs/client/index.ts';
import type { Principal } from '../access/principal.ts';
import type { LiveSocket } from './live-socket.ts';
import { LiveThreads } from './live-threads.ts';

type Presence = ServerMessages['thread:presence'];

/** Who does not say again that it is writing has stopped. */
export const TYPING_MS = 6_000;
/** A thread's readers hear of each other once in so many milliseconds at most. */
export const PRESENCE_EVERY_MS = 1_000;

interface ThreadPresence {
  /** By member. */
  readonly typing: Map<string, { readonly name: string; readonly until: number }>;
  /** Who has not heard of the others yet. */
  readonly newcomers: Set<LiveSocket>;
  said: string;
  saidAt: number;
  timer: { readonly at: number; readonly handle: NodeJS.Timeout } | null;
}

/** How many read a thread on this node, and who is writing in it: told when it changes. */
@Injectable()
export class LivePresence implements OnModuleDestroy {
  readonly #threads: LiveThreads;
  readonly #byPost = new Map<string, ThreadPresence>();
  #isOver = false;

  constructor(@Inject(LiveThreads) threads: LiveThreads) {
    this.#threads = threads;
  }

  onModuleDestroy(): void {
    this.#isOver = true;
    for (const { timer } of this.#byPost.values()) clearTimeout(timer?.handle);
    this.#byPost.clear();
  }

  joined(socket: LiveSocket, postId: string): void {
    this.#of(postId).newcomers.add(socket);
    this.#tell(postId);
  }

  left(socket: LiveSocket, postId: string): void {
    const presence = this.#byPost.get(postId);
    if (presence === undefined) return;
    presence.newcomers.delete(socket);
    const { memberId } = socket.data;
    if (memberId !== null && !this.#reads(memberId, postId)) presence.typing.delete(memberId);
    this.#tell(postId);
  }

  types(postId: string, { memberId, displayName }: Pick<Principal, 'memberId' | 'displayName'>): void {
    if (this.#threads.socketsOf(postId).size === 0) return;
    this.#of(postId).typing.set(memberId, { name: displayName, until: Date.now() + TYPING_MS });
    this.#tell(postId);
  }

  /** What the member was writing is there. */
  posted(postId: string, memberId: string): void {
    if (this.#byPost.get(postId)?.typing.delete(memberId) === true) this.#tell(postId);
  }

  #reads(memberId: string, postId: string): boolean {
    return [...this.#threads.socketsOf(postId)].some(({ data }) => data.memberId === memberId);
  }

  #of(postId: string): ThreadPresence {
    const known = this.#byPost.get(postId);
    if (known !== undefined) return known;
    const presence = { typing: new Map(), newcomers: new Set<LiveSocket>(), said: '', saidAt: 0, timer: null };
    this.#byPost.set(postId, presence);
    return presence;
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
    const sockets = this.#threads.socketsOf(postId);
    if (sockets.size === 0) {
      this.#byPost.delete(postId);
      return;
    }
    const now = this.#now(postId, presence, sockets);
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

  #now(postId: string, { typing }: ThreadPresence, sockets: ReadonlySet<LiveSocket>): Presence {
    for (const [memberId, { until }] of typing) if (until <= Date.now()) typing.delete(memberId);
    const readers = new Set([...sockets].map(({ id, data }) => data.memberId ?? id));
    return { postId, readers: readers.size, typing: [...typing.values()].map(({ name }) => name) };
  }
}
