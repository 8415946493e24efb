import { Injectable } from '@nestjs/common';
import type { Database } from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import { lifeMark, readLife, type ThreadLife } from './thread-life.ts';
import { stateAt, type ThreadState } from './thread-state.ts';

/** Steps and comments that are kept together, about 60 bytes each: 30 MiB. */
const MOST_KEPT = 500_000;

export interface KeptLife {
  readonly life: ThreadLife;
  /** At its end. */
  readonly now: ThreadState;
}

/** Threads' lives, unpacked once and again when something has been added. */
@Injectable()
export class KeptLives {
  readonly #kept = new LRUCache<number, KeptLife & { readonly mark: string }>({
    maxSize: MOST_KEPT,
    sizeCalculation: ({ life }) => 1 + life.count + 4 * life.comments.length,
  });

  /** In the transaction in which the rest of the thread is read. */
  of(db: Database, post: number): KeptLife {
    const mark = lifeMark(db, post);
    const kept = this.#kept.get(post);
    if (kept?.mark === mark) return kept;
    const life = readLife(db, post);
    const read = { life, now: stateAt(life, null), mark };
    this.#kept.set(post, read);
    return read;
  }
}
