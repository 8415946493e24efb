import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Comment, CommentPage, LogEntry, ModerationCase, QueueItem, Revision } from '../../libs/client/index.ts';
import type { Answer, TestMember } from '../support/forum-caller.ts';
import { changesOf, type LiveForum, startLiveForum } from '../support/live-forum.ts';

let live: LiveForum;
let moderator: TestMember;
let author: TestMember;
let postId: string;

beforeAll(async () => {
  live = await startLiveForum();
  moderator = await live.forum.member('the-moderator', ['moderator']);
  author = await live.forum.member('author');
  postId = await live.post();
});
afterEach(() => live.closeSockets());
afterAll(() => live.forum.close());

const rule = (comment: Comment, action: string) =>
  live.forum.done('POST', `/api/v1/comments/${comment.id}/decisions`, {
    token: moderator.token,
    body: { action, revision: comment.revision },
  });
const hidden = async (action: string): Promise<Comment> => {
  const comment = await live.forum.comment(author, postId, { body: `To ${action}` });
  await rule(comment, action);
  return comment;
};
const asked = (method: string, { id }: Comment, { token }: TestMember): Promise<Answer> =>
  live.forum.call(method, `/api/v1/comments/${id}`, { token });
const seenBy = ({ token }: TestMember) =>
  live.forum.done<CommentPage>('GET', `/api/v1/posts/${postId}/comments`, { token });
const removed = { status: 'removed', body: null, bodyHtml: null, author: null };
const notFound = { status: 404, body: expect.objectContaining({ code: 'comment_not_found' }) };

describe.each([
  ['held', 'hold'],
  ['rejected', 'reject'],
] as const)('a comment that is %s', (list, action) => {
  it('is removed by its author, and gone for everybody but moderators', async () => {
    const before = await seenBy(live.reader);
    const comment = await hidden(action);
    const [moderators, reader] = [
      await live.connect({ token: moderator.token }),
      await live.connect({ token: live.reader.token }),
    ];
    await moderators.ask('moderation:join', {});
    const { position } = await live.forum.thread(postId);
    await reader.ask('thread:join', { postId, after: position });

    const answer = await asked('DELETE', comment, author);
    expect(answer).toMatchObject({ status: 200, body: { id: comment.id, ...removed } });
    expect(await asked('DELETE', comment, author)).toMatchObject({ status: 200, body: answer.body });
    for (const one of [author, live.reader]) {
      expect(await asked('GET', comment, one)).toMatchObject(notFound);
      expect(await seenBy(one)).toMatchObject({ total: before.total, items: before.items });
    }
    expect(await asked('DELETE', comment, live.reader)).toMatchObject(notFound);

    await moderators.until(() => moderators.of('moderation:changes').length > 0);
    expect(moderators.of('moderation:changes').at(-1)).toMatchObject({
      counts: { reported: 0, held: 0, rejected: 0 },
      changes: [{ commentId: comment.id, list: null, item: null }],
    });
    const queue = await live.forum.done<{ items: QueueItem[] }>('GET', `/api/v1/moderation/queue?list=${list}`, {
      token: moderator.token,
    });
    expect(queue.items).toEqual([]);
    const marker = await live.forum.comment(live.writer, postId);
    await reader.until(() => changesOf(reader).some((change) => change.comment?.id === marker.id));
    expect(JSON.stringify(reader.frames)).not.toContain(comment.id);
  });

  it('tells moderators what became of it', async () => {
    const comment = await hidden(action);
    await asked('DELETE', comment, author);
    const { token } = moderator;
    const found = await live.forum.done<ModerationCase>('GET', `/api/v1/moderation/cases/${comment.id}`, { token });
    expect(found).toMatchObject({
      list: null,
      comment: { status: 'removed', body: `To ${action}`, author: { handle: 'author' } },
      decisions: [{ action }],
    });
    const history = await live.forum.done<Revision[]>('GET', `/api/v1/comments/${comment.id}/history`, { token });
    expect(history.at(-1)).toMatchObject({ kind: 'removed', by: { handle: 'author' } });
    const path = `/api/v1/moderation/log?commentId=${comment.id}`;
    const { items } = await live.forum.done<{ items: LogEntry[] }>('GET', path, { token });
    expect(items.map(({ kind }) => kind)).toEqual(['removed-by-author', 'decision']);
    const page = await live.forum.call('GET', `/moderation/cases/${comment.id}`, {
      headers: { cookie: `colloquy_session=${token}` },
    });
    expect(page.status).toBe(200);
    expect(String(page.body)).toContain(`To ${action}`);
  });

  it('is removed on its page without a script', async () => {
    const comment = await hidden(action);
    const headers = {
      cookie: `colloquy_session=${author.token}`,
      'content-type': 'application/x-www-form-urlencoded',
    };
    const sent = await live.forum.call('POST', `/comments/${comment.id}/remove`, { headers, raw: '' });
    expect(sent.status).toBe(303);
    expect(await asked('GET', comment, moderator)).toMatchObject({ body: { status: 'removed' } });
  });
});

it('what a moderator removed before readers saw it is not there for its author to remove', async () => {
  const comment = await hidden('hold');
  await rule({ ...comment, revision: 1 }, 'remove');
  expect(await asked('DELETE', comment, author)).toMatchObject(notFound);
  expect(await asked('GET', comment, moderator)).toMatchObject({ body: { status: 'removed', revision: 2 } });
});
