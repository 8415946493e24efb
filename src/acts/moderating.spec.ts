import { expect, test } from '@jest/globals';
import type { Principal } from '../access/principal.ts';
import { RateLimits } from '../access/rate-limits.ts';
import { DecidedBefore } from '../domain/comment/decision.commands.ts';
import { GetDecision, GetSeen } from '../views/moderation-queue/queue.query-types.ts';
import type { ForumWrites } from './forum-writes.ts';
import { Moderating } from './moderating.ts';

const moderator: Principal = {
  memberId: 'mod',
  handle: 'mod',
  displayName: 'Mod',
  roles: ['moderator'],
  locale: 'en',
  membership: 'active',
  sessionId: 's1',
  sessionExpiresAt: '2026-01-01T00:00:00.000Z',
  sessionEndsAt: '2026-01-01T00:00:00.000Z',
};
const asking = {
  address: '::1',
  commandId: 'c0000000-0000-4000-8000-000000000001',
  correlationId: 'test',
  here: false,
};

test('who comes second is told of the decision that was first, once the views have it', async () => {
  const steps: string[] = [];
  const first = { id: 'd1', action: 'remove' };
  const writes: Pick<ForumWrites, 'send' | 'shown'> = {
    send: () => Promise.reject(new DecidedBefore('Somebody was first.', { decisionId: 'd1', position: 7n })),
    shown: async (position) => {
      steps.push(`shown ${position}`);
    },
  };
  const answers = (query: object): unknown => {
    if (query instanceof GetSeen) return { reports: [], surroundings: [] };
    if (!(query instanceof GetDecision)) throw new Error('nothing else is asked');
    steps.push(`asked for ${query.decisionId}`);
    return first;
  };
  const moderating = new Moderating({
    writes,
    limits: new RateLimits(false),
    queries: { execute: async (query: object) => JSON.parse(JSON.stringify(answers(query))) },
    policyVersion: () => Promise.resolve(0),
  });

  await expect(moderating.decide('c1', { action: 'hold', revision: 0 }, moderator, asking)).rejects.toMatchObject({
    code: 'already_decided',
    decision: first,
  });
  expect(steps).toEqual(['shown 7', 'asked for d1']);
});
