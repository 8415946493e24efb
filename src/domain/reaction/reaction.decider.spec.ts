import { test } from '@jest/globals';
import { given, metaOf, NOW } from '../../../test/support/given.ts';
import type { CommentFacts } from '../comment/comment.facts.ts';
import { AddReaction, WithdrawReaction } from './reaction.commands.ts';
import { type ReactionNeeds, reactionDecider } from './reaction.decider.ts';
import type { ReactionAdded, ReactionWithdrawn } from './reaction.events.ts';

const comment: CommentFacts = {
  commentId: 'c1',
  postId: 'p1',
  parentId: null,
  rootId: 'c1',
  depth: 0,
  authorId: 'somchai',
  status: 'visible',
  hidden: false,
  textRevision: 0,
};
const needs: ReactionNeeds = {
  comment,
  post: { slug: 'borders', firstSlug: 'borders', textRevision: 0, publishAt: NOW, withdrawn: false, authorId: null },
  belowHidden: false,
  standing: { membership: 'active', sanctions: [] },
};
const linh = { memberId: 'linh', roles: ['member'] } as const;
const wish = { commentId: 'c1', by: linh, kind: 'like' } as const;
const like = { commentId: 'c1', memberId: 'linh', kind: 'like', postId: 'p1' } as const;
const add = new AddReaction(wish, metaOf());
const withdraw = new WithdrawReaction(wish, metaOf());
const added: ReactionAdded = { type: 'ReactionAdded.v1', data: like, personal: null };
const withdrawn: ReactionWithdrawn = { type: 'ReactionWithdrawn.v1', data: like, personal: null };
const nothing = given(reactionDecider, []);

test('a reaction is added once', () => {
  nothing.when(add, needs).then([added]);
  given(reactionDecider, [added]).when(add, needs).then([]);
  given(reactionDecider, [added, withdrawn]).when(add, needs).then([added]);
});

test('a member may hold several kinds', () => {
  const thanks = { ...wish, kind: 'thanks' } as const;
  given(reactionDecider, [added])
    .when(new AddReaction(thanks, metaOf()), needs)
    .then([{ ...added, data: { ...like, kind: 'thanks' } }]);
});

test('a reaction is taken back once, also from what was removed since', () => {
  given(reactionDecider, [added]).when(withdraw, needs).then([withdrawn]);
  nothing.when(withdraw, needs).then([]);
  given(reactionDecider, [added, withdrawn]).when(withdraw, needs).then([]);
  given(reactionDecider, [added])
    .when(withdraw, { ...needs, comment: { ...comment, status: 'removed' } })
    .then([withdrawn]);
});

test('only a comment that readers see takes reactions', () => {
  nothing.when(add, { ...needs, comment: null, post: null }).thenRefused('comment_not_found');
  nothing.when(withdraw, { ...needs, comment: null, post: null }).thenRefused('comment_not_found');
  nothing.when(add, { ...needs, comment: { ...comment, status: 'held' } }).thenRefused('comment_not_found');
  nothing.when(add, { ...needs, comment: { ...comment, status: 'removed' } }).thenRefused('comment_removed');
});

test('nothing is added or taken back where readers do not find the comment', () => {
  const withdrawnPost: ReactionNeeds = {
    ...needs,
    post: { slug: 'borders', firstSlug: 'borders', textRevision: 0, publishAt: NOW, withdrawn: true, authorId: null },
  };
  const scheduled: ReactionNeeds = {
    ...needs,
    post: {
      slug: 'borders',
      firstSlug: 'borders',
      textRevision: 0,
      publishAt: '2999-01-01T00:00:00.000Z',
      withdrawn: false,
      authorId: null,
    },
  };
  const reacted = given(reactionDecider, [added]);
  for (const command of [new AddReaction({ ...wish, kind: 'sad' }, metaOf()), withdraw]) {
    for (const hidden of [withdrawnPost, scheduled, { ...needs, belowHidden: true }])
      reacted.when(command, hidden).thenRefused('comment_not_found');
  }
  for (const by of [
    { memberId: 'somchai', roles: ['member'] },
    { memberId: 'ed', roles: ['editor'] },
  ] as const) {
    nothing.when(new AddReaction({ ...wish, by }, metaOf()), withdrawnPost).thenRefused('post_withdrawn');
    nothing.when(new AddReaction({ ...wish, by }, metaOf()), scheduled).thenRefused('discussion_closed');
  }
});
