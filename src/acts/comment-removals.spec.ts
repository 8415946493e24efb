import { expect, test } from '@jest/globals';
import { DomainError } from '../../libs/kernel/index.ts';
import type { Principal } from '../access/principal.ts';
import { ChangedSince, DecidedBefore } from '../domain/comment/decision.commands.ts';
import { CommentRemovals } from './comment-removals.ts';
import { DecidedAlready } from './decided-already.ts';

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
const ban = { kind: 'ban', reason: 'spam', removeComments: 'all' } as const;
const answered: unknown = { decision: {}, comment: {}, position: '9' };
const decision: unknown = { action: 'approve' };
const trusted = <Thing>(thing: unknown): Thing => thing as Thing;

/** Comments that were listed at revision 0; `refusals` are thrown one after the other before a decision is taken. */
async function removing(refusals: Readonly<Record<string, readonly Error[]>>) {
  const tried: string[] = [];
  const left = new Map(Object.entries(refusals).map(([id, errors]) => [id, [...errors]]));
  const items = [...left.keys()].map((id) => {
    return { id, revision: 0, status: 'visible', createdAt: '2015-10-05T08:00:00.000Z' };
  });
  const removals = new CommentRemovals({
    queries: { execute: () => Promise.resolve(trusted({ items, next: null })) },
    moderating: {
      decideBecause: (_, { commentId, revision }) => {
        tried.push(`${commentId}@${revision}`);
        const refusal = left.get(commentId)?.shift();
        return refusal === undefined ? Promise.resolve(trusted(answered)) : Promise.reject(refusal);
      },
    },
  });
  const position = await removals.of('spammer', ban, moderator, asking);
  return { tried, position };
}

test('a comment that its author edits meanwhile is removed with the text that it has then', async () => {
  const ruledBefore = new DecidedAlready(new ChangedSince(2n), trusted(decision));
  expect(await removing({ a: [new ChangedSince(1n), new ChangedSince(4n)], b: [ruledBefore] })).toEqual({
    tried: ['a@0', 'a@1', 'a@4', 'b@0', 'b@2'],
    position: 9n,
  });
});

test('a comment that many write to at once is tried again', async () => {
  const busy = new DomainError('conflict', 'Too many changes at once; try again.', [], 1);
  expect((await removing({ a: [busy] })).tried).toEqual(['a@0', 'a@0']);
});

test('what others have decided on or removed stands, and stops none of the others', async () => {
  const ruled = new DecidedAlready(
    new DecidedBefore('Somebody was first.', { decisionId: 'd1', position: 7n }),
    trusted(decision),
  );
  const gone = ['comment_not_found', 'comment_removed', 'conflict'] as const;
  const refusals = [ruled, ...gone.map((code) => new DomainError(code, 'It is gone.'))];
  const comments = Object.fromEntries(refusals.map((refusal, at) => [`c${at}`, [refusal]]));
  expect(await removing({ ...comments, last: [] })).toEqual({
    tried: ['c0@0', 'c1@0', 'c2@0', 'c3@0', 'last@0'],
    position: 9n,
  });
});

test('a log that takes nothing ends it', async () => {
  const away = new DomainError('storage_unavailable', 'The log takes nothing.', [], 1);
  await expect(removing({ a: [away], b: [] })).rejects.toBe(away);
});
