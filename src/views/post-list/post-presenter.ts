import { Inject, Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Author, Post, PostSummary } from '../../../libs/client/index.ts';
import { excerptOf, renderPost } from '../../../libs/markdown/index.ts';
import { VIEWS, type Views } from '../../../libs/projections/index.ts';
import { idText } from '../ids.ts';
import { MemberDirectory } from '../members/member-directory.ts';
import { visibleComments } from '../thread/thread.reads.ts';
import type { PostRow } from './post-list.reads.ts';
import { type PostParts, presentPost, presentSummary } from './present-post.ts';

/** Characters of rendered text that are kept: about 32 MiB. */
const MOST_CHARACTERS = 16 * 1024 * 1024;
/** Characters of a body that stand for an excerpt that nobody wrote. */
const EXCERPT_CHARACTERS = 400;

/** Posts with their author, rendered text and number of comments. */
@Injectable()
export class PostPresenter {
  readonly #views: Views;
  readonly #members: MemberDirectory;
  readonly #rendered = new LRUCache<string, string>({
    maxSize: MOST_CHARACTERS,
    sizeCalculation: (html) => html.length + 200,
  });

  constructor(@Inject(VIEWS) views: Views, @Inject(MemberDirectory) members: MemberDirectory) {
    this.#views = views;
    this.#members = members;
  }

  async summary(row: PostRow, now: number): Promise<PostSummary> {
    return presentSummary(row, await this.#parts(row, now));
  }

  async post(row: PostRow, now: number): Promise<Post> {
    const bodyHtml = this.#html(row, 'body', () => renderPost(row.body));
    return presentPost(row, { ...(await this.#parts(row, now)), bodyHtml });
  }

  async #parts(row: PostRow, now: number): Promise<PostParts> {
    const excerptHtml = this.#html(row, 'excerpt', () =>
      row.excerpt === null ? excerptOf(row.body, EXCERPT_CHARACTERS) : renderPost(row.excerpt),
    );
    const commentCount = visibleComments(this.#views.db('thread'), row.id);
    return { author: await this.#author(row), excerptHtml, commentCount, now };
  }

  async #author({ author, byline }: PostRow): Promise<Author | null> {
    if (author) return this.#members.author(idText(author));
    return byline === null ? null : { id: null, displayName: byline, imported: true };
  }

  #html(row: PostRow, part: 'body' | 'excerpt', render: () => string): string {
    const key = `${idText(row.id)} ${row.revision} ${part}`;
    const known = this.#rendered.get(key);
    if (known !== undefined) return known;
    const html = render();
    this.#rendered.set(key, html);
    return html;
  }
}
