import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { CommentPage } from '../../../libs/client/index.ts';
import { VIEWS, type Views } from '../../../libs/projections/index.ts';
import { authorsShown, postShown } from '../shown.ts';
import { positionNow, UntilChanged } from '../until-changed.ts';
import type { EncodedPage } from './thread.query-types.ts';
import { type PageQuery, ThreadPages } from './thread-pages.ts';

const MOST_BYTES = 64 * 1024 * 1024;

/** A page's JSON in two parts around its position, which moves on while the thread stays the same. */
interface Kept {
  /** The part after the position. */
  readonly rest: Buffer;
  readonly readAt: bigint;
  newest: EncodedPage;
}

/**
 * Pages as bytes, encoded once for all readers without special rights, until their thread or one of its authors
 * changes.
 */
@Injectable()
export class EncodedThreads implements OnModuleDestroy {
  readonly #views: Views;
  readonly #pages: ThreadPages;
  readonly #kept: UntilChanged<Kept>;

  constructor(@Inject(VIEWS) views: Views, @Inject(ThreadPages) pages: ThreadPages) {
    this.#views = views;
    this.#pages = pages;
    this.#kept = new UntilChanged(views, {
      mostBytes: MOST_BYTES,
      bytesOf: ({ rest, newest }) => rest.length + newest.json.length,
    });
  }

  /** Throws DomainError `post_not_found`, `invalid` (cursor). */
  async page(query: PageQuery): Promise<EncodedPage> {
    if (!this.#pages.isPlainReader(query.postId, query.viewer)) {
      const page = await this.#pages.page(query);
      return { ...encode(page).newest, items: page.items };
    }
    const { postId, options } = query;
    const key = `${postId} ${options.sort} ${options.limit} ${options.only ?? ''} ${options.cursor ?? ''}`;
    const kept = this.#kept.standing(key);
    if (kept) return this.#atPosition(kept);
    const made = await this.#kept.make(key, async () => {
      const page = await this.#pages.page({ postId, options, viewer: null });
      return { value: encode(page), shows: [postShown(postId), ...authorsShown(page.items)] };
    });
    return made.newest;
  }

  /** As UntilChanged has it. */
  get state(): { readonly made: number; readonly bytes: number } {
    return this.#kept.state;
  }

  onModuleDestroy(): void {
    this.#kept.close();
  }

  #atPosition(kept: Kept): EncodedPage {
    const position = positionNow(this.#views, kept.readAt);
    if (kept.newest.position !== position) kept.newest = { json: join(position, kept.rest), position };
    return kept.newest;
  }
}

const POSITION = '{"position":"';

function encode(page: CommentPage): Kept {
  const { position, ...others } = page;
  const rest = Buffer.from(`",${JSON.stringify(others).slice(1)}`);
  const readAt = BigInt(position);
  return { rest, readAt, newest: { json: join(readAt, rest), position: readAt } };
}

function join(position: bigint, rest: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${POSITION}${position}`), rest]);
}
