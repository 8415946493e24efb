import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Database } from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import type { ThreadActivity } from '../../../../libs/client/index.ts';
import { formatPosition } from '../../../../libs/kernel/index.ts';
import { reading, statement, VIEWS, type Views } from '../../../../libs/projections/index.ts';
import { postShown } from '../../shown.ts';
import { positionNow, UntilChanged } from '../../until-changed.ts';
import type { Viewer } from '../../viewer.ts';
import { isReadByAll, type PostRow, visiblePost } from '../thread.reads.ts';
import { countSteps } from '../thread-steps.ts';
import { activityOf, activityOfSteps } from './activity.ts';
import { KeptLives } from './kept-lives.ts';
import type { GetThreadActivity } from './past.query-types.ts';
import { type Looker, lookerOf } from './sight.ts';

type Told = Omit<ThreadActivity, 'position'>;

/** Activities that are kept: one of a long thread takes about 250 kB. */
const MOST_TOLD_BYTES = 8 * 1024 * 1024;
const MOMENT_BYTES = 250;
const ACTIVITY_BYTES = 10_000;

/** When what happened in each thread. */
@Injectable()
export class ThreadActivities implements OnModuleDestroy {
  readonly #views: Views;
  readonly #lives: KeptLives;
  /** Told with every look at a post: worked out once for each of its states, for readers and for those who see all. */
  readonly #told = new LRUCache<string, { readonly steps: number; readonly told: Told }>({
    maxSize: MOST_TOLD_BYTES,
    sizeCalculation: ({ told }) => bytesOf(told),
  });

  /** Those of posts that everybody may read, as readers see them, until something happens there. */
  readonly #standing: UntilChanged<ThreadActivity>;

  constructor(@Inject(VIEWS) views: Views, @Inject(KeptLives) lives: KeptLives) {
    this.#views = views;
    this.#lives = lives;
    this.#standing = new UntilChanged<ThreadActivity>(views, { mostBytes: MOST_TOLD_BYTES, bytesOf });
  }

  /** Forgets those that stand. */
  clear(): void {
    this.#standing.clear();
  }

  onModuleDestroy(): void {
    this.#standing.close();
  }

  /** Throws DomainError `post_not_found`. */
  async of({ postId, viewer }: Pick<GetThreadActivity, 'postId' | 'viewer'>): Promise<ThreadActivity> {
    const looker = lookerOf(viewer);
    if (looker.sees === 'all') return this.#read(postId, viewer, looker);
    const standing = this.#standing.standing(postId);
    if (standing !== undefined)
      return { ...standing, position: formatPosition(positionNow(this.#views, BigInt(standing.position))) };
    if (!isReadByAll(this.#views.db('thread'), postId)) return this.#read(postId, viewer, looker);
    return this.#standing.make(postId, async () => {
      return { value: await this.#read(postId, null, lookerOf(null)), shows: [postShown(postId)] };
    });
  }

  async #read(postId: string, viewer: Viewer, looker: Looker): Promise<ThreadActivity> {
    const read = reading(this.#views.db('thread'), (db, position) => {
      const post = visiblePost(db, postId, viewer);
      const key = `${post.n} ${looker.sees === 'all'}`;
      const steps = countSteps(db, post.n);
      const known = this.#told.get(key);
      const told = known?.steps === steps ? known.told : this.#ofSteps(db, post, looker);
      if (told !== null) this.#told.set(key, { steps, told });
      return { position, told, key };
    });
    if (read.told !== null) return { position: formatPosition(read.position), ...read.told };
    const kept = await this.#lives.of(postId, viewer);
    const told = activityOf(kept, looker);
    this.#told.set(read.key, { steps: kept.life.count, told });
    return { position: formatPosition(kept.position), ...told };
  }

  /**
   * Null where it takes the comments to know what came when, since imported ones were written in between, and as long as a
   * long thread's steps were not all read.
   */
  #ofSteps(db: Database, post: PostRow, looker: Looker): Told | null {
    const steps = this.#lives.steps(db, post.n);
    if (steps === null || !steps.isInOrder) return null;
    return activityOfSteps(steps, looker.sees === 'all' ? NONE : hiddenIn(db, post));
  }
}

function bytesOf({ moments }: Told): number {
  return ACTIVITY_BYTES + MOMENT_BYTES * moments.length;
}

const NONE: ReadonlySet<bigint> = new Set();
const inShadow = statement<{ n: string }>('SELECT CAST(n AS TEXT) AS n FROM comment WHERE post = ? AND shadow > 0');

function hiddenIn(db: Database, { n, comments, shown }: PostRow): ReadonlySet<bigint> {
  return comments === shown
    ? NONE
    : new Set(
        inShadow(db)
          .all(n)
          .map((row) => BigInt(row.n)),
      );
}
