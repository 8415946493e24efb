import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { BulkAnswer, Comment, DecisionAnswer, PolicyVersion, Post, QueueItem } from '../../libs/client/index.ts';
import { FIRST_POLICY, type Rule } from '../../src/domain/policy/policy.settings.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

jest.setTimeout(60_000);

const BANNED = 'A zebracake for sale';
let forum: RunningForum;
let moderator: TestMember;
let writer: TestMember;
let post: Post;

beforeAll(async () => {
  forum = await startForum();
  moderator = await forum.member('the-moderator', ['moderator']);
  writer = await forum.member('writer');
  post = await forum.publish(await forum.admin());
});
afterAll(() => forum.close());

/** `report`: as a suspect word, and a banned one no more. */
async function catching(word: string, measure: 'report' | 'hold' | 'reject'): Promise<void> {
  const { token } = moderator;
  const path = '/api/v1/moderation/policy';
  const { version } = await forum.done<PolicyVersion>('GET', path, { token });
  const rules = FIRST_POLICY.rules.map((one): Rule => {
    if (one.rule === 'banned-words' && measure !== 'report') return { ...one, words: [word], measure };
    return one.rule === 'suspect-words' && measure === 'report' ? { ...one, words: [word] } : one;
  });
  await forum.done('PUT', path, { token, body: { version, rules } });
}

/** One comment that was decided on alone, and one in bulk; both were given another text since. */
async function ruledAndRewritten(body: string) {
  const [alone, among] = [await forum.comment(writer, post.id), await forum.comment(writer, post.id)];
  const { token } = moderator;
  const path = `/api/v1/comments/${alone.id}/decisions`;
  const { decision } = await forum.done<DecisionAnswer>('POST', path, {
    token,
    body: { action: 'reject', revision: 0 },
  });
  const items = [{ commentId: among.id, revision: 0 }];
  const wish = { items, action: 'hold', reason: 'spam' };
  const { bulkId } = await forum.done<BulkAnswer>('POST', '/api/v1/moderation/decisions', { token, body: wish });
  for (const { id } of [alone, among]) {
    await forum.done('PATCH', `/api/v1/comments/${id}`, { token: writer.token, body: { body, revision: 1 } });
  }
  return { alone, among, decision, bulkId };
}

const undo = (path: string) =>
  forum.call('POST', `/api/v1/moderation/${path}/undo`, { token: moderator.token, body: {} });

async function inQueue(list: 'held' | 'reported' | 'rejected', { id }: Comment): Promise<QueueItem | undefined> {
  const path = `/api/v1/moderation/queue?list=${list}&limit=100`;
  const { items } = await forum.done<{ items: QueueItem[] }>('GET', path, { token: moderator.token });
  return items.find(({ comment }) => comment.id === id);
}

it.each(['hold', 'reject'] as const)(
  'undoing a decision, alone or in bulk, shows no text written since that the policy would %s',
  async (measure) => {
    await catching('zebracake', measure);
    const { alone, among, decision, bulkId } = await ruledAndRewritten(BANNED);

    expect(await undo(`decisions/${decision.id}`)).toMatchObject({
      status: 409,
      body: { code: 'stale_revision', decision: { id: decision.id } },
    });
    expect((await undo(`bulk/${bulkId}`)).body).toMatchObject({
      results: [{ decision: null, problem: { code: 'stale_revision' } }],
    });

    for (const { id } of [alone, among]) {
      expect(await forum.call('GET', `/api/v1/comments/${id}`)).toMatchObject({ status: 404 });
    }
    expect(await inQueue('rejected', alone)).toMatchObject({ comment: { body: BANNED } });
    expect(await inQueue('held', among)).toMatchObject({ comment: { body: BANNED } });
  },
);

it('undoing a decision shows a text written since that the policy lets through, and puts what it reports before moderators', async () => {
  await catching('zebracake', 'report');
  const { alone, among, decision, bulkId } = await ruledAndRewritten(BANNED);
  const harmless = await ruledAndRewritten('A cake');

  expect(await undo(`decisions/${decision.id}`)).toMatchObject({
    status: 201,
    body: { comment: { status: 'visible' } },
  });
  await undo(`bulk/${bulkId}`);
  await undo(`decisions/${harmless.decision.id}`);

  for (const comment of [alone, among]) {
    expect(await inQueue('reported', comment)).toMatchObject({
      comment: { body: BANNED, status: 'visible' },
      findings: [{ rule: 'suspect-words', matched: 'zebracake' }],
    });
  }
  expect(await forum.call('GET', `/api/v1/comments/${harmless.alone.id}`)).toMatchObject({ body: { body: 'A cake' } });
  expect(await inQueue('reported', harmless.alone)).toBeUndefined();
});
