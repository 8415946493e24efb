import { type Decider, DomainError, type Remembered, unreachable } from '../../../libs/kernel/index.ts';
import { MOST_BOOKMARKS } from '../../../libs/words/index.ts';
import type { BookmarkCommand } from './bookmark.commands.ts';
import type { BookmarkEvent } from './bookmark.events.ts';

/** The ids of the bookmarks that stand. */
export type BookmarkState = Set<string>;

export const bookmarkDecider: Decider<BookmarkState, BookmarkCommand, BookmarkEvent, null> = {
  initial: () => new Set(),
  decide: (command, state) => {
    const { by, bookmarkId } = command.data;
    const data = { memberId: by.memberId, bookmarkId };
    switch (command.type) {
      case 'AddBookmark': {
        if (state.has(bookmarkId)) return [];
        if (state.size >= MOST_BOOKMARKS) {
          throw new DomainError('conflict', `There are ${MOST_BOOKMARKS} bookmarks; take one away first.`);
        }
        const { postId, commentId } = command.data.target;
        return [{ type: 'BookmarkAdded.v1', data, personal: { postId, commentId } }];
      }
      case 'RemoveBookmark':
        return state.has(bookmarkId) ? [{ type: 'BookmarkRemoved.v1', data, personal: null }] : [];
      default:
        return unreachable(command);
    }
  },
  evolve: (state, fact: Remembered<BookmarkEvent>) => {
    switch (fact.type) {
      case 'BookmarkAdded.v1':
        return state.add(fact.data.bookmarkId);
      case 'BookmarkRemoved.v1':
        state.delete(fact.data.bookmarkId);
        return state;
      default:
        return unreachable(fact);
    }
  },
};
