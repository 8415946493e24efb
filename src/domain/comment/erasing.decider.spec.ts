import { test } from '@jest/globals';
import { given, metaOf } from '../../../test/support/given.ts';
import { EraseComment } from './comment.commands.ts';
import type { CommentErased, CommentPosted } from './comment.events.ts';
import { erasingDecider } from './erasing.decider.ts';

const ids = { commentId: 'c1', postId: 'p1' };
const posted: CommentPosted = {
  type: 'CommentPosted.v1',
  data: { ...ids, parentId: null, rootId: 'c1', depth: 0, authorId: 'm1', source: null },
  personal: { body: 'Words', author: null },
};
const erased: CommentErased = { type: 'CommentErased.v1', data: { ...ids, erasureId: 'e1' }, personal: null };
const erase = new EraseComment({ commentId: 'c1', erasureId: 'e1' }, metaOf());

test('a comment is erased once, and one that nobody wrote not at all', () => {
  given(erasingDecider, []).when(erase, null).thenRefused('comment_not_found');
  given(erasingDecider, [posted]).when(erase, null).then([erased]);
  given(erasingDecider, [posted, erased]).when(erase, null).then([]);
});
