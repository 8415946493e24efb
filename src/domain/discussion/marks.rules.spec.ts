import { expect, test } from '@jest/globals';
import { MOST_FEATURED } from '../../../libs/words/index.ts';
import { given, metaOf } from '../../../test/support/given.ts';
import { type DiscussionNeeds, discussionDecider } from './discussion.decider.ts';
import type { DiscussionEvent } from './discussion.events.ts';
import { AcceptAnswer, ChangeAsking, FeatureComment, TakeBackAcceptance, UnfeatureComment } from './marks.commands.ts';

const postId = 'p1';
const asker = { memberId: 'linh', roles: ['member'] } as const;
const editor = { memberId: 'ed', roles: ['member', 'editor'] } as const;
const other = { memberId: 'somchai', roles: ['member', 'moderator'] } as const;
const comment = {
  commentId: 'c1',
  postId,
  parentId: null,
  rootId: 'c1',
  depth: 0,
  authorId: 'somchai',
  status: 'visible',
  hidden: false,
  textRevision: 0,
} as const;
const post = {
  slug: 'borders',
  firstSlug: 'borders',
  textRevision: 0,
  publishAt: '2015-10-01T00:00:00.000Z',
  withdrawn: false,
  authorId: 'linh',
};
const needs: DiscussionNeeds = { post, pinned: null, comment, belowHidden: false };

const asking: DiscussionEvent = { type: 'AskingChanged.v1', data: { postId, asks: true }, personal: null };
const markOf = <Type extends Exclude<DiscussionEvent['type'], 'AskingChanged.v1' | 'DiscussionChanged.v2'>>(
  type: Type,
  commentId: string,
) => ({ type, data: { postId, commentId }, personal: null }) as const;
const accepted = markOf('AnswerAccepted.v1', 'c1');
const takenBack = markOf('AcceptanceTakenBack.v1', 'c1');
const featured = markOf('CommentFeatured.v1', 'c1');

const ask = (asks: boolean, by: typeof editor | typeof asker = editor) =>
  new ChangeAsking({ postId, asks, by }, metaOf());
const mark = (by: typeof editor | typeof asker | typeof other, commentId = 'c1') => ({ postId, commentId, by });
const accept = (by: Parameters<typeof mark>[0] = asker, commentId = 'c1') =>
  new AcceptAnswer(mark(by, commentId), metaOf());
const takeBack = (by: Parameters<typeof mark>[0] = asker, commentId = 'c1') =>
  new TakeBackAcceptance(mark(by, commentId), metaOf());
const nothing = given(discussionDecider, []);
const asked = given(discussionDecider, [asking]);

test('editors say whether a post asks something', () => {
  nothing.when(ask(true), needs).then([asking]);
  asked.when(ask(true), needs).then([]);
  asked.when(ask(false), needs).then([{ ...asking, data: { postId, asks: false } }]);
  nothing.when(ask(true, asker), needs).thenRefused('forbidden');
  nothing.when(ask(true), { ...needs, post: null }).thenRefused('post_not_found');
});

test('who asked accepts one comment as the answer, and so does an editor; nobody else', () => {
  asked.when(accept(), needs).then([accepted]);
  asked.when(accept(editor), needs).then([accepted]);
  asked.when(accept(other), needs).thenRefused('forbidden');
  asked.when(accept(asker), { ...needs, post: { ...post, authorId: null } }).thenRefused('forbidden');
  nothing.when(accept(), needs).thenRefused('conflict');
});

test('another answer takes the place of the first one, which is taken back', () => {
  const c2 = { ...comment, commentId: 'c2' };
  given(discussionDecider, [asking, accepted])
    .when(accept(asker, 'c2'), { ...needs, comment: c2 })
    .then([takenBack, markOf('AnswerAccepted.v1', 'c2')]);
  given(discussionDecider, [asking, accepted]).when(accept(), needs).then([]);
});

test('an acceptance is taken back by those who may accept, also of a comment that is gone', () => {
  const answered = given(discussionDecider, [asking, accepted]);
  answered.when(takeBack(), needs).then([takenBack]);
  answered.when(takeBack(editor), { ...needs, comment: { ...comment, status: 'removed' } }).then([takenBack]);
  answered.when(takeBack(other), needs).thenRefused('forbidden');
  answered.when(takeBack(asker, 'c2'), { ...needs, comment: { ...comment, commentId: 'c2' } }).then([]);
  asked.when(takeBack(), needs).then([]);
});

test('only what readers see here is accepted or featured', () => {
  const feature = new FeatureComment(mark(editor), metaOf());
  for (const unseen of [
    { ...needs, comment: null },
    { ...needs, comment: { ...comment, postId: 'p2' } },
    { ...needs, comment: { ...comment, status: 'removed' as const } },
    { ...needs, comment: { ...comment, status: 'held' as const, hidden: true } },
    { ...needs, belowHidden: true },
  ]) {
    asked.when(accept(), unseen).thenRefused('comment_not_found');
    asked.when(feature, unseen).thenRefused('comment_not_found');
  }
  asked.when(accept(), { ...needs, post: { ...post, withdrawn: true } }).thenRefused('post_not_found');
  asked.when(feature, { ...needs, post: { ...post, withdrawn: true } }).thenRefused('post_withdrawn');
});

test('editors feature comments, so many of a discussion at most', () => {
  const feature = (by: Parameters<typeof mark>[0] = editor) => new FeatureComment(mark(by), metaOf());
  const unfeature = (by: Parameters<typeof mark>[0] = editor) => new UnfeatureComment(mark(by), metaOf());
  nothing.when(feature(), needs).then([featured]);
  nothing.when(feature(asker), needs).thenRefused('forbidden');
  nothing.when(unfeature(), needs).then([]);
  const once = given(discussionDecider, [featured]);
  once.when(feature(), needs).then([]);
  once.when(unfeature(), needs).then([markOf('CommentUnfeatured.v1', 'c1')]);
  once.when(unfeature(other), needs).thenRefused('forbidden');
  const many = Array.from({ length: MOST_FEATURED }, (_, n) => markOf('CommentFeatured.v1', `f${n}`));
  given(discussionDecider, many).when(feature(), needs).thenRefused('conflict');
  expect(many).toHaveLength(100);
});
