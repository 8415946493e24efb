import { expect, test } from '@jest/globals';
import { given, happened, metaOf, remembered } from '../../../test/support/given.ts';
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
  hidden: false,
  textRevision: 0,
};
const needs: DiscussionNeeds = {
  post: { slug: 'borders', firstSlug: 'borders', textRevision: 0, publishAt: '', withdrawn: false, authorId: null },
  pinned: null,
  comment: null,
  belowHidden: false,
};
const settings = { postId, ...OPEN_DISCUSSION };
const change = (over: Partial<ChangeDiscussion['data']>) => new ChangeDiscussion({ ...settings, ...over }, metaOf());
const changed = (data: Omit<DiscussionChanged['data'], 'postId' | 'reason'>, reason: string | null = null) =>
  ({ type: 'DiscussionChanged.v2', data: { postId, ...data, reason }, personal: null }) satisfies DiscussionChanged;
const slow = changed({ slowModeSeconds: 60 });
const nothing = given(discussionDecider, []);

test('of the settings those are recorded that change, with the reason that was given', () => {
  nothing.when(change({ slowModeSeconds: 60 }), needs).then([slow]);
  given(discussionDecider, [slow])
    .when(change({ slowModeSeconds: 60, state: 'closed', reason: ' The same questions again. ' }), needs)
    .then([changed({ state: 'closed' }, 'The same questions again.')]);
});

test('what is left out stays as it is, whoever changed it meanwhile', () => {
  given(discussionDecider, [slow, changed({ pinnedCommentId: 'c1' })])
    .when(new ChangeDiscussion({ postId, state: 'read-only' }, metaOf()), needs)
    .then([changed({ state: 'read-only' })]);
});

test('settings as they are change nothing, an untouched discussion being open', () => {
  nothing.when(change({}), needs).then([]);
  given(discussionDecider, [slow])
    .when(change({ slowModeSeconds: 60, reason: 'Again.' }), needs)
    .then([]);
});

test('a reason is a text of 500 characters at most; an empty one is none', () => {
  nothing.when(change({ state: 'closed', reason: '' }), needs).then([changed({ state: 'closed' })]);
  nothing.when(change({ state: 'closed', reason: 'x'.repeat(501) }), needs).thenRefused('invalid', { field: 'reason' });
});

test('a shown comment of this discussion can be pinned, and no other; what is pinned can go unseen', () => {
  const pin = change({ pinnedCommentId: 'c1' });
  nothing.when(pin, { ...needs, pinned }).then([changed({ pinnedCommentId: 'c1' })]);
  for (const wrong of [null, { ...pinned, postId: 'p2' }, { ...pinned, status: 'removed' as const }]) {
    nothing.when(pin, { ...needs, pinned: wrong }).thenRefused('comment_not_found', { field: 'pinnedCommentId' });
    given(discussionDecider, [changed({ pinnedCommentId: 'c1' })])
      .when(pin, { ...needs, pinned: wrong })
      .then([]);
  }
  given(discussionDecider, [changed({ pinnedCommentId: 'c1' })])
    .when(change({}), needs)
    .then([changed({ pinnedCommentId: null })]);
});

test('an unknown post has no discussion', () => {
  nothing.when(change({ state: 'closed' }), { ...needs, post: null }).thenRefused('post_not_found');
});

test.each([-1, 1.5, 86_401, Number.NaN])('a wait of %p seconds is refused', (slowModeSeconds) => {
  nothing.when(change({ slowModeSeconds }), needs).thenRefused('invalid');
});

test('slow mode counts from the moment at which it became what it is', () => {
  const at = (minute: number, fact: DiscussionChanged) =>
    happened<DiscussionChanged>(fact, { occurredAt: `2015-10-05T08:0${minute}:00.000Z` });
  const facts = [at(1, changed(OPEN_DISCUSSION)), at(2, slow), at(3, changed({ state: 'closed' })), at(4, slow)];
  expect(remembered(facts).reduce(discussionFacts.evolve, discussionFacts.initial())).toEqual({
    settings: { state: 'closed', slowModeSeconds: 60, pinnedCommentId: null },
    slowSince: '2015-10-05T08:02:00.000Z',
    asks: false,
    acceptedId: null,
    featured: new Set(),
  });
});
