import type { WrittenPostKind } from '../words/index.ts';
import type { PositionText, Timestamp, Uuid } from './formats.ts';
import type { MemberAuthor } from './shapes.ts';

/** A post as far as it is written; what is left out is empty. */
export interface PostDraftText {
  readonly title?: string;
  /** The name in addresses that is wished; empty to have one made of the title. */
  readonly slug?: string;
  /** Markdown. */
  readonly body?: string;
  readonly excerpt?: string;
  readonly tags?: readonly string[];
  /** The language of the text, the writer's own unless given. */
  readonly locale?: string;
  readonly kind?: WrittenPostKind;
  /** When it shall appear, by the clock of the site, such as `2026-05-31T14:00`; null for at once. */
  readonly appearAt?: string | null;
}

export interface PostDraftWish extends PostDraftText {
  /** The `position` of the text that the writer saw last; without it the text is kept only where there is none. */
  readonly over?: PositionText | null;
}

/** An unpublished text of a post, for all editors. */
export interface PostDraft extends Required<PostDraftText> {
  readonly postId: Uuid;
  /** Of the log; a later text has a later one. */
  readonly position: PositionText;
  readonly keptAt: Timestamp;
  /** Whoever began it, and whoever kept it last; null for somebody who is gone. */
  readonly author: MemberAuthor | null;
  readonly editor: MemberAuthor | null;
}

/** A link by which people without an account read a post before it is published, as it then is. */
export interface PreviewLink {
  readonly id: Uuid;
  readonly postId: Uuid;
  /** Whoever knows it may read the post. */
  readonly url: string;
  /** Whoever made it; null for somebody who is gone. */
  readonly by: MemberAuthor | null;
  readonly madeAt: Timestamp;
  readonly expiresAt: Timestamp;
}

/** What a newsletter is drafted from: all days from the first to the last, by the clock of the site; at most a year. */
export interface IssuePeriod {
  /** The first day, such as `2026-10-01`. */
  readonly from: string;
  /** The last day. */
  readonly to: string;
}

export type PostDraftSummary = Omit<PostDraft, 'slug' | 'body' | 'excerpt' | 'tags'>;
