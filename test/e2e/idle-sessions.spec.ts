import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createSigner } from 'fast-jwt';
import type { Answer, TestMember } from '../support/forum-caller.ts';
import { type LiveForum, startLiveForum } from '../support/live-forum.ts';
import { newId } from '../support/running-forum.ts';

const SECRET = 'a secret of tests, at least as long as the forum asks';
const DAY_S = 86_400;
const IDLE_DAYS = 10;

let live: LiveForum;
let members = 0;

beforeAll(async () => {
  live = await startLiveForum({ SESSION_SECRET: SECRET, SESSION_IDLE_DAYS: String(IDLE_DAYS) });
});
afterEach(() => live.closeSockets());
afterAll(() => live.forum.close());

function newMember(): Promise<TestMember> {
  members += 1;
  return live.forum.member(`idle-${members}`);
}

/** A session as the forum signs them, which was last used so many days ago. */
function usedBefore({ member: { id } }: TestMember, days: number): string {
  const iat = Math.floor(Date.now() / 1000) - days * DAY_S;
  const claims = { sub: id, sid: newId(), iat, exp: iat + IDLE_DAYS * DAY_S, at: iat * 1000, pos: '1' };
  return createSigner({ key: SECRET, algorithm: 'HS256' })(claims);
}

const byCookie = (method: string, path: string, token: string) =>
  live.forum.call(method, path, { headers: { cookie: `colloquy_session=${token}` } });

function sessionCookies({ headers }: Answer): readonly string[] {
  return headers.getSetCookie().filter((cookie) => cookie.startsWith('colloquy_session='));
}

function tokenIn(answer: Answer): string {
  return /^colloquy_session=([^;]+);/.exec(sessionCookies(answer)[0] ?? '')?.[1] ?? '';
}

describe('a session that nobody uses', () => {
  it('is over after the limit, for pages and for programs', async () => {
    const token = usedBefore(await newMember(), IDLE_DAYS);
    const [page, api] = [await byCookie('GET', '/settings', token), await byCookie('GET', '/api/v1/members/me', token)];
    expect([page.status, api.status]).toEqual([303, 401]);
    expect(api.body).toMatchObject({ code: 'token_expired' });
    expect((await live.forum.call('GET', '/api/v1/members/me', { token })).body).toMatchObject({
      code: 'token_expired',
    });
  });
});

describe('a session that was used', () => {
  it('is renewed by what a page or the API answers, once in a while', async () => {
    for (const path of ['/', '/settings', '/api/v1/members/me']) {
      const answer = await byCookie('GET', path, usedBefore(await newMember(), 2));
      expect([path, answer.status, sessionCookies(answer)]).toEqual([path, 200, [expect.stringMatching(/Expires=/)]]);
      const again = await byCookie('GET', path, tokenIn(answer));
      expect([again.status, sessionCookies(again)]).toEqual([200, []]);
    }
  });

  it('is not renewed for a bearer, nor by an answer that anyone may keep', async () => {
    const token = usedBefore(await newMember(), 2);
    const page = await live.forum.call('GET', '/');
    const asset = /\/assets\/[^"]+/.exec(String(page.body))?.[0] ?? '';
    for (const path of [asset, '/api/v1/audit/tlog/tile/0/000.p/1']) {
      const answer = await byCookie('GET', path, token);
      expect([path, answer.status, answer.headers.getSetCookie()]).toEqual([path, 200, []]);
    }
    const bearer = await live.forum.call('GET', '/api/v1/members/me', { token });
    expect([bearer.status, bearer.headers.getSetCookie()]).toEqual([200, []]);
  });

  it('ends with all its tokens when it is signed out, and with its live connections', async () => {
    const token = usedBefore(await newMember(), 2);
    const socket = await live.connect({ token });
    socket.io.io.reconnection(false);
    await socket.ask('thread:join', { postId: await live.post() });
    const renewed = tokenIn(await byCookie('GET', '/', token));
    expect(renewed).not.toBe(token);

    const out = await byCookie('DELETE', '/api/v1/sessions/current', renewed);
    expect(out.status).toBe(204);
    await socket.until(() => !socket.io.connected);
    for (const ended of [token, renewed]) {
      expect((await live.forum.call('GET', '/api/v1/members/me', { token: ended })).body).toMatchObject({
        code: 'unauthenticated',
      });
    }
  });

  it('leaves no cookie when its old one signs out, and is remembered as ended for as long as it could have lasted', async () => {
    const member = await newMember();
    const out = await byCookie('DELETE', '/api/v1/sessions/current', usedBefore(member, 2));
    expect(sessionCookies(out)).toEqual([expect.stringMatching(/^colloquy_session=; /)]);

    const { store } = live.forum.forum.log;
    const ends: unknown[] = [];
    for await (const { type, data } of store.readStream(`member-${member.member.id}`)) {
      if (type === 'MemberSessionEnded.v1') ends.push(Reflect.get(Object(data), 'expiresAt'));
    }
    const lastDay = Math.round((Date.parse(String(ends[0])) - Date.now()) / (DAY_S * 1000));
    expect(lastDay).toBe(30 - 2);
  });
});
