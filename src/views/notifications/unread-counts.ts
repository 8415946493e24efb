import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { growingTo } from '../../../libs/kernel/index.ts';
import { type Projected, statement, VIEWS, type Views } from '../../../libs/projections/index.ts';
import { idBytes } from '../ids.ts';
import { postListChanges } from '../post-list/post-list.query-types.ts';
import { shelfChanges } from '../shelf/shelf.query-types.ts';
import { notificationsChanges } from './notifications.query-types.ts';

/** The members whose counts are kept. */
const MOST_MEMBERS = 10_000;
/** The newest changes that kept counts are held against; a count from before them is counted anew. */
const MOST_CHANGES = 128;
/** A post whose time comes tells nobody. */
const LONGEST_MS = 60_000;

interface Kept {
  readonly count: number;
  /** The number of changes before it was counted. */
  at: number;
}

const isFollowing = statement<{ follows: number }>('SELECT follows FROM follow WHERE member = ? AND post = ?');

/**
 * What members have not read, counted once and again after each change that may concern them: every page of a member
 * tells it. A change is kept by its member or its discussion and held against a count when that is asked for, so that a
 * comment costs nothing for each member.
 */
@Injectable()
export class UnreadCounts implements OnModuleDestroy {
  readonly #views: Views;
  readonly #kept = new LRUCache<string, Kept>({ ...growingTo(MOST_MEMBERS), ttl: LONGEST_MS });
  /** The number of the newest change of a member or a discussion, the oldest first. */
  readonly #changed = new Map<string, number>();
  readonly #stop: () => void;
  #changes = 0;
  /** Counts of before this number of changes do not hold. */
  #from = 0;

  constructor(@Inject(VIEWS) views: Views) {
    this.#views = views;
    this.#stop = views.onProjected((projected) => this.#hear(projected));
  }

  onModuleDestroy(): void {
    this.#stop();
  }

  /** Rejects like `count`. What changes while it counts is not taken for counted. */
  async of(memberId: string, count: () => Promise<number>): Promise<number> {
    const kept = this.#kept.get(memberId);
    const at = this.#changes;
    if (kept !== undefined && this.#holds(kept, memberId)) {
      kept.at = at;
      return kept.count;
    }
    const counted = await count();
    this.#kept.set(memberId, { count: counted, at });
    return counted;
  }

  #holds({ at }: Kept, memberId: string): boolean {
    if (at < this.#from) return false;
    for (const [id, change] of this.#changed) {
      if (change > at && (id === memberId || this.#follows(memberId, id))) return false;
    }
    return true;
  }

  #follows(memberId: string, postId: string): boolean {
    const row = isFollowing(this.#views.db('notifications')).get(idBytes(memberId), idBytes(postId));
    return row?.follows === 1;
  }

  #hear(projected: readonly Projected[]): void {
    const told = notificationsChanges(projected);
    const isRenewed = projected.some(({ renewed }) => renewed);
    if (isRenewed || told.some(({ anybody }) => anybody) || postListChanges(projected).length > 0) {
      this.#from = this.#changes += 1;
      this.#changed.clear();
    }
    for (const { members, postId } of told) {
      for (const memberId of members) this.#note(memberId);
      if (postId !== null) this.#note(postId);
    }
    for (const { readerId } of shelfChanges(projected)) this.#note(readerId);
  }

  #note(id: string): void {
    this.#changed.delete(id);
    this.#changed.set(id, (this.#changes += 1));
    const [oldest] = this.#changed;
    if (this.#changed.size <= MOST_CHANGES || oldest === undefined) return;
    this.#changed.delete(oldest[0]);
    this.#from = oldest[1];
  }
}
