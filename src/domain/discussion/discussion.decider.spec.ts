import { expect, test } from '@jest/globals';
import { given, happened, metaOf, remembered } from '../../../libs/testing/given.ts';
import type { CommentFacts } from '../comment/comment.facts.ts';
import { ChangeDiscussion } from './discussion.commands.ts';
import { type DiscussionNeeds, discussionDecider } from './discussion.decider.ts';
import { type DiscussionChanged, OPEN_DISCUSSION } from './discussion.events.ts';
import { discussionFacts } from './discussion.facts.ts';

const postId = 'p1';
const pinned: CommentFacts = {
  commentId: 'c1',
  postId,
  parentId: null,
  rootId: 'c1',
  depth: 0,
  authorId: 'somchai',
  status: 'visible',
  textRevision: 0,
};
const needs: DiscussionNeeds = { post: { slug: 'borders', publishAt: '', withdrawn: false }, pinned: null };
const settings = { postId, ...OPEN_DISCUSSION };
const change = (over: Partial<ChangeDiscussion['data']>) => new ChangeDiscussion({ ...settings, ...over }, metaOf());
const slow: DiscussionChanged = {
  type: 'DiscussionChanged.v1',
  data: { ...settings, slowModeSeconds: 60 },
  personal: null,
};
const nothing = given(discussionDecider, []);

test('settings are recorded whole when one of them changes', () => {
  nothing.when(change({ slowModeSeconds: 60 }), needs).then([slow]);
  given(discussionDecider, [slow])
    .when(change({ slowModeSeconds: 60, state: 'closed' }), needs)
    .then([{ ...slow, data: { ...slow.data, state: 'closed' } }]);
});

test('settings as they are change nothing, an untouched discussion being open', () => {
  nothing.when(change({}), needs).then([]);
  given(discussionDecider, [slow])
    .when(change({ slowModeSeconds: 60 }), needs)
    .then([]);
});

test('a shown comment of this discussion can be pinned, and no other', () => {
  const pin = change({ pinnedCommentId: 'c1' });
  nothing.when(pin, { ...needs, pinned }).then([{ ...slow, data: { ...settings, pinnedCommentId: 'c1' } }]);
  for (const wrong of [null, { ...pinned, postId: 'p2' }, { ...pinned, status: 'removed' as const }]) {
    nothing.when(pin, { ...needs, pinned: wrong }).thenRefused('comment_not_found', { field: 'pinnedCommentId' });
  }
});

test('an unknown post has no discussion', () => {
  nothing.when(change({ state: 'closed' }), { ...needs, post: null }).thenRefused('post_not_found');
});

test.each([-1, 1.5, 86_401, Number.NaN])('a wait of %p seconds is refused', (slowModeSeconds) => {
  nothing.when(change({ slowModeSeconds }), needs).thenRefused('invalid');
});

test('slow mode counts from the moment at which it became what it is', () => {
  const at = (minute: number, data: DiscussionChanged['data']) =>
    happened<DiscussionChanged>({ ...slow, data }, { occurredAt: `2015-10-05T08:0${minute}:00.000Z` });
  const facts = [at(1, settings), at(2, slow.data), at(3, { ...slow.data, state: 'closed' })];
  expect(remembered(facts).reduce(discussionFacts.evolve, discussionFacts.initial())).toEqual({
    settings: { state: 'closed', slowModeSeconds: 60, pinnedCommentId: null },
    slowSince: '2015-10-05T08:02:00.000Z',
  });
});
