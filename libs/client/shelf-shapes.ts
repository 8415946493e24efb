import type { DraftPlaceState } from '../words/index.ts';
import type { PositionText, Timestamp, Uuid } from './formats.ts';
import type { Comment, PostSummary } from './shapes.ts';

/** Where a text is written: below a post, as an answer to `parentId`, or in the place of the own comment `commentId`. */
export interface DraftSpot {
  readonly postId: Uuid;
  readonly parentId?: Uuid | null;
  readonly commentId?: Uuid | null;
}

export interface DraftWish extends DraftSpot {
  readonly body: string;
  /** The `position` of the draft that this device saw last; without it the text is kept only where there is none. */
  readonly over?: PositionText | null;
}

/** An unsent text of the member's own. */
export interface Draft extends Required<DraftSpot> {
  readonly body: string;
  /** Of the log; a later text has a later one, whatever the clocks of devices say. */
  readonly position: PositionText;
  readonly keptAt: Timestamp;
  /** Null where the post is not readable any more. */
  readonly post: Pick<PostSummary, 'id' | 'slug' | 'title' | 'locale'> | null;
  /** `closed`: nobody writes there now; `gone`: the post, or the comment that it belongs to, is not readable any more. */
  readonly state: DraftPlaceState;
}

/** Up to where a member has read on. */
export interface ReadTo {
  readonly position: PositionText;
  /** Whether a visit begins with it where none goes on: whoever shows a discussion says so once it is seen. */
  readonly begins?: boolean;
}

/** A post or a comment that the member wants to find again. */
export interface Bookmark {
  readonly postId: Uuid;
  /** Null for the post itself. */
  readonly commentId: Uuid | null;
  readonly addedAt: Timestamp;
  /** Null where the post is not readable any more. */
  readonly post: Pick<PostSummary, 'id' | 'slug' | 'title' | 'locale'> | null;
  /** Null for the post itself, and where the comment is not readable any more. */
  readonly comment: Comment | null;
}
