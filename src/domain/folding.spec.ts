import { expect, test } from '@jest/globals';
import type { Fact, Remembered } from '../../libs/kernel/index.ts';
import { remembered } from '../../test/support/given.ts';
import { commentDecider } from './comment/comment.decider.ts';
import type { CommentEvent } from './comment/comment.events.ts';
import { memberDecider } from './member/member.decider.ts';
import type { MemberEvent } from './member/member.events.ts';
import { postDecider } from './post/post.decider.ts';
import type { PostEvent } from './post/post.events.ts';

const FEW = 2_500;
const MANY = 8 * FEW;

const sessionEnded = (n: number): MemberEvent => ({
  type: 'MemberSessionEnded.v1',
  data: { memberId: 'm1', sessionId: `session-${n}`, expiresAt: '2015-11-05T08:00:00.000Z' },
  personal: null,
});
const commentEdited = (n: number): CommentEvent => ({
  type: 'CommentEdited.v1',
  data: { commentId: 'c1', postId: 'p1' },
  personal: { body: `text ${n}` },
});
const postEdited = (n: number): PostEvent => ({
  type: 'PostEdited.v1',
  data: { postId: 'p1', title: `title ${n}` },
  personal: null,
});

test.each([
  [
    'sessions of a member',
    () => secondsToFold(memberDecider, sessionEnded, FEW),
    () => secondsToFold(memberDecider, sessionEnded, MANY),
  ],
  [
    'edits of a comment',
    () => secondsToFold(commentDecider, commentEdited, FEW),
    () => secondsToFold(commentDecider, commentEdited, MANY),
  ],
  [
    'edits of a post',
    () => secondsToFold(postDecider, postEdited, FEW),
    () => secondsToFold(postDecider, postEdited, MANY),
  ],
])('eight times as many %s take about eight times as long to fold, never sixty-four', (_, few, many) => {
  few();
  many();
  const ratios = Array.from({ length: 7 }, () => many() / few());
  expect(Math.min(...ratios)).toBeLessThan(32);
});

interface Folding<State, F extends Fact> {
  readonly initial: () => State;
  readonly evolve: (state: State, fact: Remembered<F>) => State;
}

function secondsToFold<State, F extends Fact>(
  decider: Folding<State, F>,
  fact: (n: number) => F,
  count: number,
): number {
  const facts = remembered(Array.from({ length: count }, (_, n) => fact(n)));
  const start = process.cpuUsage();
  facts.reduce(decider.evolve, decider.initial());
  return Math.max(1, process.cpuUsage(start).user) / 1_000_000;
}
