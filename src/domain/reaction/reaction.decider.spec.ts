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
  post: { slug: 'borders', publishAt: NOW, withdrawn: false },
  standing: { sanctions: [] },
};
const wish = { commentId: 'c1', memberId: 'linh', kind: 'like' } as const;
const add = new AddReaction(wish, metaOf());
const withdraw = new WithdrawReaction(wish, metaOf());
const added: ReactionAdded = { type: 'ReactionAdded.v1', data: { ...wish, postId: 'p1' }, personal: null };
const withdrawn: ReactionWithdrawn = { type: 'ReactionWithdrawn.v1', data: { ...wish, postId: 'p1' }, personal: null };
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
    .then([{ ...added, data: { ...thanks, postId: 'p1' } }]);
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
  nothing
    .when(add, { ...needs, post: { slug: 'borders', publishAt: NOW, withdrawn: true } })
    .thenRefused('comment_not_found');
});
