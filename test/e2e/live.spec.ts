import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { changesOf, edit, type LiveForum, react, remove, startLiveForum } from '../support/live-forum.ts';
import { newId } from '../support/running-forum.ts';

let live: LiveForum;

beforeAll(async () => {
  live = await startLiveForum();
});
afterEach(() => live.closeSockets());
afterAll(() => live.forum.close());

describe('a thread that is followed', () => {
  it('given two readers, shows each the other one’s posts, edits, removals and reactions', async () => {
    const { forum, writer, reader } = live;
    const postId = await live.post();
    const [first, second] = [await live.connect({ token: writer.token }), await live.connect({ token: reader.token })];
    await first.ask('thread:join', { postId });
    await second.ask('thread:join', { postId });

    const posted = await first.ask('comment:post', { id: newId(), postId, body: 'First.' });
    await second.until(() => changesOf(second).length === 1);
    const edited = await edit(forum, writer, posted.comment, 'First, edited.');
    await second.until(() => changesOf(second).length === 2);
    const liked = await react(forum, reader, edited);
    await second.until(() => changesOf(second).length === 3);
    const removed = await remove(forum, writer, liked);
    await second.until(() => changesOf(second).length === 4);

    expect(changesOf(second)).toEqual([
      { position: posted.position, at: posted.comment.createdAt, kind: 'comment-posted', comment: posted.comment },
      { position: edited.position, at: edited.editedAt, kind: 'comment-edited', comment: edited },
      { position: expect.any(String), at: expect.any(String), kind: 'reaction-changed', comment: liked },
      { position: removed.position, at: expect.any(String), kind: 'comment-removed', comment: removed },
    ]);
    await first.until(() => changesOf(first).length === 4);
    expect(changesOf(first)).toEqual(changesOf(second));
  });

  it('takes the longest comment, and says of one that is up to twice as long that its body is', async () => {
    const postId = await live.post();
    const socket = await live.connect({ token: live.writer.token });
    const body = '😀'.repeat(10_000);
    const { comment } = await socket.ask('comment:post', { id: newId(), postId, body });
    expect(comment.body).toBe(body);
    for (const long of ['x'.repeat(10_001), '😀'.repeat(20_000), 'x'.repeat(200_000)]) {
      expect(await socket.send('comment:post', { id: newId(), postId, body: long })).toMatchObject({
        ok: false,
        error: { code: 'invalid', detail: expect.stringMatching(/^body /) },
      });
    }
    expect(socket.io.connected).toBe(true);
  });

  it('tells of the discussion too', async () => {
    const postId = await live.post();
    const socket = await live.connect();
    await socket.ask('thread:join', { postId });
    const body = { state: 'read-only', slowModeSeconds: 30 };
    await live.forum.done('PUT', `/api/v1/posts/${postId}/discussion`, { token: live.editor.token, body });
    await socket.until(() => changesOf(socket).length === 1);

    expect(changesOf(socket)).toMatchObject([
      { kind: 'discussion-changed', discussion: { state: 'read-only', slowModeSeconds: 30, pinnedCommentId: null } },
    ]);
  });

  it('given a reader who comes back, answers what was missed, in order, and then goes on', async () => {
    const { forum, writer } = live;
    const postId = await live.post();
    const first = await forum.comment(writer, postId, { body: 'Before.' });
    const { position } = await forum.thread(postId);
    const second = await forum.comment(writer, postId, { body: 'Meanwhile.' });
    const third = await edit(forum, writer, first, 'Changed meanwhile.');
    const socket = await live.connect();
    const joined = await socket.ask('thread:join', { postId, after: position });
    const fourth = await forum.comment(writer, postId, { body: 'Later.' });
    await socket.until(() => changesOf(socket).length === 1);

    expect(joined).toEqual({
      ok: true,
      position: third.position,
      reload: false,
      total: 2,
      hidden: 0,
      visible: 2,
      changes: [
        expect.objectContaining({ kind: 'comment-posted', position: second.position, comment: second }),
        expect.objectContaining({ kind: 'comment-edited', position: third.position, comment: third }),
      ],
    });
    expect(changesOf(socket)).toMatchObject([{ kind: 'comment-posted', position: fourth.position }]);
  });

  it('given a reader who begins now, answers where the thread stands and no changes', async () => {
    const postId = await live.post();
    const comment = await live.forum.comment(live.writer, postId);
    const socket = await live.connect();

    const joined = await socket.ask('thread:join', { postId });
    expect(joined).toEqual({
      ok: true,
      position: expect.any(String),
      changes: [],
      reload: false,
      total: 1,
      hidden: 0,
      visible: 1,
    });
    expect(BigInt(joined.position)).toBeGreaterThanOrEqual(BigInt(comment.position));
  });

  it('given a reader who missed more than a thousand changes, asks to read the thread anew', async () => {
    const { forum, writer } = live;
    const postId = await live.post();
    const { position } = await forum.thread(postId);
    const comment = await forum.comment(writer, postId);
    const wishes = Array.from({ length: 1_000 }, (_, index) => ({ parentId: comment.id, body: `Answer ${index}` }));
    for (let at = 0; at < wishes.length; at += 100) {
      await Promise.all(wishes.slice(at, at + 100).map((wish) => forum.comment(writer, postId, wish)));
    }
    const socket = await live.connect();
    const all = await socket.ask('thread:join', { postId, after: comment.position });
    const tooMany = await socket.ask('thread:join', { postId, after: position });

    expect(all.changes).toHaveLength(1_000);
    expect(all.reload).toBe(false);
    expect(tooMany).toEqual({
      ok: true,
      position: all.position,
      changes: [],
      reload: true,
      total: 1_001,
      hidden: 0,
      visible: 1_001,
    });
  }, 30_000);

  it('given a post that is withdrawn, tells readers to read anew, and goes on once it is brought back', async () => {
    const postId = await live.post();
    const socket = await live.connect();
    await socket.ask('thread:join', { postId });
    await live.forum.done('POST', `/api/v1/posts/${postId}/withdraw`, { token: live.editor.token, body: {} });
    await socket.until(() => socket.of('thread:changes').length === 1);

    expect(socket.of('thread:changes')).toEqual([{ postId, changes: [], reload: true, position: expect.any(String) }]);
    expect(await socket.send('thread:join', { postId })).toMatchObject({
      ok: false,
      error: { code: 'post_not_found' },
    });
    await live.forum.done('POST', `/api/v1/posts/${postId}/bring-back`, { token: live.editor.token, body: {} });
    expect(await socket.send('thread:join', { postId })).toMatchObject({ ok: true });
    const comment = await live.forum.comment(live.writer, postId);
    await socket.until(() => socket.of('thread:changes').length === 2);
    expect(changesOf(socket)).toMatchObject([{ kind: 'comment-posted', comment: { id: comment.id } }]);
  });

  it('given one who left, sends nothing more', async () => {
    const postId = await live.post();
    const [stays, leaves] = [await live.connect(), await live.connect()];
    for (const socket of [stays, leaves]) await socket.ask('thread:join', { postId });
    expect(await leaves.send('thread:leave', { postId })).toEqual({ ok: true });
    await live.forum.comment(live.writer, postId);
    await stays.until(() => changesOf(stays).length === 1);
    // Whatever was sent to the socket before this answer has arrived with it.
    await leaves.ask('thread:leave', { postId });
    expect(changesOf(leaves)).toEqual([]);
  });

  it('reaches readers by polling as by websocket', async () => {
    const postId = await live.post();
    const socket = await live.connect({ transports: ['polling'] });
    await socket.ask('thread:join', { postId });
    const comment = await live.forum.comment(live.writer, postId);
    await socket.until(() => changesOf(socket).length === 1);

    expect(changesOf(socket)).toMatchObject([{ kind: 'comment-posted', position: comment.position, comment }]);
  });
});

describe('a comment that is posted over the socket', () => {
  it('given the same id again, over the socket and over HTTP, is posted once and answered the same', async () => {
    const { forum, writer } = live;
    const postId = await live.post();
    const socket = await live.connect({ token: writer.token });
    const wish = { id: newId(), postId, body: 'Only once.' };
    const [first, second] = await Promise.all([socket.ask('comment:post', wish), socket.ask('comment:post', wish)]);
    const { id, body } = wish;
    const overHttp = await forum.done('POST', `/api/v1/posts/${postId}/comments`, {
      token: writer.token,
      body: { id, body },
    });

    expect(first).toEqual({
      ok: true,
      comment: expect.objectContaining({ id, body, postId, parentId: null }),
      position: first.comment.position,
    });
    expect(second).toEqual(first);
    expect({ ok: true, ...Object(overHttp) }).toEqual(first);
    expect((await forum.thread(postId)).items).toEqual([first.comment]);
  });

  it('given the same id with another text or author, is a conflict', async () => {
    const postId = await live.post();
    const [writer, reader] = [
      await live.connect({ token: live.writer.token }),
      await live.connect({ token: live.reader.token }),
    ];
    const wish = { id: newId(), postId, body: 'Mine.' };
    await writer.ask('comment:post', wish);

    const taken = { ok: false, error: expect.objectContaining({ code: 'id_taken' }) };
    expect(await writer.send('comment:post', { ...wish, body: 'Other.' })).toEqual(taken);
    expect(await reader.send('comment:post', wish)).toEqual(taken);
  });

  it('given an answer right behind what it answers, takes both', async () => {
    const postId = await live.post();
    const socket = await live.connect({ token: live.writer.token });
    const [parentId, id] = [newId(), newId()];
    await socket.ask('comment:post', { id: parentId, postId, body: 'A question?' });
    const { comment } = await socket.ask('comment:post', { id, postId, parentId, body: 'An answer.' });

    expect(comment).toMatchObject({ id, parentId, depth: 1 });
  });

  it('given rules that say no, is refused with their code', async () => {
    const postId = await live.post();
    const socket = await live.connect({ token: live.writer.token });
    const refused = async (wish: object) => socket.send('comment:post', { id: newId(), postId, body: 'x', ...wish });
    const error = (code: string) => ({
      ok: false,
      error: expect.objectContaining({ code, detail: expect.any(String) }),
    });

    expect(await refused({ postId: newId() })).toEqual(error('post_not_found'));
    expect(await refused({ parentId: newId() })).toEqual(error('parent_not_found'));
    const other = await live.forum.comment(live.writer, await live.post());
    expect(await refused({ parentId: other.id })).toEqual(error('parent_in_other_post'));
    await live.forum.done('PUT', `/api/v1/posts/${postId}/discussion`, {
      token: live.editor.token,
      body: { state: 'closed' },
    });
    expect(await refused({})).toEqual(error('discussion_closed'));
    expect((await live.forum.thread(postId)).items).toEqual([]);
  });
});
