import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { LiveThreads } from '../../src/api/live/live-threads.ts';
import { type LiveForum, startLiveForum } from '../support/live-forum.ts';
import type { TestSocket } from '../support/live-socket.ts';
import { newId } from '../support/running-forum.ts';

let live: LiveForum;

beforeAll(async () => {
  live = await startLiveForum();
});
afterEach(() => live.closeSockets());
afterAll(() => live.forum.close());

const last = (socket: TestSocket) => socket.of('thread:presence').at(-1);

describe('presence', () => {
  it('counts members once however many sockets they have, and everybody else by socket', async () => {
    const postId = await live.post();
    const sockets = [
      await live.connect({ token: live.writer.token }),
      await live.connect({ token: live.writer.token }),
      await live.connect(),
      await live.connect(),
    ];
    for (const socket of sockets) await socket.ask('thread:join', { postId });
    for (const socket of sockets) await socket.until(() => last(socket)?.readers === 3);
    sockets.at(0)?.close();
    sockets.at(2)?.close();
    const watcher = sockets.at(3);
    await watcher?.until(() => watcher !== undefined && last(watcher)?.readers === 2);

    expect(watcher && last(watcher)).toEqual({ postId, readers: 2, typing: [] });
  });

  it('names who is writing until the comment is there', async () => {
    const postId = await live.post();
    const [writer, reader] = [await live.connect({ token: live.writer.token }), await live.connect()];
    for (const socket of [writer, reader]) await socket.ask('thread:join', { postId });
    expect(await writer.send('thread:typing', { postId })).toEqual({ ok: true });
    await reader.until(() => last(reader)?.typing.length === 1);
    expect(last(reader)).toEqual({ postId, readers: 2, typing: ['Name of writer'] });

    await writer.ask('comment:post', { id: newId(), postId, body: 'There.' });
    await reader.until(() => last(reader)?.typing.length === 0);
  });

  it.each<[string, (postId: string) => readonly [string, string, object]]>([
    ['withdrawn', (postId) => ['POST', `/api/v1/posts/${postId}/withdraw`, {}]],
    ['scheduled again', (postId) => ['PATCH', `/api/v1/posts/${postId}`, { publishAt: '2999-01-01T00:00:00Z' }]],
  ])('is over for whoever reads a post that is %s', async (_, change) => {
    const postId = await live.post();
    const { token } = await live.forum.member(`editor-of-${postId.slice(0, 8)}`, ['editor']);
    const [writer, reader] = [await live.connect({ token: live.writer.token }), await live.connect()];
    for (const socket of [writer, reader]) await socket.ask('thread:join', { postId });
    await writer.ask('thread:typing', { postId });
    await reader.until(() => last(reader)?.typing.length === 1);
    const [method, path, body] = change(postId);
    await live.forum.done(method, path, { token, body });
    await reader.until(() => reader.of('thread:changes').some(({ reload }) => reload === true));

    expect(live.forum.forum.app.get(LiveThreads, { strict: false }).socketsOf(postId).size).toBe(0);
    const refused = { ok: false, error: { code: 'post_not_found' } };
    expect(await writer.send('thread:typing', { postId })).toMatchObject(refused);
    expect(await writer.send('thread:join', { postId })).toMatchObject(refused);
  });

  it('names nobody who may not take part, and keeps the name that others know such a member by', async () => {
    const postId = await live.post();
    const suspended = await live.forum.member('suspended-one', ['editor']);
    const moderator = await live.forum.member('suspending-one', ['moderator']);
    const [writer, reader] = [await live.connect({ token: suspended.token }), await live.connect()];
    for (const socket of [writer, reader]) await socket.ask('thread:join', { postId });
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const { token } = suspended;
    await live.forum.done('POST', `/api/v1/members/${suspended.member.id}/sanctions`, {
      token: moderator.token,
      body: { kind: 'suspension', until, reason: 'abuse' },
    });

    const refused = { ok: false, error: { code: 'suspended' } };
    expect(await writer.send('thread:typing', { postId })).toMatchObject(refused);
    const others = await live.connect();
    await others.ask('thread:join', { postId });
    await reader.until(() => last(reader)?.readers === 3);
    expect(reader.of('thread:presence').flatMap(({ typing }) => typing)).toEqual([]);

    const change = (body: object) => live.forum.call('PATCH', '/api/v1/members/me', { token, body });
    expect(await change({ displayName: 'An insult' })).toMatchObject({ status: 403, body: { code: 'suspended' } });
    expect(await change({ displayName: 'Name of suspended-one', locale: 'vi' })).toMatchObject({ status: 200 });
    const password = 'another long password';
    expect(await change({ password, currentPassword: 'correct horse battery' })).toMatchObject({ status: 200 });
    const again = await live.forum.signIn('suspended-one', password);
    const post = { title: 'A post', body: 'An insult' };
    expect(await live.forum.call('POST', '/api/v1/posts', { token: again.token, body: post })).toMatchObject({
      status: 403,
      body: { code: 'suspended' },
    });
  });

  it('forgets who writes no more after six seconds, and who went away', async () => {
    const postId = await live.post();
    const [writer, reader] = [await live.connect({ token: live.writer.token }), await live.connect()];
    await reader.ask('thread:join', { postId });
    const started = Date.now();
    await writer.ask('thread:typing', { postId });
    await reader.until(() => last(reader)?.typing.length === 1);
    await reader.until(() => last(reader)?.typing.length === 0);
    expect(Date.now() - started).toBeGreaterThan(5_900);

    await writer.ask('thread:join', { postId });
    await writer.ask('thread:typing', { postId });
    await reader.until(() => last(reader)?.typing.length === 1);
    writer.close();
    await reader.until(() => last(reader)?.typing.length === 0 && last(reader)?.readers === 1);
  }, 20_000);

  it('is told once a second at most, however many come', async () => {
    const postId = await live.post();
    const watcher = await live.connect();
    const told: number[] = [];
    watcher.io.on('thread:presence', () => told.push(Date.now()));
    await watcher.ask('thread:join', { postId });
    for (let count = 0; count < 20; count += 1) await (await live.connect()).ask('thread:join', { postId });
    await watcher.until(() => last(watcher)?.readers === 21);

    // One may arrive late on a busy machine; all together they take their seconds.
    const [first = 0] = told;
    expect((told.at(-1) ?? 0) - first).toBeGreaterThan((told.length - 1) * 1_000 - 500);
  });
});
