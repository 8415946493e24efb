import type { CommentPosted } from '../../domain/comment/comment.events.ts';

/** A `KeptSeal` that is to be written. */
export type NewSeal = Uint8Array | bigint | null;

/** The place of a comment in its thread; each kind of tables adds what it needs to find it. */
export interface TreePlace {
  readonly n: bigint;
  readonly post: number;
  readonly author: number | null;
  /** Hidden comments among itself and those above. */
  readonly shadow: number;
}

export interface NewCommentRow
  extends Pick<CommentPosted['data'], 'commentId' | 'authorId' | 'depth'>,
    Pick<TreePlace, 'n' | 'post' | 'author'> {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly revision: bigint;
  readonly sealed: NewSeal;
  /** Null where the log has none. */
  readonly language: string | null;
}

/** The changes that an event makes to the comment's row. */
export interface RowMark {
  readonly revision: bigint;
  readonly position: bigint;
}

export interface Edit extends RowMark {
  readonly at: number;
  readonly sealed: NewSeal;
  readonly language: string | null;
}

/** A member's reaction, given or taken back; the kind is its place in REACTION_KINDS. */
export interface Reaction {
  readonly memberId: string;
  readonly kind: number;
  readonly given: boolean;
}

/** The number of comments that went into a shadow or came out of it, and the change in what readers see. */
export interface Shaded {
  readonly comments: number;
  readonly shown: number;
  readonly visible: number;
}

/**
 * The comments of all threads with their counts, as the fold needs them: in a live file, or in the memory of a build.
 * Both write the same rows.
 */
export interface ThreadTables<P extends TreePlace> {
  /** Throws when the comment was not posted; the log always has the posting first. */
  place(commentId: string): P;
  add(comment: NewCommentRow, parent: P | null): P;
  edit(place: P, edit: Edit): void;
  /** The status as a number of STATUS. */
  status(place: P): { readonly status: number; readonly hidden: boolean };
  setStatus(place: P, status: number, mark: RowMark): void;
  /** Gives a comment that no member wrote to one. */
  claim(commentId: string, by: { readonly author: number; readonly authorId: string }, mark: RowMark): void;
  setLanguage(place: P, language: string): void;
  /** Sets the revision after an event that readers do not see. */
  setRevision(place: P, revision: bigint): void;
  /** Hides the comment with all below it, or shows it again. */
  shade(place: P, hidden: boolean): Shaded;
  /** Whether no reader has seen the present text. */
  isUnseen(place: P): boolean;
  /** Sets this for a text that was written just now. */
  setUnseen(place: P, unseen: boolean): void;
  /** Marks the texts that are visible there and below, without a shadow, as seen by readers. */
  sight(place: P): void;
  isBy(place: P, memberId: string): boolean;
  setReaction(place: P, reaction: Reaction): void;
  countReaction(place: P, kind: number, by: { readonly count: number; readonly score: number }): void;
  /** Adds to the count of the comment that this one answers, if any. */
  countAnswer(place: P, by: number): void;
  /** Called before each commit: writes the counts that are only in memory. */
  flush(): void;
}
