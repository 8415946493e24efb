import type { QueryBus } from '@nestjs/cqrs';
import { LRUCache } from 'lru-cache';
import type { MemberAuthor, PreviewLink } from '../../libs/client/index.ts';
import { DomainError, deriveId, isUuid, type Position } from '../../libs/kernel/index.ts';
import { MOST_PREVIEWS, PREVIEW_DAYS } from '../../libs/words/index.ts';
import type { Asking } from '../access/asking.ts';
import type { PreviewTokens } from '../access/preview-tokens.ts';
import { commandMeta, type Principal } from '../access/principal.ts';
import type { PublicAddress } from '../access/public-address.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import type { TakingPart } from '../commands/taking-part.ts';
import { EndPreview, SharePreview } from '../domain/preview/preview.commands.ts';
import { GetPost } from '../views/post-list/post-list.query-types.ts';
import { GetPreview, ListPreviews, type PreviewInForce } from '../views/previews/previews.query-types.ts';
import { GetPostDraft } from '../views/shelf/post-drafts.query-types.ts';
import { ANY_EDITOR } from './any-editor.ts';
import type { ForumWrites } from './forum-writes.ts';
import { unlessGone } from './unless-gone.ts';

export interface SharingPreviewsParts {
  readonly writes: Pick<ForumWrites, 'send'>;
  readonly limits: RateLimits;
  readonly takingPart: Pick<TakingPart, 'require'>;
  readonly queries: Pick<QueryBus, 'execute'>;
  readonly tokens: PreviewTokens;
  readonly address: Pick<PublicAddress, 'origin'>;
  /** A post's Markdown as safe HTML. */
  readonly htmlOf: (markdown: string) => Promise<string>;
}

/** What a preview link shows: the newest text, whether it is a draft or stands already. */
export interface PreviewedPost {
  readonly title: string;
  readonly bodyHtml: string;
  readonly tags: readonly string[];
  readonly locale: string;
  readonly author: Pick<MemberAuthor, 'displayName'> | null;
  /** When the link ends (RFC 3339). */
  readonly expiresAt: string;
}

/** The place of a published post. */
export interface PublishedPlace {
  readonly slug: string;
  readonly title: string;
}

const DAY_MS = 86_400_000;
/** The characters of drafts that are kept as HTML, since a link may be read by many at once. */
const MOST_CHARACTERS = 4_000_000;

/** How editors let people without an account read what is not published. Everything throws DomainError. */
export class SharingPreviews {
  readonly #parts: SharingPreviewsParts;
  readonly #rendered = new LRUCache<string, string>({
    maxSize: MOST_CHARACTERS,
    sizeCalculation: (html) => html.length + 100,
  });

  constructor(parts: SharingPreviewsParts) {
    this.#parts = parts;
  }

  /** The links of a post that count now, the newest first; none of one that is published and has no draft. */
  async list(postId: string): Promise<readonly PreviewLink[]> {
    if ((await this.#shown(postId)) === null) return [];
    return (await this.#inForce(postId)).map((preview) => this.#linkOf(preview));
  }

  /** Throws DomainError post_not_found where nothing is written, conflict for what is published and where there are too many. */
  async share(
    postId: string,
    days: number | undefined,
    by: Principal,
    asking: Asking,
  ): Promise<{ readonly link: PreviewLink; readonly position: Position }> {
    const { queries, writes } = this.#parts;
    await this.#mayShare(by);
    const shown = await this.#shown(postId);
    if (shown === null && (await this.publishedAt(postId)) !== null)
      throw new DomainError('conflict', 'This post is published, so everybody reads it.');
    if (shown === null) throw new DomainError('post_not_found', 'There is no such post.');
    const previewId = deriveId(by.memberId, 'preview', asking.commandId);
    const now = new Date();
    const known = await queries.execute(new GetPreview(previewId, now.toISOString()));
    if (known === null && (await this.#inForce(postId)).length >= MOST_PREVIEWS)
      throw new DomainError('conflict', `There are ${MOST_PREVIEWS} links to this post; end one of them first.`);
    const expiresAt = new Date(now.getTime() + (days ?? PREVIEW_DAYS) * DAY_MS).toISOString();
    const meta = commandMeta(by, asking.commandId, asking.correlationId);
    const wish = { previewId, postId, memberId: by.memberId, expiresAt };
    const { position } = await writes.send(new SharePreview(wish, { ...meta, now: now.toISOString() }));
    const made = await queries.execute(new GetPreview(previewId, now.toISOString()));
    if (made === null) throw new DomainError('not_found', 'There is no such link.');
    return { link: this.#linkOf(made.preview), position };
  }

  /** Every editor may end it. Throws DomainError not_found. */
  async end(previewId: string, by: Principal, asking: Asking): Promise<Position> {
    await this.#mayShare(by);
    const meta = commandMeta(by, asking.commandId, asking.correlationId);
    return (await this.#parts.writes.send(new EndPreview({ previewId }, meta))).position;
  }

  /** What the link shows now; null for one that ended, whose text is gone, and that the forum never made. */
  async read(token: string): Promise<PreviewedPost | null> {
    const found = await this.#find(token);
    if (found === null || found.isOver) return null;
    const shown = await this.#shown(found.preview.postId);
    return shown && { ...shown.post, bodyHtml: await this.#html(shown), expiresAt: found.preview.expiresAt };
  }

  /** Where the post of an ended link is published by now; null for all others. */
  async publishedBehind(token: string): Promise<PublishedPlace | null> {
    const found = await this.#find(token);
    return found && this.publishedAt(found.preview.postId);
  }

  /** Null for a post that readers do not see. */
  async publishedAt(postId: string): Promise<PublishedPlace | null> {
    const post = new GetPost(postId, null, new Date().toISOString());
    return unlessGone(this.#parts.queries.execute(post));
  }

  async #find(token: string) {
    const previewId = this.#parts.tokens.read(token);
    if (previewId === null) return null;
    return this.#parts.queries.execute(new GetPreview(previewId, new Date().toISOString()));
  }

  /** A draft goes before the post that it is to change; a post that readers see is no preview. */
  async #shown(postId: string) {
    const { queries } = this.#parts;
    const draft = isUuid(postId) ? await queries.execute(new GetPostDraft(postId)) : null;
    if (draft !== null) {
      const { title, body, tags, locale, author, position } = draft;
      return { key: `${postId} ${position}`, body, html: null, post: { title, tags, locale, author } };
    }
    const post = await unlessGone(queries.execute(new GetPost(postId, ANY_EDITOR, new Date().toISOString())));
    if (post === null || post.status === 'published' || post.kind === 'page') return null;
    const { title, body, bodyHtml, tags, locale, author, id, revision } = post;
    return { key: `${id} r${revision}`, body, html: bodyHtml, post: { title, tags, locale, author } };
  }

  async #html({ key, body, html }: { readonly key: string; readonly body: string; readonly html: string | null }) {
    if (html !== null) return html;
    const known = this.#rendered.get(key) ?? (await this.#parts.htmlOf(body));
    this.#rendered.set(key, known);
    return known;
  }

  #inForce(postId: string): Promise<readonly PreviewInForce[]> {
    return this.#parts.queries.execute(new ListPreviews(postId, new Date().toISOString()));
  }

  #linkOf({ previewId, postId, by, madeAt, expiresAt }: PreviewInForce): PreviewLink {
    const { tokens, address } = this.#parts;
    return {
      id: previewId,
      postId,
      url: `${address.origin}/preview/${tokens.write(previewId)}`,
      by,
      madeAt,
      expiresAt,
    };
  }

  /** Editors are members: their sanctions apply to what they show as to what they write. */
  async #mayShare({ memberId }: Principal): Promise<void> {
    await this.#parts.limits.take('post-draft', memberId);
    await this.#parts.takingPart.require(memberId);
  }
}
