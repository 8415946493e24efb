import type { Ruled } from '../../../libs/words/index.ts';

/** One of the author's earlier comments. */
export interface EarlierComment {
  /** RFC 3339, UTC, with milliseconds, so that texts sort as moments do. */
  readonly at: string;
  /** What `coreOf` makes of its text; null when it was erased. */
  readonly core: string | null;
  /** What became of it; null while nobody, neither moderator nor policy, has decided on it. */
  readonly ruled: Ruled | null;
}

/** What the rules know of whoever writes. */
export interface JudgedAuthor {
  readonly registeredAt: string;
  /** Comments that readers can see. */
  readonly visibleComments: number;
  readonly isPremoderated: boolean;
  /** Newest first, as far back as the rules look: `RECORD_LENGTH` at most. */
  readonly earlier: readonly EarlierComment[];
}

/** A comment before it is published, or a new text of it: an edit neither floods nor repeats. */
export interface JudgedText {
  readonly kind: 'post' | 'edit';
  readonly body: string;
  readonly now: string;
  readonly author: JudgedAuthor;
}

/** So many earlier comments are all that any rule looks at. */
export const RECORD_LENGTH = 50;
