import type { Fact } from '../../../libs/kernel/index.ts';
import { type Catalogue, MEANING } from '../catalogue-entry.ts';

interface BookmarkData {
  readonly memberId: string;
  readonly bookmarkId: string;
}

/** A comment, or the post itself. */
export interface BookmarkTarget {
  readonly postId: string;
  readonly commentId: string | null;
}

/** Stream `bookmarks-<memberId>`: what a member wants to find again. Sealed, so that nobody reads in the log what that is. */
export type BookmarkAdded = Fact<'BookmarkAdded.v1', BookmarkData, BookmarkTarget>;
export type BookmarkRemoved = Fact<'BookmarkRemoved.v1', BookmarkData, null>;

export type BookmarkEvent = BookmarkAdded | BookmarkRemoved;

const BOOKMARKS_STREAM = 'bookmarks-<memberId>';
const DATA = {
  memberId: MEANING.member,
  bookmarkId: 'The bookmark: a hash that tells the forum alone what was marked.',
};

export const BOOKMARK_EVENTS: Catalogue<BookmarkEvent> = {
  'BookmarkAdded.v1': {
    stream: BOOKMARKS_STREAM,
    sentence: 'A member bookmarked a post or a comment.',
    data: DATA,
    personal: { postId: MEANING.discussedPost, commentId: 'The comment, or null for the post itself.' },
  },
  'BookmarkRemoved.v1': {
    stream: BOOKMARKS_STREAM,
    sentence: 'A member took a bookmark away.',
    data: DATA,
    personal: null,
  },
};
