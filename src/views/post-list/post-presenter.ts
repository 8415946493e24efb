import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Author, Post, PostSummary } from '../../../libs/client/index.ts';
import { Slices } from '../../../libs/kernel/index.ts';
import { postExcerptOf, renderExcerpt, renderPostAside } from '../../../libs/markdown/index.ts';
import { VIEWS, type Views } from '../../../libs/projections/index.ts';
import { idText } from '../ids.ts';
import { MemberDirectory } from '../members/door/member-directory.ts';
import { commentsUnder, standingOutIn } from '../thread/door/counts.ts';
import type { PostListRow } from './post-list.reads.ts';
import { type PostParts, presentPost, presentSummary } from './present-post.ts';

/** Characters of rendered text in memory: about 32 MiB. */
const MOST_CHARACTERS = 16 * 1024 * 1024;

/** Posts with their author, rendered text and number of comments. */
@Injectable()
export class PostPresenter implements OnModuleDestroy {
  readonly #views: Views;
  readonly #members: MemberDirectory;
  readonly #slices = new Slices();
  readonly #stop: () => void;
  /** Begun anew with another file of the view, so that a text of the one before is not kept however late it is rendered. */
  #kept = newKept();

  constructor(@Inject(VIEWS) views: Views, @Inject(MemberDirectory) members: MemberDirectory) {
    this.#views = views;
    this.#members = members;
    this.#stop = views.onProjected((projected) => {
      if (projected.some(({ view, renewed }) => renewed && view === 'post-list')) this.#kept = newKept();
    });
  }

  onModuleDestroy(): void {
    this.#stop();
  }

  /** In the order of the rows. */
  summaries(rows: readonly PostListRow[], now: number): Promise<readonly PostSummary[]> {
    return Promise.all(rows.map(async (row) => presentSummary(row, await this.#parts(row, now))));
  }

  async post(row: PostListRow, now: number): Promise<Post> {
    const bodyHtml = await this.#html(row, 'body', () => renderPostAside(row.body));
    const standingOut = standingOutIn(this.#views, row.id);
    return presentPost(row, { ...(await this.#parts(row, now)), bodyHtml, standingOut });
  }

  async #parts(row: PostListRow, now: number): Promise<PostParts> {
    const excerptHtml = await this.#html(row, 'excerpt', () =>
      this.#slices.run(() => (row.excerpt === null ? postExcerptOf(row.body) : renderExcerpt(row.excerpt))),
    );
    const commentCount = commentsUnder(this.#views, row.id);
    return { author: await this.#author(row), excerptHtml, commentCount, now };
  }

  async #author({ author, byline }: PostListRow): Promise<Author | null> {
    if (author) return this.#members.author(idText(author));
    return byline === null ? null : { id: null, displayName: byline, imported: true };
  }

  async #html(row: PostListRow, part: 'body' | 'excerpt', render: () => Promise<string>): Promise<string> {
    const key = `${idText(row.id)} ${row.revision} ${part}`;
    const { rendered, underWay } = this.#kept;
    const known = rendered.get(key) ?? underWay.get(key);
    if (known !== undefined) return known;
    const rendering = render().finally(() => underWay.delete(key));
    underWay.set(key, rendering);
    const html = await rendering;
    rendered.set(key, html);
    return html;
  }
}

function newKept() {
  return {
    rendered: new LRUCache<string, string>({
      maxSize: MOST_CHARACTERS,
      sizeCalculation: (html) => html.length + 200,
    }),
    /** The texts being rendered now; calls made meanwhile wait for the same one. */
    underWay: new Map<string, Promise<string>>(),
  };
}
