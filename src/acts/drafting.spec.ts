import { expect, test } from '@jest/globals';
import { type Command, trusted } from '../../libs/kernel/index.ts';
import type { Recorded } from '../../libs/nest-decider/index.ts';
import { DRAFT_DAYS } from '../../libs/words/index.ts';
import type { Principal } from '../access/principal.ts';
import { RateLimits } from '../access/rate-limits.ts';
import { GetPost } from '../views/post-list/post-list.query-types.ts';
import { CountDropped, GetDraftKeys, GetKeptDrafts, type KeptDraft } from '../views/shelf/shelf.query-types.ts';
import { Drafting } from './drafting.ts';

const LONG_AGO = new Date(Date.now() - (DRAFT_DAYS + 1) * 86_400_000).toISOString();
const place = { postId: 'p1', parentId: null, commentId: null };
const old: KeptDraft = { ...place, draftId: 'd1', placeId: 'x1', body: 'Old', position: 7n, keptAt: LONG_AGO };
const fresh: KeptDraft = { ...old, placeId: 'x2', draftId: 'd2', body: 'New', keptAt: new Date().toISOString() };
const linh: Principal = {
  memberId: 'linh',
  handle: 'linh',
  displayName: 'Linh',
  roles: ['member'],
  locale: 'vi',
  membership: 'active',
  sessionId: 's1',
  sessionExpiresAt: LONG_AGO,
  sessionEndsAt: LONG_AGO,
};

/** What the forum would answer, while commands do nothing but be noted. */
function forumWith(drafts: readonly KeptDraft[]) {
  const sent: string[] = [];
  const erased: string[] = [];
  const answer = (query: object): unknown => {
    if (query instanceof GetKeptDrafts) return drafts.filter(({ draftId }) => !sent.includes(`DropDraft ${draftId}`));
    if (query instanceof GetDraftKeys) return drafts.map(({ draftId }) => draftId);
    if (query instanceof CountDropped) return 0;
    if (query instanceof GetPost) return { id: 'p1', slug: 'p', title: 'P', discussion: { state: 'open' } };
    throw new Error('another question');
  };
  const send = async ({ constructor: { name: type }, data }: Command): Promise<Recorded> => {
    sent.push(`${type} ${Reflect.get(data, 'draftId')}`);
    return { position: 9n, revision: 0n, repeated: false, facts: [] };
  };
  const erase = async (streams: readonly string[]): Promise<number> => erased.push(...streams);
  const drafting = new Drafting({
    limits: new RateLimits(false),
    names: { kept: () => 'x2' },
    streams: { erase },
    writes: { send },
    queries: { execute: async (query: object) => trusted(answer(query)) },
  });
  return { sent, erased, drafting };
}

test('an old draft is not shown, and forgotten when its writer keeps another', async () => {
  const { sent, erased, drafting } = forumWith([old, fresh]);
  expect((await drafting.list(linh)).map(({ body }) => body)).toEqual(['New']);
  expect([sent, erased]).toEqual([[], []]);
  const asking = { address: '::1', commandId: 'c1', correlationId: 'c1', here: false };
  await drafting.keep({ postId: 'p1', body: 'New', over: '7' }, linh, asking);
  expect(sent).toEqual(['DropDraft d1', expect.stringMatching(/^KeepDraft /)]);
  expect(erased).toEqual(['draft-d1']);
});
