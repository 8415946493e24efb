import type { Ruled } from '../../../libs/words/index.ts';

/** One of the author's earlier comments. */
export interface EarlierComment {
  /** RFC 3339, UTC, with milliseconds, so that texts sort as moments do. */
  readonly at: string;
  /** The core of its text (see `coreOf`); null when it was erased. */
  readonly core: string | null;
  /** The outcome; null while neither a moderator nor the policy has decided on it. */
  readonly ruled: Ruled | null;
}

/** The facts about the writer that the rules use. */
export interface JudgedAuthor {
  readonly registeredAt: string;
  /** Comments that readers can see. */
  readonly visibleComments: number;
  readonly isPremoderated: boolean;
  /** True also for a member who has no e-mail address. */
  readonly isConfirmed: boolean;
  /** Newest first, as far back as the rules look: `RECORD_LENGTH` at most. */
  readonly earlier: readonly EarlierComment[];
}

/** What readers see of a comment. */
export interface ReadersText {
  /** The rendered text without marks, in NFC, blocks on lines of their own. */
  readonly text: string;
  /** The same in the order of the screen, where signs of direction may make that another one; null where none stands. */
  readonly turned: string | null;
  /** The addresses of all links in the HTML, in order, as they stand there. */
  readonly links: readonly string[];
}

/** Tells what readers see of a text in Markdown; a text gives the same each time. */
export type SeenIn = (body: string) => ReadersText;

/** A comment before it is published, or a new text of one. An edit counts neither as flooding nor as a repetition. */
export interface JudgedText {
  readonly kind: 'post' | 'edit';
  readonly body: string;
  readonly seenIn: SeenIn;
  readonly now: string;
  readonly author: JudgedAuthor;
}

/** The most earlier comments that any rule looks at. */
export const RECORD_LENGTH = 50;
