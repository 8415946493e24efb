import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Comment, WrittenTranslation } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type LiveForum, startLiveForum } from '../support/live-forum.ts';

let live: LiveForum;
let moderator: TestMember;
let postId: string;

beforeAll(async () => {
  live = await startLiveForum();
  moderator = await live.forum.member('the-moderator', ['moderator']);
  postId = await live.post();
});
afterEach(() => live.closeSockets());
afterAll(() => live.forum.close());

const report = (comment: Comment) =>
  live.forum.done('POST', `/api/v1/comments/${comment.id}/reports`, {
    token: live.reader.token,
    body: { reason: 'spam' },
  });
const rule = (comment: Comment, action: string) =>
  live.forum.done('POST', `/api/v1/comments/${comment.id}/decisions`, {
    token: moderator.token,
    body: { action, revision: comment.revision },
  });

describe("the moderators' queue, live", () => {
  it('tells moderators what comes, who looks at it, and that it is gone; and nobody else', async () => {
    const [joined, reader] = [
      await live.connect({ token: moderator.token }),
      await live.connect({ token: live.reader.token }),
    ];
    const counts = { reported: 0, held: 0, rejected: 0 };
    expect(await joined.ask('moderation:join', {})).toEqual({
      ok: true,
      position: expect.any(String),
      counts,
      translations: 0,
      changes: [],
    });
    expect(await reader.send('moderation:join', {})).toMatchObject({ ok: false, error: { code: 'forbidden' } });

    const comment = await live.forum.comment(live.writer, postId);
    await report(comment);
    await joined.until(() => joined.of('moderation:changes').length === 1);
    expect(joined.of('moderation:changes').at(-1)).toMatchObject({
      counts: { ...counts, reported: 1 },
      changes: [{ commentId: comment.id, list: 'reported', item: { reports: [{ reason: 'spam' }] }, claim: null }],
    });
    await live.forum.done('PUT', `/api/v1/moderation/claims/${comment.id}`, { token: moderator.token });
    await joined.until(() => joined.of('moderation:changes').length === 2);
    expect(joined.of('moderation:changes').at(-1)?.changes).toMatchObject([
      { claim: { by: { handle: 'the-moderator' } } },
    ]);
    const other = await live.forum.admin();
    expect(
      await live.forum.call('PUT', `/api/v1/moderation/claims/${comment.id}`, { token: other.token }),
    ).toMatchObject({
      status: 409,
      body: { code: 'claimed' },
    });
    await rule(comment, 'remove');
    await joined.until(() => joined.of('moderation:changes').at(-1)?.counts.reported === 0);
    expect(joined.of('moderation:changes').at(-1)?.changes).toMatchObject([
      {
        commentId: comment.id,
        list: null,
        item: null,
        decision: { action: 'remove', by: { handle: 'the-moderator' } },
      },
    ]);
    const shown = [comment.id];
    expect(await joined.ask('moderation:join', { shown })).toMatchObject({
      counts,
      changes: [{ commentId: comment.id, list: null, decision: { action: 'remove' } }],
    });
    expect(reader.of('moderation:changes')).toEqual([]);
  });

  it('counts the translations that members reported, without a case that changed', async () => {
    const admin = await live.forum.admin();
    await live.forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { translations: 'members' } });
    const comment = await live.forum.comment(live.writer, postId, { body: 'Xin chào' });
    const body = { language: 'en', body: 'Hello', sourceRevision: 0 };
    const { translation } = await live.forum.done<WrittenTranslation>(
      'POST',
      `/api/v1/comments/${comment.id}/translations`,
      { token: live.writer.token, body },
    );
    const joined = await live.connect({ token: moderator.token });
    expect(await joined.ask('moderation:join', {})).toMatchObject({ translations: 0 });
    const counted = () => joined.of('moderation:changes').map(({ translations, changes }) => [translations, changes]);
    const path = `/api/v1/translations/${translation?.id}`;
    const about = { token: live.reader.token, body: { reason: 'wrong-translation' } };
    await live.forum.done('POST', `${path}/reports`, about);
    await joined.until(() => counted().length === 1);
    await live.forum.call('POST', `${path}/removal`, { token: moderator.token, body: { reason: 'wrong-translation' } });
    await joined.until(() => counted().length === 2);
    expect(counted()).toEqual([
      [1, []],
      [0, []],
    ]);
  });

  it('keeps a claim for as long as the window shows the case, and lets it go with the window', async () => {
    const other = await live.forum.admin();
    const [first, second] = [
      await live.connect({ token: moderator.token }),
      await live.connect({ token: other.token }),
    ];
    await second.ask('moderation:join', {});
    const [one, two] = [await live.forum.comment(live.writer, postId), await live.forum.comment(live.writer, postId)];
    const claims = () => second.of('moderation:changes').flatMap(({ changes }) => changes);
    const isClaimed = ({ id }: Comment) => claims().findLast(({ commentId }) => commentId === id)?.claim ?? null;

    await first.ask('moderation:claim', { commentId: one.id });
    await second.until(() => isClaimed(one) !== null);
    const claim = { by: { handle: 'the-moderator' } };
    expect(await second.ask('moderation:claim', { commentId: one.id })).toMatchObject({ claim });
    await first.ask('moderation:claim', { commentId: two.id });
    await second.until(() => isClaimed(one) === null && isClaimed(two) !== null);
    first.io.disconnect();
    await second.until(() => isClaimed(two) === null);
    expect(await second.send('moderation:claim', { commentId: live.writer.member.id })).toMatchObject({
      ok: false,
      error: { code: 'comment_not_found' },
    });
    const reader = await live.connect({ token: live.reader.token });
    expect(await reader.send('moderation:claim', { commentId: one.id })).toMatchObject({
      ok: false,
      error: { code: 'forbidden' },
    });
  });

  it('ends with the role: whoever moderates no more hears no more', async () => {
    const former = await live.forum.member('former', ['moderator']);
    const [joined, former_] = [
      await live.connect({ token: moderator.token }),
      await live.connect({ token: former.token }),
    ];
    for (const socket of [joined, former_]) await socket.ask('moderation:join', {});
    const admin = await live.forum.admin();
    await live.forum.done('PUT', `/api/v1/members/${former.member.id}/roles`, {
      token: admin.token,
      body: { roles: ['member'] },
    });
    await report(await live.forum.comment(live.writer, postId));
    await joined.until(() => joined.of('moderation:changes').length > 0);
    expect(former_.of('moderation:changes')).toEqual([]);
  });

  it('puts out whoever is banned, at once, and lets nothing of it in again', async () => {
    const member = await live.forum.member('banned-live');
    const socket = await live.connect({ token: member.token });
    await socket.ask('thread:join', { postId });
    await live.forum.done('POST', `/api/v1/members/${member.member.id}/sanctions`, {
      token: moderator.token,
      body: { kind: 'ban', reason: 'spam' },
    });
    await socket.until(() => !socket.io.connected);
    socket.io.connect();
    await expect(socket.connected()).rejects.toMatchObject({ code: 'banned' });
  });
});
