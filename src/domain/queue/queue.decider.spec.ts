import { test } from '@jest/globals';
import { given, metaOf, NOW } from '../../../test/support/given.ts';
import { CallModerators } from './queue.commands.ts';
import { queueDecider } from './queue.decider.ts';

test('a comment that waits too long calls those who moderate once, whoever moderates by then', () => {
  const id = '0b1d1b1e-5a0c-8c55-9a1e-2f1f7d6e1f01';
  const data = { overdueId: id, commentId: id, since: NOW, hours: 24, memberIds: [id] };
  const overdue = { type: 'QueueOverdue.v1', data, personal: null } as const;
  given(queueDecider, []).when(new CallModerators(data, metaOf()), null).then([overdue]);
  given(queueDecider, [overdue])
    .when(new CallModerators({ ...data, memberIds: [] }, metaOf()), null)
    .then([]);
});
