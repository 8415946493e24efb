import { expect, test } from '@jest/globals';
import type { LogEntry } from '../../../libs/client/index.ts';
import { decisionsInForce } from './own-decisions.ts';

const entry = (position: string, commentId: string, action: string, undone = false): LogEntry => ({
  position,
  at: '2015-10-05T08:00:00.000Z',
  kind: 'decision',
  actor: null,
  byPolicy: false,
  member: null,
  commentId,
  postId: null,
  decisionId: null,
  action,
  reason: 'spam',
  note: 'For other moderators',
  undone,
  correlationId: 'c',
});

test('an author is told of the newest decision that stands on each comment, when it keeps the comment from readers', () => {
  const log = [
    entry('9', 'a', 'reject'),
    entry('8', 'a', 'hold'),
    entry('7', 'b', 'restore'),
    entry('6', 'b', 'remove'),
    entry('5', 'c', 'undo'),
    entry('4', 'c', 'remove', true),
    entry('3', 'c', 'hold'),
  ];
  expect(decisionsInForce(log).map(({ action, entry: { position } }) => [action, position])).toEqual([
    ['reject', '9'],
    ['hold', '3'],
  ]);
});
