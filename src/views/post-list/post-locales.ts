import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { isUuid } from '../../../libs/kernel/index.ts';
import { statement, VIEWS, type Views } from '../../../libs/projections/index.ts';
import { idBytes } from '../ids.ts';
import { postListChanges } from './post-list.query-types.ts';

/** Posts whose languages are remembered: those that were asked for last. */
const MOST_POSTS = 1_000;

const localeOf = statement<{ readonly locale: string }>('SELECT locale FROM post WHERE id = ?');

/** The languages of posts. Each comment asks for its post's, so they are remembered until the post changes. */
@Injectable()
export class PostLocales implements OnModuleDestroy {
  readonly #views: Views;
  readonly #known = new LRUCache<string, string>({ max: MOST_POSTS });
  readonly #stop: () => void;

  constructor(@Inject(VIEWS) views: Views) {
    this.#views = views;
    this.#stop = views.onProjected((projected) => {
      if (projected.some(({ renewed }) => renewed)) this.#known.clear();
      for (const { changedPostId } of postListChanges(projected)) this.#known.delete(changedPostId);
    });
  }

  onModuleDestroy(): void {
    this.#stop();
  }

  /** Null where there is no such post, which is asked for anew each time. */
  of(postId: string): string | null {
    const known = this.#known.get(postId);
    if (known !== undefined || !isUuid(postId)) return known ?? null;
    const locale = localeOf(this.#views.db('post-list')).get(idBytes(postId))?.locale;
    if (locale !== undefined) this.#known.set(postId, locale);
    return locale ?? null;
  }
}
