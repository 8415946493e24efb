import type { QueryBus } from '@nestjs/cqrs';
import type { Page, Post, PostDraftSummary, PostDraftText } from '../../libs/client/index.ts';
import { DomainError, deriveId, type Position, parsePosition } from '../../libs/kernel/index.ts';
import { MOST_POST_DRAFTS } from '../../libs/words/index.ts';
import type { Asking } from '../access/asking.ts';
import { commandMeta, type Principal, viewerOf } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import type { StreamErasing } from '../commands/erase-streams.ts';
import type { TakingPart } from '../commands/taking-part.ts';
import { DropPostDraft, KeepPostDraft } from '../domain/post-draft/post-draft.commands.ts';
import { normalized } from '../domain/text.ts';
import { GetPost } from '../views/post-list/post-list.query-types.ts';
import {
  CountPostDrafts,
  GetPostDraft,
  GetPostDraftKeys,
  JoinTexts,
  type KeptPostDraft,
  ListPostDrafts,
} from '../views/shelf/post-drafts.query-types.ts';
import type { ForumWrites } from './forum-writes.ts';
import { unlessGone } from './unless-gone.ts';

export interface PostDraftingParts {
  readonly writes: Pick<ForumWrites, 'send'>;
  readonly limits: RateLimits;
  readonly takingPart: Pick<TakingPart, 'require'>;
  readonly queries: Pick<QueryBus, 'execute'>;
  readonly streams: Pick<StreamErasing, 'erase'>;
}

/** What a writer sends of a post; `over` is the position of the text that it goes on from, '' or null for none. */
export interface SentPost extends PostDraftText {
  readonly over?: string | null;
}

/** What of a post readers see, by which a draft is known to be published. */
export interface PublishedText {
  readonly title: string;
  readonly body: string;
  readonly excerpt: string | null;
  readonly tags: readonly string[];
}

/** What editors write before readers see it: one text of a post, which all of them share. Everything throws DomainError. */
export class PostDrafting {
  readonly #parts: PostDraftingParts;

  constructor(parts: PostDraftingParts) {
    this.#parts = parts;
  }

  list(page: { readonly limit: number; readonly cursor: string | null }): Promise<Page<PostDraftSummary>> {
    return this.#parts.queries.execute(new ListPostDrafts(page));
  }

  /** Null where nothing of the post is unpublished. */
  of(postId: string): Promise<KeptPostDraft | null> {
    return this.#parts.queries.execute(new GetPostDraft(postId));
  }

  /** Throws DomainError post_not_found. */
  async get(postId: string): Promise<KeptPostDraft> {
    const draft = await this.of(postId);
    if (draft === null) throw new DomainError('post_not_found', 'There is no such draft.');
    return draft;
  }

  /**
   * Throws DomainError stale_revision where somebody kept a text that this writer has not seen, and conflict where there are
   * too many.
   */
  async keep(
    postId: string,
    { over: seen, ...text }: SentPost,
    by: Principal,
    asking: Asking,
  ): Promise<{ readonly draft: KeptPostDraft; readonly position: Position }> {
    const { queries, writes } = this.#parts;
    await this.#mayWrite(by);
    const published = await this.#published(postId, by);
    const standing = await this.of(postId);
    const { dropped, own } = await queries.execute(new CountPostDrafts(postId, by.memberId));
    if (standing === null && own >= MOST_POST_DRAFTS) {
      const message = `There are ${MOST_POST_DRAFTS} drafts of yours; publish or throw away one of them first.`;
      throw new DomainError('conflict', message);
    }
    const { title = '', slug = '', body = '', excerpt = '', tags = [], locale = by.locale, kind = 'article' } = text;
    const content = { title, slug, body, excerpt, tags, locale, kind, appearAt: text.appearAt ?? '' };
    // What was on its way when the same text was published would stand as unpublished for ever.
    const isWhole = slug === '' || slug === published?.slug ? locale === published?.locale : false;
    if (standing === null && published !== null && isWhole && isPublished(content, published))
      throw new DomainError('conflict', 'This text is published, so it is no draft.');
    const draftId = standing?.draftId ?? deriveId(postId, 'draft', String(dropped));
    const over = parsePosition(seen ?? '') ?? null;
    const meta = commandMeta(by, asking.commandId, asking.correlationId);
    const wish = { postId, draftId, memberId: standing?.memberId ?? by.memberId, content, over };
    const { position } = await writes.send(new KeepPostDraft(wish, meta));
    return { draft: await this.get(postId), position };
  }

  /** Its text is gone for good then; where there is none, nothing happens. Throws DomainError stale_revision for a newer text than that at `over`. */
  async drop(postId: string, over: string, by: Principal, asking: Asking): Promise<Position> {
    await this.#mayWrite(by);
    const standing = await this.of(postId);
    return standing === null ? 0n : this.#drop(standing, parsePosition(over) ?? 0n, by, asking);
  }

  /** One text with every line of both, which is kept nowhere yet. */
  async join(texts: JoinTexts['texts'], by: Principal): Promise<string> {
    await this.#mayWrite(by);
    return this.#parts.queries.execute(new JoinTexts(texts));
  }

  /** Drops what was published; a text that somebody kept meanwhile stays. */
  async dropPublished(postId: string, published: PublishedText, by: Principal, asking: Asking): Promise<void> {
    const standing = await this.of(postId);
    if (standing === null || !isPublished(standing, published)) return;
    try {
      await this.#drop(standing, BigInt(standing.position), by, asking);
    } catch (refusal) {
      if (!(refusal instanceof DomainError && refusal.code === 'stale_revision')) throw refusal;
    }
  }

  /** Editors are members: their sanctions apply to what they write for each other as to posts. */
  async #mayWrite({ memberId }: Principal): Promise<void> {
    await this.#parts.limits.take('post-draft', memberId);
    await this.#parts.takingPart.require(memberId);
  }

  /** A crash between the two leaves a key, which the next drop of what the same member began destroys. */
  async #drop(standing: KeptPostDraft, over: Position, by: Principal, asking: Asking): Promise<Position> {
    const { postId, draftId, memberId } = standing;
    const meta = commandMeta(by, deriveId(asking.commandId, 'drop', draftId), asking.correlationId);
    const { position } = await this.#parts.writes.send(new DropPostDraft({ postId, draftId, memberId, over }, meta));
    const keys = await this.#parts.queries.execute(new GetPostDraftKeys(memberId));
    const left = keys.filter(({ stands }) => !stands).map((key) => `post-draft-${key.draftId}`);
    const step = commandMeta(by, deriveId(asking.commandId, 'drop keys'), asking.correlationId);
    if (left.length > 0) await this.#parts.streams.erase(left, step);
    return position;
  }

  /** Null before it is published. Throws DomainError post_not_found for the page of another site, which has no text here. */
  async #published(postId: string, by: Principal): Promise<Post | null> {
    const post = new GetPost(postId, viewerOf(by), new Date().toISOString());
    const there = await unlessGone(this.#parts.queries.execute(post));
    if (there?.kind === 'page') throw new DomainError('post_not_found', 'There is no such post.');
    return there;
  }
}

function isPublished(draft: PublishedText, { title, body, excerpt, tags }: PublishedText): boolean {
  const words = (...texts: readonly string[]): string => JSON.stringify(texts.map(normalized));
  return (
    words(draft.title, draft.body, draft.excerpt ?? '', ...draft.tags) === words(title, body, excerpt ?? '', ...tags)
  );
}
