import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createSigner } from 'fast-jwt';
import type { Post } from '../../libs/client/index.ts';
import { ROLES, type Role } from '../../libs/words/index.ts';
import { isForPrograms } from '../../src/access/request.ts';
import { ROUTE_DOCS } from '../../src/api/http/openapi/route-docs.ts';
import { isAllowed, PERMISSIONS, type Permission } from '../../src/permissions.ts';
import type { Answer, TestMember } from '../support/forum-caller.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';

jest.setTimeout(60_000);

const SECRET = 'a secret that only this test knows, long enough';

describe('who may do what', () => {
  let forum: RunningForum;
  let post: Post;
  const members = new Map<Role, TestMember>();

  beforeAll(async () => {
    forum = await startForum({ env: { SESSION_SECRET: SECRET } });
    members.set('admin', await forum.admin());
    for (const role of ROLES) {
      if (role !== 'admin') members.set(role, await forum.member(`the-${role}`, role === 'member' ? [] : [role]));
    }
    post = await forum.publish(await forum.admin());
  });
  afterAll(() => forum.close());

  const memberWith = (role: Role): TestMember => {
    const member = members.get(role);
    if (member === undefined) throw new Error(`no member is ${role}`);
    return member;
  };

  describe('the permission table', () => {
    const table = Object.entries<Permission>(PERMISSIONS).filter(([name]) => !name.startsWith('live '));

    it('has exactly the routes that the server has', () => {
      const served = forum.forum.routes.routes.map(
        ({ method, pattern }) => `${method === 'HEAD' ? 'GET' : method} ${pattern}`,
      );
      expect([...new Set(served)].sort()).toEqual(table.map(([name]) => name).sort());
      const forPrograms = table.map(([name]) => name).filter((name) => isForPrograms(name.split(' ')[1] ?? ''));
      expect(Object.keys(ROUTE_DOCS).sort()).toEqual(forPrograms.sort());
    });

    /** The parts of a path are made up, so what is allowed ends with 404 or 400 at most, before anything changes. */
    const ask = (name: string, token?: string): Promise<Answer> => {
      const [method = '', pattern = ''] = name.split(' ');
      const path = pattern.replace(/:(\w*id)\b/gi, newId()).replace(/:(\w+)/g, 'nothing');
      const writes = method !== 'GET' && method !== 'DELETE';
      const body = writes && isForPrograms(path) ? { body: { surprise: true } } : {};
      const form =
        writes && !isForPrograms(path)
          ? { raw: 'surprise=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } }
          : {};
      return forum.call(method, path, { token, ...body, ...form });
    };

    it.each(table)('%s: nobody without an account', async (name, permission) => {
      const { status, body, headers } = await ask(name);
      const signsIn = status === 303 && (headers.get('location') ?? '').startsWith('/sign-in');
      const refused = status === 401 || signsIn;
      expect({ refused, status }).toEqual({ refused: permission !== 'anyone', status });
      if (status === 401 && isForPrograms(name.split(' ')[1] ?? '')) {
        expect(body).toMatchObject({ code: 'unauthenticated' });
        expect(headers.get('www-authenticate')).toBe('Bearer');
      }
    });

    const withRoles = table.flatMap(([name, permission]) => ROLES.map((role) => [name, role, permission] as const));
    const ending = (name: string): boolean => /^DELETE \/api\/v1\/sessions(\/current)?$|sign-out/.test(name);

    it.each(withRoles.filter(([name]) => !ending(name)))('%s: the role %s', async (name, role, permission) => {
      const answer = await ask(name, memberWith(role).token);
      const allowed = isAllowed(permission, memberWith(role).member.roles);
      expect({ forbidden: answer.status === 403, status: answer.status }).toEqual({
        forbidden: !allowed,
        status: answer.status,
      });
      expect(answer.status).not.toBe(401);
      expect(answer.status).toBeLessThan(500);
    });
  });

  describe('sessions', () => {
    const me = (headers: Readonly<Record<string, string>>): Promise<Answer> =>
      forum.call('GET', '/api/v1/members/me', { headers });
    const bearer = (token: string): Promise<Answer> => me({ authorization: `Bearer ${token}` });
    const refusedWith = (answer: Answer, code: string): void =>
      expect({ status: answer.status, body: answer.body }).toMatchObject({ status: 401, body: { code } });
    const sign = (claims: object, key = SECRET, algorithm: 'HS256' | 'HS512' = 'HS256'): string =>
      createSigner({ key, algorithm })({ ...claims });
    const claims = (): Record<string, unknown> => {
      const now = Math.floor(Date.now() / 1000);
      const sub = memberWith('member').member.id;
      return { sub, sid: newId(), iat: now, exp: now + 100, at: Date.now(), pos: '1' };
    };

    it('are opened by handle in any case or e-mail, and told with a cookie that scripts cannot read', async () => {
      const { member } = await forum.member('Anong');
      for (const login of ['Anong', 'ANONG', 'anong@example.org', 'Anong@EXAMPLE.org ']) {
        const answer = await forum.call('POST', '/api/v1/sessions', {
          body: { login, password: 'correct horse battery' },
        });
        expect({ status: answer.status, body: answer.body }).toEqual({
          status: 201,
          body: { token: expect.any(String), expiresAt: expect.any(String), member },
        });
        const cookie = answer.headers.get('set-cookie') ?? '';
        expect(cookie).toMatch(/^colloquy_session=[\w.-]+; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
        expect((await me({ cookie: cookie.split(';')[0] ?? '' })).body).toEqual(member);
      }
    });

    it('are refused in the same words for an unknown login and a wrong password', async () => {
      const wrong = [
        { login: 'the-member', password: 'not the password' },
        { login: 'nobody-here', password: 'not the password' },
        { login: 'nobody@example.org', password: 'not the password' },
      ];
      const answers = await Promise.all(wrong.map((body) => forum.call('POST', '/api/v1/sessions', { body })));
      for (const answer of answers) refusedWith(answer, 'login_failed');
      expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    });

    it('are refused when forged, malformed, expired, or of nobody', async () => {
      refusedWith(await bearer(sign(claims(), 'another secret, just as long as the right one')), 'unauthenticated');
      refusedWith(await bearer(sign(claims(), SECRET, 'HS512')), 'unauthenticated');
      refusedWith(await bearer(`${sign(claims()).slice(0, -3)}abc`), 'unauthenticated');
      refusedWith(await bearer('not.a.token'), 'unauthenticated');
      refusedWith(await bearer('x'.repeat(5_000)), 'unauthenticated');
      refusedWith(
        await bearer(`${btoa('{"alg":"none"}')}.${btoa(JSON.stringify(claims()))}.`.replaceAll('=', '')),
        'unauthenticated',
      );
      refusedWith(await bearer(sign({ ...claims(), exp: 1_000, iat: 900 })), 'token_expired');
      refusedWith(await bearer(sign({ ...claims(), sub: newId() })), 'unauthenticated');
      for (const claim of ['sub', 'sid', 'exp', 'at', 'pos']) {
        refusedWith(await bearer(sign({ ...claims(), [claim]: undefined })), 'unauthenticated');
      }
      refusedWith(await me({ authorization: 'Basic dXNlcjpwYXNz' }), 'unauthenticated');
      expect((await bearer(sign(claims()))).status).toBe(200);
    });

    it.each(['Basic dXNlcjpwYXNz', 'Bearer not.a.token', 'Bearer', 'Digest username="a"'])(
      'by a cookie alone open pages, whatever `Authorization: %s` says beside it',
      async (authorization) => {
        const { token, member } = await forum.member(`beside-${newId().slice(-12)}`);
        const cookie = `colloquy_session=${token}`;
        const asked = async (path: string, headers: Record<string, string> = {}) =>
          (await forum.call('GET', path, { headers: { authorization, ...headers } })).status;
        const open = ['/', '/archive', '/sign-in', '/register', '/embed.js', '/sw.js', '/oembed?url=x'];
        expect(await Promise.all(open.map((path) => asked(path)))).toEqual([200, 200, 200, 200, 200, 200, 404]);
        expect(await asked('/settings')).toBe(303);
        expect(await asked('/settings', { cookie })).toBe(200);
        const form = { cookie, authorization, 'content-type': 'application/x-www-form-urlencoded', origin: forum.url };
        expect((await forum.call('POST', '/settings', { headers: form, raw: 'displayName=Beside' })).status).toBe(303);
        expect((await me({ cookie })).body).toMatchObject({ id: member.id, displayName: 'Beside' });
      },
    );

    it('by a cookie count for programs too beside what a proxy asks for', async () => {
      const authorization = 'Basic dXNlcjpwYXNz';
      const { token, member } = await forum.member('behind-a-proxy');
      const cookie = `colloquy_session=${token}`;
      expect(await me({ cookie, authorization })).toMatchObject({ status: 200, body: { id: member.id } });
      const foreign = { cookie, authorization, origin: 'https://evil.example' };
      expect(await me(foreign)).toMatchObject({ status: 403, body: { code: 'foreign_origin' } });
      expect((await forum.call('GET', '/api/v1/posts', { headers: { authorization } })).status).toBe(200);
      refusedWith(await me({ cookie, authorization: 'Bearer not.a.token' }), 'unauthenticated');
    });

    it('a bad bearer is refused even where nobody needs one; a bad cookie is taken away as a page is opened', async () => {
      refusedWith(await forum.call('GET', '/api/v1/posts', { token: 'not.a.token' }), 'unauthenticated');
      const given = async (path: string, wanted?: string) => {
        const headers = { cookie: 'colloquy_session=not.a.token', ...(wanted && { 'sec-fetch-dest': wanted }) };
        const { status, headers: answered } = await forum.call('GET', path, { headers });
        return [status, answered.get('set-cookie')];
      };
      const gone = [200, expect.stringMatching(/^colloquy_session=; .*Expires=Thu, 01 Jan 1970/)];
      expect([await given('/archive'), await given('/archive', 'document')]).toEqual([gone, gone]);
      // The answer to a script may come after a sign-in in another tab.
      const stays = [200, null];
      expect([await given('/archive', 'empty'), await given('/api/v1/posts')]).toEqual([stays, stays]);
      refusedWith(await me({ cookie: 'colloquy_session=not.a.token' }), 'unauthenticated');
    });

    it('end at once by signing out, and stay ended after a restart', async () => {
      const { token } = await forum.signIn('the-member');
      expect((await bearer(token)).status).toBe(200);
      const out = await forum.call('DELETE', '/api/v1/sessions/current', { token });
      expect([out.status, out.body, out.headers.get('set-cookie')]).toEqual([
        204,
        undefined,
        expect.stringContaining('Expires=Thu, 01 Jan 1970'),
      ]);
      refusedWith(await bearer(token), 'unauthenticated');
    });

    it('all end with a new password, which needs the current one', async () => {
      const { token } = await forum.member('password-changer');
      const cookie = `colloquy_session=${(await forum.signIn('password-changer')).token}`;
      const change = (body: object) => forum.call('PATCH', '/api/v1/members/me', { headers: { cookie }, body });

      const wrong = await change({ password: 'an entirely new one', currentPassword: 'not the password' });
      const missing = await change({ password: 'an entirely new one' });
      const right = await change({ password: 'an entirely new one', currentPassword: 'correct horse battery' });

      expect([wrong, missing].map(({ status, body }) => ({ status, body }))).toMatchObject([
        { status: 400, body: { code: 'invalid', errors: [{ field: 'currentPassword', message: 'is wrong' }] } },
        { status: 400, body: { code: 'invalid', errors: [{ field: 'currentPassword', message: 'is missing' }] } },
      ]);
      expect(right.status).toBe(200);
      refusedWith(await bearer(token), 'unauthenticated');
      refusedWith(await me({ cookie }), 'unauthenticated');
      expect((await me({ cookie: (right.headers.get('set-cookie') ?? '').split(';')[0] ?? '' })).status).toBe(200);
      refusedWith(
        await forum.call('POST', '/api/v1/sessions', {
          body: { login: 'password-changer', password: 'correct horse battery' },
        }),
        'login_failed',
      );
      expect((await forum.signIn('password-changer', 'an entirely new one')).member.handle).toBe('password-changer');
    });

    it('carry the roles that the member has now', async () => {
      const { member, token } = await forum.member('soon-editor');
      const publish = () => forum.call('POST', '/api/v1/posts', { token, body: { title: 'Mine', body: 'Text' } });
      expect((await publish()).status).toBe(403);
      await forum.done('PUT', `/api/v1/members/${member.id}/roles`, {
        token: memberWith('admin').token,
        body: { roles: ['editor'] },
      });
      expect((await publish()).status).toBe(201);
    });
  });

  describe('a page of another site', () => {
    const origin = 'https://evil.example';

    it('reads nothing with the cookie of a member; a bearer and requests of no page may', async () => {
      const { token } = await forum.signIn('the-member');
      const cookie = `colloquy_session=${token}`;
      const reads = ['/api/v1/members/me', '/api/v1/posts', `/api/v1/posts/${post.id}/comments`];
      for (const path of reads) {
        const refused = await forum.call('GET', path, { headers: { cookie, origin } });
        expect({ ...refused, headers: null }).toMatchObject({ status: 403, body: { code: 'foreign_origin' } });
        const head = await forum.call('HEAD', path, { headers: { cookie, origin: 'null' } });
        const own = await forum.call('GET', path, { headers: { cookie, origin: forum.url } });
        const ofNoPage = await forum.call('GET', path, { headers: { cookie } });
        const byBearer = await forum.call('GET', path, { token, headers: { cookie, origin } });
        expect([head, own, ofNoPage, byBearer].map(({ status }) => status)).toEqual([403, 200, 200, 200]);
      }
      const page = await forum.call('GET', '/', { headers: { cookie, origin } });
      const noSession = await forum.call('GET', '/api/v1/posts', { headers: { cookie: 'theme=dark', origin } });
      expect([page.status, noSession.status]).toEqual([200, 200]);
    });

    it.each(['cross-site', 'same-site'])('is told by the browser where it sends no Origin, as %s', async (site) => {
      const { token } = await forum.signIn('the-member');
      const headers = { cookie: `colloquy_session=${token}`, 'sec-fetch-site': site };
      const path = `/api/v1/posts/${post.id}/comments`;
      expect((await forum.call('GET', '/%61pi/v1/members/me', { headers })).status).toBe(403);
      const link = { ...headers, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
      const form = { ...link, 'content-type': 'application/x-www-form-urlencoded' };

      const refused = [
        await forum.call('GET', '/api/v1/members/me', { headers }),
        await forum.call('POST', path, { headers, body: { body: 'Words' } }),
        await forum.call('POST', path, { headers: link, body: { body: 'Words' } }),
        await forum.call('POST', '/sign-in', { headers: form, raw: 'login=the-member&password=correct+horse+battery' }),
      ];

      expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
      const welcome = [
        await forum.call('GET', '/', { headers }),
        await forum.call('GET', '/', { headers: link }),
        await forum.call('GET', '/api/v1/members/me', { headers: { ...headers, 'sec-fetch-site': 'same-origin' } }),
        await forum.call('GET', '/api/v1/members/me', { token, headers: { 'sec-fetch-site': site } }),
      ];
      expect(welcome.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    });

    it('changes nothing with the cookie of a member', async () => {
      const { token } = await forum.signIn('the-member');
      const cookie = `colloquy_session=${token}`;
      const path = `/api/v1/posts/${post.id}/comments`;
      const before = await forum.forum.log.store.head();
      const send = (from: string) =>
        forum.call('POST', path, { headers: { cookie, origin: from }, body: { body: 'Words' } });

      const answers = [await send(origin), await send('null'), await send('http://127.0.0.1:1')];

      for (const answer of answers)
        expect({ ...answer, headers: null }).toMatchObject({ status: 403, body: { code: 'foreign_origin' } });
      expect(await forum.forum.log.store.head()).toBe(before);
      expect((await send(forum.url)).status).toBe(201);
      const localhost = forum.url.replace('127.0.0.1', 'localhost');
      expect(
        (
          await fetch(`${localhost}${path}`, {
            method: 'POST',
            headers: { cookie, origin: localhost, 'content-type': 'application/json' },
            body: '{"body":"x"}',
          })
        ).status,
      ).toBe(201);
    });

    it('signs nobody in by a form', async () => {
      const headers = { origin, 'content-type': 'application/x-www-form-urlencoded' };
      const answer = await forum.call('POST', '/sign-in', {
        raw: 'login=the-member&password=correct+horse+battery',
        headers,
      });
      expect([answer.status, answer.headers.get('set-cookie')]).toEqual([403, null]);
    });
  });

  it('registering with a taken e-mail looks the same, and each signs in with its own password', async () => {
    const body = { displayName: 'X', email: 'taken@example.org', password: 'the first password' };
    const first = await forum.call('POST', '/api/v1/members', { body: { ...body, handle: 'first-one' } });
    const second = await forum.call('POST', '/api/v1/members', {
      body: { ...body, handle: 'second-one', password: 'the second password' },
    });
    const shape = (handle: string, roles: readonly Role[]) => ({
      status: 201,
      body: {
        member: {
          id: expect.any(String),
          handle,
          displayName: 'X',
          roles,
          locale: 'en',
          createdAt: expect.any(String),
          email: 'taken@example.org',
          emailConfirmed: false,
          state: 'active',
        },
      },
    });

    expect({ status: first.status, body: first.body }).toEqual(shape('first-one', ['member']));
    expect({ status: second.status, body: second.body }).toEqual(shape('second-one', ['member']));
    expect((await forum.signIn('taken@example.org', 'the first password')).member.handle).toBe('first-one');
    expect((await forum.signIn('taken@example.org', 'the second password')).member.handle).toBe('second-one');
    expect((await forum.signIn('second-one', 'the second password')).member.handle).toBe('second-one');
  });

  it('no answer to programs is kept by a cache, whoever asks, but what never changes', async () => {
    const editor = await forum.member('an-editor-of-caches', ['editor']);
    const { id, slug } = await forum.publish(editor);
    const comment = await forum.comment(editor, id);
    const paths = ['posts', `posts/${slug}`, `posts/${id}/comments`, `posts/${id}/comments?position=1`, 'members/me']
      .concat(['', '/history', '/receipt'].map((rest) => `comments/${comment.id}${rest}`))
      .concat('audit/checkpoint', 'nothing', 'openapi.json', 'audit/events')
      .map((path) => `/api/v1/${path}`);
    for (const path of paths) {
      for (const token of [null, editor.token]) {
        const { headers } = await forum.call('GET', path, token === null ? {} : { token });
        expect([path, headers.get('cache-control')]).toEqual([path, expect.stringMatching(/^no-(cache|store)$/)]);
        expect([path, headers.get('vary')]).toEqual([path, expect.stringMatching(/Authorization, Cookie$/)]);
      }
    }
    const tile = await forum.call('GET', '/api/v1/audit/tlog/tile/0/000.p/1');
    expect([tile.status, tile.headers.get('cache-control'), tile.headers.get('vary')]).toEqual([
      200,
      'public, max-age=31536000, immutable',
      null,
    ]);
    const leading = await forum.call('GET', '/moderation/queue');
    expect([leading.status, leading.headers.get('cache-control')]).toEqual([303, 'no-store']);
    const poll = await fetch(`${forum.url}/socket.io/?EIO=4&transport=polling`);
    expect([poll.status, poll.headers.get('cache-control')]).toEqual([200, 'no-store']);
  });

  it('every answer carries the headers that keep readers safe, and its request id', async () => {
    const id = newId();
    const headersOf = async (path: string): Promise<object> => {
      const { headers } = await forum.call('GET', path, { headers: { 'x-request-id': id } });
      const others = ['date', 'connection', 'keep-alive', 'content-type', 'content-length', 'content-encoding', 'vary'];
      const rest = ['cache-control', 'colloquy-position', 'transfer-encoding', 'location', 'etag', 'last-modified'];
      return Object.fromEntries([...headers].filter(([name]) => ![...others, ...rest].includes(name)));
    };
    for (const path of ['/', '/nothing', '/assets/nothing.js', '/%']) {
      expect({ path, headers: await headersOf(path) }).toEqual({
        path,
        headers: {
          'content-security-policy': `default-src 'self'; img-src 'self' https: data:; style-src 'self'; script-src 'self'; connect-src 'self' ${forum.url.replace('http', 'ws')}; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'`,
          'x-content-type-options': 'nosniff',
          'x-frame-options': 'DENY',
          'referrer-policy': 'strict-origin-when-cross-origin',
          'permissions-policy': expect.stringContaining('camera=()'),
          'cross-origin-opener-policy': 'same-origin',
          'x-request-id': id,
        },
      });
    }
    for (const path of ['/api/v1/posts', '/api/v1/docs', '/api/v1/nothing', '/health/live', '/metrics', '/api/%']) {
      expect({ path, headers: await headersOf(path) }).toEqual({
        path,
        headers: {
          'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'x-request-id': id,
        },
      });
    }
    expect(
      (await forum.call('GET', '/health/live', { headers: { 'x-request-id': 'not a uuid' } })).headers.get(
        'x-request-id',
      ),
    ).toMatch(/^[0-9a-f-]{36}$/);
  });
});
