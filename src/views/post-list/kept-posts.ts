import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Post } from '../../../libs/client/index.ts';
import { VIEWS, type Views } from '../../../libs/projections/index.ts';
import { authorsShown, postShown } from '../shown.ts';
import { UntilChanged } from '../until-changed.ts';
import type { PostListRow } from './post-list.reads.ts';
import { PostPresenter } from './post-presenter.ts';
import { postStatusOf } from './present-post.ts';

/** As `bytesOf` counts them. */
const MOST_BYTES = 8 * 1024 * 1024;
/** The memory of a post beside its texts. */
const POST_BYTES = 1_000;

/** Posts that everybody may read, by the id or slug that they were asked by, until something of them changes. */
@Injectable()
export class KeptPosts implements OnModuleDestroy {
  readonly #presenter: PostPresenter;
  readonly #kept: UntilChanged<Post>;

  constructor(@Inject(VIEWS) views: Pick<Views, 'onProjected'>, @Inject(PostPresenter) presenter: PostPresenter) {
    this.#presenter = presenter;
    this.#kept = new UntilChanged(views, { mostBytes: MOST_BYTES, bytesOf });
  }

  /** Undefined for one that is not kept, which need not say that there is none. */
  standing(idOrSlug: string): Post | undefined {
    return this.#kept.standing(idOrSlug);
  }

  /** The post of a row that was read just now. It is kept once it is published, since then no time changes it. */
  of(idOrSlug: string, row: PostListRow, now: number): Promise<Post> {
    if (postStatusOf(row, now) !== 'published') return this.#presenter.post(row, now);
    return this.#kept.make(idOrSlug, async () => {
      const value = await this.#presenter.post(row, now);
      return { value, shows: [postShown(value.id), ...authorsShown([value])] };
    });
  }

  /** As UntilChanged has it. */
  get state(): { readonly made: number; readonly bytes: number } {
    return this.#kept.state;
  }

  /** Forgets all of them. */
  clear(): void {
    this.#kept.clear();
  }

  onModuleDestroy(): void {
    this.#kept.close();
  }
}

function bytesOf({ body, bodyHtml, excerptHtml }: Post): number {
  return POST_BYTES + 2 * (body.length + bodyHtml.length + excerptHtml.length);
}
