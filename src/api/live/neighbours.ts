import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { NOTICES, type Notices } from '../../../libs/event-store/notices.ts';
import type { Json } from '../../../libs/kernel/index.ts';
import { type Claimed, claimedCases, type FollowedThread, followedThreads, nodeNotice } from './node-notice.ts';

/** The least time between two notices of a node, and the longest between two signs of life, in milliseconds. */
export const ANNOUNCE_EVERY_MS = 1_000;
export const ALIVE_EVERY_MS = 10_000;
/** A node that was silent for this long, by this node's own clock, is gone. */
export const SILENT_AFTER_MS = 30_000;
/** Milliseconds until the next try after an unexpected fault. */
const AGAIN_MS = 1_000;
/** Milliseconds in which an ending node tries to say so. */
const GOODBYE_MS = 1_000;

export interface Presences {
  /** The notices of this node. */
  readonly own: () => Iterable<FollowedThread>;
  /** Called when other nodes sent news of threads. */
  readonly heard: (postIds: ReadonlySet<string>) => void;
}

export interface ClaimsOfNode {
  /** The cases that moderators look at on this node. */
  readonly own: () => Iterable<Claimed>;
  /** Called when other nodes sent news of cases. */
  readonly heard: () => void;
}

interface Told {
  readonly threads: ReadonlyMap<string, FollowedThread>;
  readonly claims: ReadonlyMap<string, Claimed>;
}

interface Neighbour extends Told {
  readonly silence: NodeJS.Timeout;
}

/** The other nodes of the forum. They are told who reads, writes and moderates here, and tell who does so there. */
@Injectable()
export class Neighbours implements OnModuleDestroy {
  readonly #notices: Notices;
  readonly #log = new Logger(Neighbours.name);
  readonly #nodes = new Map<string, Neighbour>();
  readonly #ending = new AbortController();
  #presences: Presences = { own: () => [], heard: () => undefined };
  #claims: ClaimsOfNode = { own: () => [], heard: () => undefined };
  #isFollowing = false;
  #timer: { readonly at: number; readonly handle: NodeJS.Timeout } | undefined;
  #toldAt = Number.NEGATIVE_INFINITY;
  #telling: Promise<void> = Promise.resolve();
  /** True when there is nothing to take back. */
  #isQuiet = true;
  #isUnheard = false;
  #saidLeft = false;

  constructor(@Inject(NOTICES) notices: Notices) {
    this.#notices = notices;
  }

  /** From now on; called once. */
  join(presences: Presences): void {
    this.#presences = presences;
    this.#begin();
  }

  /** From now on; called once. */
  joinClaims(claims: ClaimsOfNode): void {
    this.#claims = claims;
    this.#begin();
  }

  /** The followers of the thread on other nodes; each node sends only its own. */
  followersOf(postId: string): readonly FollowedThread[] {
    return [...this.#nodes.values()].flatMap(({ threads }) => threads.get(postId) ?? []);
  }

  /** The claims of the other nodes; each node sends only its own. */
  claims(): readonly Claimed[] {
    return [...this.#nodes.values()].flatMap(({ claims }) => [...claims.values()]);
  }

  /** This node's state has changed. */
  changed(): void {
    this.#tellIn(this.#toldAt + ANNOUNCE_EVERY_MS - performance.now());
  }

  /** Tells the others that nobody is here any more. */
  async onModuleDestroy(): Promise<void> {
    this.#ending.abort();
    clearTimeout(this.#timer?.handle);
    for (const { silence } of this.#nodes.values()) clearTimeout(silence);
    this.#nodes.clear();
    const goodbye = this.#telling.then(async () => {
      if (!this.#isQuiet) await this.#notices.announce(nodeNotice({ threads: [], claims: [] }).notice);
    });
    await Promise.race([goodbye.catch(() => undefined), pause(GOODBYE_MS, undefined, { ref: false })]);
  }

  #tellIn(milliseconds: number): void {
    if (this.#ending.signal.aborted) return;
    const at = performance.now() + Math.max(0, milliseconds);
    if (this.#timer !== undefined && this.#timer.at <= at) return;
    clearTimeout(this.#timer?.handle);
    const handle = setTimeout(
      () => {
        this.#timer = undefined;
        this.#telling = this.#telling.then(() => this.#tell());
      },
      Math.max(0, milliseconds),
    );
    this.#timer = { at, handle };
  }

  /** Never rejects: a failed notice is made up for by the next one. */
  async #tell(): Promise<void> {
    if (this.#ending.signal.aborted) return;
    const own = { threads: [...this.#presences.own()], claims: [...this.#claims.own()] };
    const isQuiet = own.threads.length + own.claims.length === 0;
    this.#toldAt = performance.now();
    if (!isQuiet) this.#tellIn(ALIVE_EVERY_MS);
    if (isQuiet && this.#isQuiet) return;
    const { notice, left } = nodeNotice(own);
    if (left > 0 && !this.#saidLeft) this.#log.warn(`other nodes are not told of the readers of ${left} threads`);
    this.#saidLeft = left > 0;
    this.#isQuiet = false;
    try {
      await this.#notices.announce(notice);
      this.#isQuiet = isQuiet;
      this.#isUnheard = false;
    } catch (failure) {
      if (!this.#isUnheard) this.#log.warn(`other nodes cannot be told who reads here: ${failure}`);
      this.#isUnheard = true;
      this.#tellIn(ALIVE_EVERY_MS);
    }
  }

  #begin(): void {
    if (!this.#isFollowing) void this.#follow();
    this.#isFollowing = true;
  }

  async #follow(): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      try {
        for await (const { node, notice } of this.#notices.follow(signal)) this.#hear(node, notice);
        return;
      } catch (failure) {
        if (!signal.aborted) this.#log.error(`other nodes cannot be heard: ${failure}`);
      }
      await pause(AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  #hear(node: string, notice: Json): void {
    if (this.#ending.signal.aborted) return;
    const told = { threads: followedThreads(notice), claims: claimedCases(notice) };
    const before = this.#nodes.get(node);
    clearTimeout(before?.silence);
    const silence = setTimeout(() => this.#lose(node), SILENT_AFTER_MS);
    this.#nodes.set(node, { ...told, silence });
    this.#told(before ?? NOTHING, told);
  }

  #lose(node: string): void {
    const before = this.#nodes.get(node);
    this.#nodes.delete(node);
    this.#told(before ?? NOTHING, NOTHING);
  }

  #told(before: Told, now: Told): void {
    const threads = different(before.threads, now.threads);
    if (threads.size > 0) this.#presences.heard(threads);
    if (different(before.claims, now.claims).size > 0) this.#claims.heard();
  }
}

const NOTHING: Told = { threads: new Map(), claims: new Map() };

function different<What>(before: ReadonlyMap<string, What>, now: ReadonlyMap<string, What>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const key of new Set([...before.keys(), ...now.keys()])) {
    if (JSON.stringify(before.get(key)) !== JSON.stringify(now.get(key))) found.add(key);
  }
  return found;
}
