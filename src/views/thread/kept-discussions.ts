import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { formatPosition } from '../../../libs/kernel/index.ts';
import { VIEWS, type Views } from '../../../libs/projections/index.ts';
import { authorsShown, postShown } from '../shown.ts';
import { positionNow, UntilChanged } from '../until-changed.ts';
import type { GetDiscussion, ReadersPage } from './thread.query-types.ts';
import { ThreadPages } from './thread-pages.ts';

/** As `bytesOf` counts them. */
const MOST_BYTES = 24 * 1024 * 1024;
/** The memory of a comment beside its text. */
const COMMENT_BYTES = 1_000;

/** Pages of discussions, read once for all plain readers, until their thread or one of its authors changes. */
@Injectable()
export class KeptDiscussions implements OnModuleDestroy {
  readonly #views: Views;
  readonly #pages: ThreadPages;
  readonly #kept: UntilChanged<ReadersPage>;

  constructor(@Inject(VIEWS) views: Views, @Inject(ThreadPages) pages: ThreadPages) {
    this.#views = views;
    this.#pages = pages;
    this.#kept = new UntilChanged(views, { mostBytes: MOST_BYTES, bytesOf });
  }

  /** Throws DomainError `post_not_found`, `invalid` (cursor). */
  async page({ postId, options, viewer }: Pick<GetDiscussion, 'postId' | 'options' | 'viewer'>): Promise<ReadersPage> {
    if (!this.#pages.isPlainReader(postId, viewer)) return this.#pages.discussion({ postId, options, viewer });
    const { sort, limit, most, answers, cursor, only = '' } = options;
    const key = [postId, sort, limit, most, answers, only, cursor ?? ''].join(' ');
    const kept = this.#kept.standing(key);
    if (kept !== undefined) return this.#asOfNow(kept);
    return this.#kept.make(key, async () => {
      const value = await this.#pages.discussion({ postId, options, viewer: null });
      return { value, shows: [postShown(postId), ...authorsShown(value.items)] };
    });
  }

  /** Forgets all of them. */
  clear(): void {
    this.#kept.clear();
  }

  /** As UntilChanged has it. */
  get state(): { readonly made: number; readonly bytes: number } {
    return this.#kept.state;
  }

  onModuleDestroy(): void {
    this.#kept.close();
  }

  #asOfNow(page: ReadersPage): ReadersPage {
    const position = formatPosition(positionNow(this.#views, BigInt(page.position)));
    return position === page.position ? page : { ...page, position };
  }
}

function bytesOf({ items }: ReadersPage): number {
  const lengths = items.map(({ body, bodyHtml }) => (body?.length ?? 0) + (bodyHtml?.length ?? 0) + COMMENT_BYTES);
  return 2 * lengths.reduce((sum, length) => sum + length, 0);
}
