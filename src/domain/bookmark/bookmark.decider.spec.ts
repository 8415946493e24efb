import { test } from '@jest/globals';
import { MOST_BOOKMARKS } from '../../../libs/words/index.ts';
import { given, metaOf } from '../../../test/support/given.ts';
import { AddBookmark, RemoveBookmark } from './bookmark.commands.ts';
import { bookmarkDecider } from './bookmark.decider.ts';
import type { BookmarkAdded, BookmarkRemoved } from './bookmark.events.ts';

const by = { memberId: 'linh', roles: ['member'] } as const;
const target = { postId: 'p1', commentId: 'c1' };
const data = { memberId: 'linh', bookmarkId: 'b1' };
const added: BookmarkAdded = { type: 'BookmarkAdded.v1', data, personal: target };
const removed: BookmarkRemoved = { type: 'BookmarkRemoved.v1', data, personal: null };
const add = new AddBookmark({ by, bookmarkId: 'b1', target }, metaOf());
const remove = new RemoveBookmark({ by, bookmarkId: 'b1' }, metaOf());

test('a bookmark is added once, taken away once, and added again', () => {
  given(bookmarkDecider, []).when(add, null).then([added]);
  given(bookmarkDecider, [added]).when(add, null).then([]);
  given(bookmarkDecider, [added]).when(remove, null).then([removed]);
  given(bookmarkDecider, []).when(remove, null).then([]);
  given(bookmarkDecider, [added, removed]).when(add, null).then([added]);
});

test('the bookmarks of a member have an end', () => {
  const all = Array.from({ length: MOST_BOOKMARKS }, (_, n) => ({ ...added, data: { ...data, bookmarkId: `${n}` } }));
  given(bookmarkDecider, all).when(add, null).thenRefused('conflict');
});
