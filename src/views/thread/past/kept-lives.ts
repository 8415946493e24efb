import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Slices } from '../../../../libs/kernel/index.ts';
import { reading, VIEWS, type Views } from '../../../../libs/projections/index.ts';
import type { Viewer } from '../../viewer.ts';
import { visiblePost } from '../thread.reads.ts';
import { countSteps } from '../thread-steps.ts';
import { readingLife, type ThreadLife } from './life.ts';
import type { Moment } from './past.query-types.ts';
import { foldingTo, type ThreadState } from './state.ts';

/** Steps and comments that are kept together, about 60 bytes each: 30 MiB. */
const MOST_KEPT = 500_000;

export interface KeptLife {
  readonly life: ThreadLife;
  /** At its end. */
  readonly now: ThreadState;
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
 * Threads' lives, unpacked once and again when something has been added. However long a life is, others are heard while it is
 * read; and however many ask, one is read at a time of each thread.
 */
@Injectable()
export class KeptLives {
  readonly #views: Views;
  readonly #slices = new Slices();
  readonly #underWay = new Map<number, Promise<KeptLife>>();
  readonly #kept = new LRUCache<number, KeptLife>({
    maxSize: MOST_KEPT,
    sizeCalculation: ({ life }) => 1 + life.count + 4 * life.comments.length,
  });

  constructor(@Inject(VIEWS) views: Views) {
    this.#views = views;
  }

  /** With all that has happened in the thread until now, at least. Throws DomainError `post_not_found`. */
  async of(postId: string, viewer: Viewer): Promise<KeptLife> {
    const look = this.#look(postId, viewer);
    const { post, count, position } = look;
    let found = this.#kept.get(post);
    while (found === undefined || found.life.count < count) {
      const underWay = this.#underWay.get(post);
      found = await (underWay ?? this.#begin(look));
    }
    return found.life.count === count ? { ...found, position } : found;
  }

  /** How the thread stood at a moment of its life. */
  at(life: ThreadLife, moment: Moment): Promise<ThreadState> {
    return this.#slices.drain(foldingTo(life, moment));
  }

  #look(postId: string, viewer: Viewer): Look {
    return reading(this.#views.db('thread'), (db, position) => {
      const post = visiblePost(db, postId, viewer).n;
      return { post, position, count: countSteps(db, post) };
    });
  }

  #begin(look: Look): Promise<KeptLife> {
    const reading = this.#read(look).finally(() => this.#underWay.delete(look.post));
    this.#underWay.set(look.post, reading);
    return reading;
  }

  async #read({ post, count, position }: Look): Promise<KeptLife> {
    const life = await this.#readLife(post, count);
    const read = { life, now: await this.#slices.drain(foldingTo(life, null)), position };
    this.#kept.set(post, read);
    return read;
  }

  async #readLife(post: number, count: number): Promise<ThreadLife> {
    for (;;) {
      const db = this.#views.db('thread');
      try {
        return await this.#slices.drain(readingLife(db, post, count));
      } catch (error) {
        // Another file has taken the place of the one that was read.
        if (db.open) throw error;
      }
    }
  }
}
