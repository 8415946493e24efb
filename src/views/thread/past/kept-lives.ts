import { Inject, Injectable } from '@nestjs/common';
import type { Database } from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import { Slices } from '../../../../libs/kernel/index.ts';
import { reading, VIEWS, type Views } from '../../../../libs/projections/index.ts';
import type { Viewer } from '../../viewer.ts';
import { visiblePost } from '../thread.reads.ts';
import { countSteps } from '../thread-steps.ts';
import { GrowingLife, type LivedThread } from './growing-life.ts';
import type { ThreadLife } from './life.ts';
import type { Moment } from './past.query-types.ts';
import { foldingTo, type ThreadState } from './state.ts';
import type { StepColumns } from './step-columns.ts';

/** Of all lives that are kept together: a thread of 100,000 comments that nobody has reacted to takes about 20 MB. */
const MOST_BYTES = 48 * 1024 * 1024;

/** An entry of its own for each size that a life had, since that is asked once. */
interface Kept {
  readonly growing: GrowingLife;
}

export interface KeptLife extends LivedThread {
  /** All that the log has of the thread up to here is in it, and nothing after. */
  readonly position: bigint;
}

interface Look {
  readonly post: number;
  /** Steps of its life. */
  readonly count: number;
  readonly position: bigint;
}

/**
 * Threads' lives, unpacked once, which grow by what is added. However much that is, others are heard while it is read; and
 * however many ask, one is read at a time of each thread. Those that nobody looked at lately go when there is no more room.
 */
@Injectable()
export class KeptLives {
  readonly #views: Views;
  readonly #slices = new Slices();
  readonly #underWay = new Map<number, Promise<LivedThread>>();
  #kept = keptLives();
  /** The file that they were read from: another one is another view. */
  #db: Database | null = null;

  constructor(@Inject(VIEWS) views: Views) {
    this.#views = views;
  }

  /** How many threads are kept, and in how many bytes. */
  get state(): { readonly threads: number; readonly bytes: number } {
    return { threads: this.#kept.size, bytes: this.#kept.calculatedSize };
  }

  /** With all that has happened in the thread until now, at least. Throws DomainError `post_not_found`. */
  async of(postId: string, viewer: Viewer): Promise<KeptLife> {
    const look = this.#look(postId, viewer);
    const { post, count, position } = look;
    let found = this.#keptOf(this.#views.db('thread')).get(post)?.growing.lived ?? null;
    while (found === null || found.life.count < count) {
      found = await (this.#underWay.get(post) ?? this.#begin(look));
    }
    return { ...found, position: found.life.count === count ? position : found.now.position };
  }

  /** How the thread stood at a moment of its life. */
  at(life: ThreadLife, moment: Moment): Promise<ThreadState> {
    return this.#slices.drain(foldingTo(life, moment));
  }

  /** A thread's steps as they are in the transaction in which this is called; null as long as they are too many to be read at one stretch. */
  steps(db: Database, post: number): StepColumns | null {
    const kept = this.#keptOf(db);
    const { growing } = kept.get(post) ?? { growing: new GrowingLife() };
    growing.steps.readOn(db, post);
    kept.set(post, { growing });
    return growing.steps.count === countSteps(db, post) ? growing.steps : null;
  }

  #look(postId: string, viewer: Viewer): Look {
    return reading(this.#views.db('thread'), (db, position) => {
      const post = visiblePost(db, postId, viewer).n;
      return { post, position, count: countSteps(db, post) };
    });
  }

  #keptOf(db: Database): LRUCache<number, Kept> {
    if (db !== this.#db) this.#kept = keptLives();
    this.#db = db;
    return this.#kept;
  }

  #begin(look: Look): Promise<LivedThread> {
    const growing = this.#grow(look).finally(() => this.#underWay.delete(look.post));
    this.#underWay.set(look.post, growing);
    return growing;
  }

  async #grow({ post, count }: Look): Promise<LivedThread> {
    for (;;) {
      const db = this.#views.db('thread');
      const kept = this.#keptOf(db);
      const { growing } = kept.get(post) ?? { growing: new GrowingLife() };
      try {
        const lived = await this.#slices.drain(growing.growing(db, post, count));
        kept.set(post, { growing });
        return lived;
      } catch (error) {
        kept.delete(post);
        // Another file has taken the place of the one that was read.
        if (db.open) throw error;
      }
    }
  }
}

function keptLives(): LRUCache<number, Kept> {
  return new LRUCache({ maxSize: MOST_BYTES, sizeCalculation: ({ growing }) => growing.bytes });
}
