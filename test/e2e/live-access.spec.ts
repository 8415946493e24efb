import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../libs/testing/running-forum.ts';
import { ROLES } from '../../src/domain/member/member.events.ts';
import { isAllowed, PERMISSIONS } from '../../src/permissions.ts';
import { type LiveForum, startLiveForum } from '../support/live-forum.ts';

let live: LiveForum;

beforeAll(async () => {
  live = await startLiveForum();
});
afterEach(() => live.closeSockets());
afterAll(() => live.forum.close());

const refused = (code: string) => ({ code, detail: expect.any(String) });

describe('a connection', () => {
  it('needs no account to read', async () => {
    const socket = await live.connect();
    expect(await socket.send('thread:join', { postId: await live.post() })).toMatchObject({ ok: true });
  });

  it('is refused for a bad token, saying why', async () => {
    const forged = `${live.writer.token.slice(0, -3)}abc`;
    await expect(live.connect({ token: forged })).rejects.toEqual(refused('unauthenticated'));
    await expect(live.connect({ token: '' })).rejects.toEqual(refused('unauthenticated'));
    await expect(live.connect({ token: 'x'.repeat(10_000) })).rejects.toEqual(refused('unauthenticated'));
    for (const token of [7, {}, [live.writer.token], true]) {
      await expect(live.connect({ token })).rejects.toEqual(refused('malformed'));
    }
  });

  it('takes the forum’s cookie, and refuses one that a foreign page sends along', async () => {
    const cookie = `other=1; colloquy_session=${live.writer.token}`;
    const own = await live.connect({ headers: { cookie, origin: live.forum.url } });
    const wish = { id: newId(), postId: await live.post(), body: 'By cookie.' };
    expect(await own.send('comment:post', wish)).toMatchObject({ ok: true, comment: { author: { handle: 'writer' } } });

    for (const origin of ['https://elsewhere.example', 'null', `${live.forum.url}.elsewhere.example`]) {
      await expect(live.connect({ headers: { cookie, origin } })).rejects.toEqual(refused('foreign_origin'));
    }
    await live.connect({ headers: { origin: 'https://elsewhere.example' } });
    await live.connect({ token: live.writer.token, headers: { cookie, origin: 'https://elsewhere.example' } });
  });

  it('given a cookie that has run out, is a reader’s', async () => {
    const socket = await live.connect({ headers: { cookie: 'colloquy_session=bent' } });
    const wish = { id: newId(), postId: await live.post(), body: 'x' };
    expect(await socket.send('comment:post', wish)).toMatchObject({ ok: false, error: refused('unauthenticated') });
  });

  it('loses its account when the session is signed out', async () => {
    const { token } = await live.forum.signIn('reader');
    const socket = await live.connect({ token });
    const wish = { id: newId(), postId: await live.post(), body: 'x' };
    expect(await socket.send('comment:post', wish)).toMatchObject({ ok: true });
    await live.forum.call('DELETE', '/api/v1/sessions/current', { token });

    expect(await socket.send('comment:post', { ...wish, id: newId() })).toMatchObject({
      ok: false,
      error: refused('unauthenticated'),
    });
    expect(await socket.send('thread:join', { postId: wish.postId })).toMatchObject({ ok: true });
  });

  it('is to the namespace /live alone', async () => {
    const { io } = await import('socket.io-client');
    const socket = io(live.forum.url, { transports: ['websocket'], forceNew: true, reconnection: false });
    const error = await new Promise<Error & { data?: unknown }>((resolve) => socket.once('connect_error', resolve));
    socket.close();
    expect(error.data).toEqual(refused('not_found'));
  });
});

describe('every live message', () => {
  const messages = Object.keys(PERMISSIONS).flatMap((name) =>
    name.startsWith('live ') && name !== 'live connect' ? [name.slice(5)] : [],
  );

  it.each(messages)('%s is for those whom the table of permissions names, and for nobody else', async (message) => {
    const permission = Object.entries(PERMISSIONS).find(([name]) => name === `live ${message}`)?.[1] ?? 'anyone';
    const postId = await live.post();
    for (const role of [null, ...ROLES]) {
      const member = role === null ? null : await live.forum.member(`${message.replace(':', '-')}-${role}`, [role]);
      const socket = await live.connect(member === null ? {} : { token: member.token });
      // A payload that no message takes is looked at only after the permission was given.
      const answer = await socket.send(message, { surprise: true });
      const expected = isAllowed(permission, member === null ? null : member.member.roles)
        ? refused('invalid')
        : refused(member === null ? 'unauthenticated' : 'forbidden');
      expect({ role, answer }).toEqual({ role, answer: { ok: false, error: expect.objectContaining(expected) } });
    }
    expect((await live.forum.thread(postId)).items).toEqual([]);
  });
});

describe('the limits of live', () => {
  it('are those of HTTP, counted together', async () => {
    const limited = await startLiveForum({ RATE_LIMITS: 'on' });
    try {
      const { forum, writer } = limited;
      const postId = await limited.post();
      const socket = await limited.connect({ token: writer.token });
      for (let count = 0; count < 10; count += 1) await forum.comment(writer, postId);
      for (let count = 0; count < 10; count += 1) await socket.ask('comment:post', { id: newId(), postId, body: 'x' });

      expect(await socket.send('comment:post', { id: newId(), postId, body: 'x' })).toEqual({
        ok: false,
        error: { code: 'rate_limited', detail: expect.any(String), retryAfterSeconds: expect.any(Number) },
      });
      expect(
        await forum.call('POST', `/api/v1/posts/${postId}/comments`, { token: writer.token, body: { body: 'x' } }),
      ).toMatchObject({ status: 429 });
    } finally {
      limited.closeSockets();
      await limited.forum.close();
    }
  });
});
