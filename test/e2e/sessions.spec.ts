import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { OwnSession, Page, Session } from '../../libs/client/index.ts';
import { isRecord } from '../../libs/kernel/index.ts';
import { PASSWORD } from '../support/forum-caller.ts';
import { type LiveForum, startLiveForum } from '../support/live-forum.ts';

const DAY_MS = 86_400_000;
let live: LiveForum;
let postId: string;
beforeAll(async () => {
  live = await startLiveForum();
  postId = await live.post();
});
afterEach(() => {
  jest.restoreAllMocks();
  live.closeSockets();
});
afterAll(() => live.forum.close());

function signIn(login: string, userAgent = 'curl/8.5.0'): Promise<Session> {
  const body = { login, password: PASSWORD };
  return live.forum.done('POST', '/api/v1/sessions', { body, headers: { 'user-agent': userAgent } });
}
const list = (token: string): Promise<Page<OwnSession>> => live.forum.done('GET', '/api/v1/sessions', { token });
const me = async (token: string): Promise<number> =>
  (await live.forum.call('GET', '/api/v1/members/me', { token })).status;

/** The session's id, which its token carries. */
function idOf(token: string): string {
  const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  return isRecord(claims) ? String(claims['sid']) : '';
}

async function joined(token: string) {
  const socket = await live.connect({ token });
  socket.io.io.reconnection(false);
  await socket.ask('thread:join', { postId });
  return socket;
}

describe('the sessions of a member', () => {
  test('are its devices, newest first, with the present one marked', async () => {
    const { token } = await live.forum.member('owner');
    const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';
    const other = await signIn('owner', firefox);
    const today = new Date().toISOString().slice(0, 10);
    expect(await list(token)).toEqual({
      items: [
        {
          id: idOf(other.token),
          current: false,
          way: 'password',
          device: 'Firefox 145, Linux',
          openedAt: expect.any(String),
          lastSeenOn: today,
          expiresAt: expect.any(String),
        },
        expect.objectContaining({ id: idOf(token), current: true, way: 'password' }),
      ],
      next: null,
    });
    const page = await live.forum.done<Page<OwnSession>>('GET', '/api/v1/sessions?limit=1', { token });
    expect(page.items).toHaveLength(1);
    const rest = await live.forum.done<Page<OwnSession>>('GET', `/api/v1/sessions?cursor=${page.next}`, { token });
    expect(rest.items.map(({ id }) => id)).toEqual([idOf(token)]);
  });

  test('are one for a browser that signs in again', async () => {
    const { token } = await live.forum.member('returning');
    const body = { login: 'returning', password: PASSWORD };
    const again = await live.forum.done<Session>('POST', '/api/v1/sessions', {
      body,
      headers: { cookie: `colloquy_session=${token}` },
    });
    expect((await list(again.token)).items.map(({ id }) => id)).toEqual([idOf(again.token)]);
    expect(await me(token)).toBe(401);
  });

  test('are not those of others, who can end none of them', async () => {
    const [one, other] = [await live.forum.member('one'), await live.forum.member('other')];
    const path = `/api/v1/sessions/${idOf(one.token)}`;
    expect(await live.forum.call('DELETE', path, { token: other.token })).toMatchObject({
      status: 404,
      body: { code: 'session_not_found' },
    });
    await live.forum.call('DELETE', '/api/v1/sessions', { token: other.token });
    expect([await me(one.token), await me(other.token)]).toEqual([200, 200]);
    expect((await list(other.token)).items.map(({ id }) => id)).toEqual([idOf(other.token)]);
  });

  test('end one by one, with their live connections', async () => {
    const { token } = await live.forum.member('closes-one');
    const other = await signIn('closes-one');
    const [socket, own] = [await joined(other.token), await joined(token)];
    const path = `/api/v1/sessions/${idOf(other.token)}`;
    expect((await live.forum.call('DELETE', path, { token })).status).toBe(204);
    await socket.until(() => !socket.io.connected);
    expect([await me(other.token), await me(token), own.io.connected]).toEqual([401, 200, true]);
    expect((await list(token)).items.map(({ id }) => id)).toEqual([idOf(token)]);
    expect((await live.forum.call('DELETE', path, { token })).status).toBe(204);
  });

  test('end all at once but the one that asks, with their live connections', async () => {
    const { token } = await live.forum.member('closes-all');
    const others = [await signIn('closes-all'), await signIn('closes-all')];
    const sockets = [];
    for (const other of others) sockets.push(await joined(other.token));
    const own = await joined(token);
    expect((await live.forum.call('DELETE', '/api/v1/sessions', { token })).status).toBe(204);
    for (const socket of sockets) await socket.until(() => !socket.io.connected);
    for (const other of others) expect(await me(other.token)).toBe(401);
    expect([await me(token), own.io.connected]).toEqual([200, true]);
    const later = await signIn('closes-all');
    expect([await me(later.token), await me(token)]).toEqual([200, 200]);
  });

  test('end with the present one when it is named, like signing out', async () => {
    const { token } = await live.forum.member('closes-own');
    expect((await live.forum.call('DELETE', `/api/v1/sessions/${idOf(token)}`, { token })).status).toBe(204);
    expect(await me(token)).toBe(401);
  });

  test('end all at once by an admin, with their live connections, and by nobody else', async () => {
    const admin = await live.forum.admin();
    const { member, token } = await live.forum.member('lost-a-phone');
    const [other, stranger] = [await signIn('lost-a-phone'), await live.forum.member()];
    const sockets = [await joined(token), await joined(other.token)];
    const path = `/api/v1/members/${member.id}/sessions`;
    for (const by of [stranger.token, token])
      expect(await live.forum.call('DELETE', path, { token: by })).toMatchObject({ status: 403 });
    expect((await live.forum.call('DELETE', path, { token: admin.token })).status).toBe(204);
    for (const socket of sockets) await socket.until(() => !socket.io.connected);
    expect([await me(token), await me(other.token), await me(admin.token)]).toEqual([401, 401, 200]);
    const again = await signIn('lost-a-phone');
    expect((await list(again.token)).items.map(({ id }) => id)).toEqual([idOf(again.token)]);
    const query = `type=MemberSessionsEnded.v1&stream=member-${member.id}`;
    const log = await live.forum.done<Page<object>>('GET', `/api/v1/audit/events?${query}`, { token: admin.token });
    expect(log.items).toEqual([
      expect.objectContaining({ actor: admin.member.id, data: { memberId: member.id, except: null } }),
    ]);
  });

  test("end by the button on the member's page, which admins alone have", async () => {
    const admin = await live.forum.admin();
    const { member, token } = await live.forum.member('lost-a-laptop');
    const pageFor = async (by: string): Promise<string> => {
      const headers = { cookie: `colloquy_session=${by}` };
      return String((await live.forum.call('GET', '/members/lost-a-laptop', { headers })).body);
    };
    const action = `action="/admin/members/${member.id}/sessions"`;
    expect(await pageFor(admin.token)).toContain(action);
    expect(await pageFor(token)).not.toContain(action);
    const pressed = await live.forum.call('POST', `/admin/members/${member.id}/sessions`, {
      headers: {
        cookie: `colloquy_session=${admin.token}`,
        origin: live.forum.url,
        'content-type': 'application/x-www-form-urlencoded',
      },
      raw: 'back=%2Fmembers%2Flost-a-laptop',
    });
    expect([pressed.status, pressed.headers.get('location')]).toEqual([
      303,
      expect.stringMatching(/^\/members\/lost-a-laptop\?done=sessionsEnded/),
    ]);
    expect(await me(token)).toBe(401);
  });

  test('end with a new password, whose session is a new one', async () => {
    const { token } = await live.forum.member('changes');
    await signIn('changes');
    const body = { password: 'another long password', currentPassword: PASSWORD };
    await live.forum.done('PATCH', '/api/v1/members/me', { token, body });
    const again = await live.forum.signIn('changes', 'another long password');
    expect((await list(again.token)).items.map(({ way }) => way)).toEqual(['password', 'new-password']);
  });

  test('say on which day each was used last, by one event a day', async () => {
    const { token } = await live.forum.member('comes-back');
    const tomorrow = Date.now() + DAY_MS;
    jest.spyOn(Date, 'now').mockReturnValue(tomorrow);
    for (let n = 0; n < 5; n += 1) expect(await me(token)).toBe(200);
    const day = new Date(tomorrow).toISOString().slice(0, 10);
    const seen = async (): Promise<number> => {
      const admin = await live.forum.admin();
      const query = `type=SessionSeen.v1&stream=session-${idOf(token)}`;
      const { items } = await live.forum.done<Page<object>>('GET', `/api/v1/audit/events?${query}`, {
        token: admin.token,
      });
      return items.length;
    };
    while ((await list(token)).items[0]?.lastSeenOn !== day) await new Promise(setImmediate);
    expect(await me(token)).toBe(200);
    expect(await seen()).toBe(1);
  });
});
