import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ROLES } from '../../libs/words/index.ts';
import { isAllowed, PERMISSIONS } from '../../src/permissions.ts';
import { type LiveForum, startLiveForum } from '../support/live-forum.ts';
import { newId } from '../support/running-forum.ts';

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

  it('takes the forum’s cookie, and is a reader’s by one that a foreign page sends along, as without one', async () => {
    const cookie = `other=1; colloquy_session=${live.writer.token}`;
    const own = await live.connect({ headers: { cookie, origin: live.forum.url } });
    const wish = { id: newId(), postId: await live.post(), body: 'By cookie.' };
    expect(await own.send('comment:post', wish)).toMatchObject({ ok: true, comment: { author: { handle: 'writer' } } });

    for (const origin of ['https://elsewhere.example', 'null', `${live.forum.url}.elsewhere.example`]) {
      const answers: unknown[] = [];
      for (const headers of [{ cookie, origin }, { origin }]) {
        const foreign = await live.connect({ headers });
        answers.push(await foreign.send('comment:post', { ...wish, id: newId() }));
      }
      expect(answers).toEqual([0, 1].map(() => ({ ok: false, error: refused('unauthenticated') })));
    }
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

describe('a page of another origin, by the cookie of a member', () => {
  const neighbour = { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' };
  const elsewhere = { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' };
  const polling = '/socket.io/?EIO=4&transport=polling';
  const ask = async (path: string, headers: Readonly<Record<string, string>>, sent?: string) => {
    const cookie = `colloquy_session=${live.writer.token}`;
    const method = sent === undefined ? {} : { method: 'POST', body: sent };
    const answer = await fetch(live.forum.url + path, { headers: { cookie, ...headers }, ...method });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
  const SAFE = {
    'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  };
  const isSafe = (headers: Headers) => Object.entries(SAFE).every(([name, value]) => headers.get(name) === value);

  it('gets no script for an answer, nor does anybody', async () => {
    for (const headers of [neighbour, { origin: live.forum.url }, {}]) {
      for (const more of ['&j=0', '&j', '&j=', '&%6a=0', '&j=0&sid=x', '&sid=x&j=1']) {
        const answer = await ask(`${polling}${more}`, headers);
        expect({ more, status: answer.status, text: answer.text }).toEqual({
          more,
          status: 400,
          text: expect.stringContaining('"code":"malformed"'),
        });
      }
    }
  });

  it('opens no connection, and goes on with none that the member opened', async () => {
    for (const headers of [
      neighbour,
      elsewhere,
      { origin: 'null' },
      { ...neighbour, 'sec-fetch-site': 'cross-site' },
    ]) {
      expect(await ask(polling, headers)).toMatchObject({
        status: 403,
        text: expect.stringContaining('foreign_origin'),
      });
    }
    const own = { 'sec-fetch-site': 'same-origin' };
    const opened = await ask(polling, own);
    const going = `${polling}&sid=${JSON.parse(opened.text.slice(1)).sid}`;
    expect((await ask(going, { origin: live.forum.url }, '40/live,')).status).toBe(200);
    expect((await ask(going, own)).text).toMatch(/^40\/live,/);
    const postId = await live.post();
    const wish = `42/live,0${JSON.stringify(['comment:post', { id: newId(), postId, body: 'By a neighbour.' }])}`;

    const sent = [await ask(going, elsewhere, wish), await ask(going, neighbour, wish), await ask(going, neighbour)];

    expect(sent.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect((await live.forum.thread(postId)).items).toEqual([]);
    expect((await ask(going, { origin: live.forum.url }, wish)).status).toBe(200);
    expect((await ask(going, own)).text).toContain('"ok":true');
  });

  it('is told by every answer to load none of it', async () => {
    const opened = await ask(polling, {});
    const going = `${polling}&sid=${JSON.parse(opened.text.slice(1)).sid}`;
    const answers = [
      opened,
      await ask(going, {}, '40/live,'),
      await ask(going, {}),
      await ask(`${polling}&sid=unknown`, {}),
      await ask(`${polling}&j=0`, {}),
      await ask(polling, neighbour),
      await ask(going, {}, 'x'.repeat(2_000_000)),
    ];
    expect(answers.map(({ status, headers }) => [status, isSafe(headers)])).toEqual(
      [200, 200, 200, 400, 400, 403, 413].map((status) => [status, true]),
    );
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
