import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { RATE_LIMITS } from '../../src/access/rate-limits.ts';
import { serve } from '../../src/composition/serve.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';

jest.setTimeout(30_000);

describe('running a forum', () => {
  const running: RunningForum[] = [];
  let dataDir: string;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'colloquy-'));
  });
  afterEach(async () => {
    for (const forum of running.splice(0)) await forum.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const start = async (env: Readonly<Record<string, string>> = {}): Promise<RunningForum> => {
    const forum = await startForum({ env: { DATA_DIR: dataDir, ...env } });
    running.push(forum);
    return forum;
  };

  it('is live and ready, and says where its views stand', async () => {
    const forum = await start();
    await forum.admin();
    const position = (await forum.forum.log.store.head()).toString();
    await forum.forum.views.reached(BigInt(position));
    await forum.forum.views.reached(BigInt(position), undefined, 'search');

    const ready = await forum.call('GET', '/health/ready');

    expect((await forum.call('GET', '/health/live')).body).toEqual({ status: 'live' });
    expect({ status: ready.status, body: ready.body }).toEqual({
      status: 200,
      body: {
        status: 'ready',
        reasons: [],
        log: { writable: true },
        tree: { size: expect.any(Number), trouble: null },
        views: [
          'members',
          'post-list',
          'thread',
          'moderation-queue',
          'sanctions',
          'moderation-log',
          'images',
          'mails',
          'ways-in',
          'site',
          'invitations',
          'erasures',
          'guests',
          'notifications',
          'shelf',
          'previews',
          'push',
          'publishing',
          'translations',
          'translation-reports',
          'search',
        ].map((name) => ({
          name,
          version: expect.any(Number),
          position,
          state: 'following',
        })),
      },
    });
  });

  it('counts for Prometheus what it does, by route and not by address', async () => {
    const forum = await start();
    const admin = await forum.admin();
    const post = await forum.publish(admin);
    await forum.comment(admin, post.id);
    await forum.thread(post.id);

    const { body, headers } = await forum.call('GET', '/metrics');

    expect(headers.get('content-type')).toContain('text/plain');
    expect(body).toMatch(
      /colloquy_http_request_seconds_count\{method="GET",route="\/api\/v1\/posts\/:id\/comments",status="200"\} 1/,
    );
    expect(body).toMatch(/colloquy_appends_total\{outcome="recorded"\} [1-9]/);
    expect(body).toMatch(/colloquy_view_lag_positions 0/);
    expect(body).toMatch(/colloquy_live_sockets 0/);
    expect(body).not.toContain(post.id);
  });

  it('keeps its numbers to itself with METRICS=off', async () => {
    const forum = await start({ METRICS: 'off' });
    expect((await forum.call('GET', '/metrics')).status).toBe(404);
  });

  it('limits sign-ins by address and login, and says when to come back', async () => {
    const forum = await start({ RATE_LIMITS: 'on' });
    await forum.admin();
    const signIn = (login: string, password = 'not the password') =>
      forum.call('POST', '/api/v1/sessions', { body: { login, password } });

    const statuses: number[] = [];
    for (let n = 0; n < 9; n += 1) statuses.push((await signIn('the-admin')).status);
    const refused = await signIn('THE-admin', 'correct horse battery');

    expect(statuses).toEqual(Array(9).fill(401));
    expect({ status: refused.status, body: refused.body }).toMatchObject({
      status: 429,
      body: { code: 'rate_limited' },
    });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(200);
    expect((await signIn('somebody-else')).status).toBe(401);
  });

  it('counts what is nowhere among the reads, whatever the method, since old addresses are looked up in it', async () => {
    const forum = await start({ RATE_LIMITS: 'on' });
    const ask = async (n: number) => {
      const [method, path] = n % 2 === 0 ? ['GET', '/2015/10/nowhere/'] : ['POST', '/api/v1/nowhere'];
      return (await forum.call(method ?? '', path ?? '')).status;
    };

    const statuses: number[] = [];
    for (let n = 0; n < RATE_LIMITS.read.points; n += 1) statuses.push(await ask(n));

    expect(new Set(statuses)).toEqual(new Set([404]));
    expect([await ask(0), await ask(1)]).toEqual([429, 429]);
    expect((await forum.call('GET', '/api/v1/posts')).status).toBe(429);
  });

  it('limits the changes of a member’s own account by the day', async () => {
    const forum = await start({ RATE_LIMITS: 'on', PROFILE_CHANGES_A_DAY: '3' });
    const [admin, member] = [await forum.admin(), await forum.member()];
    const rename = (token: string, displayName: string) =>
      forum.call('PATCH', '/api/v1/members/me', { token, body: { displayName } });

    const statuses: number[] = [];
    for (const name of ['One', 'Two', 'Three']) statuses.push((await rename(member.token, name)).status);
    const refused = await rename(member.token, 'Four');

    expect(statuses).toEqual([200, 200, 200]);
    expect({ status: refused.status, body: refused.body }).toMatchObject({
      status: 429,
      body: { code: 'rate_limited' },
    });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(80_000);
    expect((await rename(admin.token, 'Another')).status).toBe(200);
  });

  it('limits comments by member', async () => {
    const forum = await start({ RATE_LIMITS: 'on' });
    const admin = await forum.admin();
    const member = await forum.member();
    const post = await forum.publish(admin);
    const comment = (token: string) =>
      forum.call('POST', `/api/v1/posts/${post.id}/comments`, { token, body: { body: 'More' } });

    const answers = await Promise.all(Array.from({ length: 21 }, () => comment(member.token)));

    expect(answers.filter(({ status }) => status === 429)).toHaveLength(1);
    expect((await forum.thread(post.id)).total).toBe(20);
    expect((await comment(admin.token)).status).toBe(201);
  });

  it('finishes what was accepted when it closes, and keeps it for the next start', async () => {
    const forum = await start();
    const admin = await forum.admin();
    const post = await forum.publish(admin);
    const ids = Array.from({ length: 50 }, newId);
    const sent = ids.map((id) =>
      forum
        .call('POST', `/api/v1/posts/${post.id}/comments`, { token: admin.token, body: { id, body: 'Last words' } })
        .then(
          ({ status }) => status,
          () => 0,
        ),
    );
    await sent[0];
    const closed = forum.close({ keep: true });
    const statuses = await Promise.all(sent);
    await closed;
    running.length = 0;

    const accepted = ids.filter((_, n) => statuses[n] === 201);
    expect(accepted.length).toBeGreaterThan(0);
    expect(new Set(statuses.filter((status) => status !== 201 && status !== 0 && status !== 503))).toEqual(new Set());
    const again = await start();
    const kept = new Set((await again.thread(post.id, '?limit=100')).items.map(({ id }) => id));
    expect(accepted.filter((id) => !kept.has(id))).toEqual([]);
    expect((await again.call('GET', '/api/v1/members/me', { token: admin.token })).status).toBe(200);
  });

  it('answers what is no HTTP once, and stays', async () => {
    const forum = await start();
    const answered = await new Promise<string>((resolve, reject) => {
      const socket = connect(forum.forum.port, '127.0.0.1', () =>
        socket.write('GET /api/v1/posts HTTP/1.1\r\nHost: a\r\nbroken header\r\n\r\n'),
      );
      let text = '';
      socket.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      socket.on('end', () => resolve(text)).on('error', reject);
    });
    expect(answered).toMatch(/^HTTP\/1\.1 400 Malformed\r\nContent-Type: application\/problem\+json/);
    expect(answered).toMatch(/\r\ncontent-security-policy: default-src 'none'; base-uri 'none'/);
    expect(answered).toMatch(/\r\nx-content-type-options: nosniff\r\n/);
  });

  it('uses addresses and cookies as PUBLIC_URL says', async () => {
    const forum = await start({ PUBLIC_URL: 'https://forum.example' });
    const { token } = await forum.admin();
    const signedIn = await forum.call('POST', '/api/v1/sessions', {
      body: { login: 'the-admin', password: 'correct horse battery' },
    });
    expect(signedIn.headers.get('set-cookie')).toMatch(/; HttpOnly; Secure; SameSite=Lax$/);
    expect(signedIn.headers.get('strict-transport-security')).toMatch(/^max-age=\d+/);
    const page = await forum.call('GET', '/');
    expect(page.headers.get('strict-transport-security')).toMatch(/^max-age=\d+/);
    expect(page.headers.get('content-security-policy')).toContain('wss://forum.example');
    expect(signedIn.headers.get('set-cookie')).toMatch(/^__Host-colloquy_session=[\w.-]+; Path=\/; Expires/);
    const me = async (cookie: string) =>
      (await forum.call('GET', '/api/v1/members/me', { headers: { cookie } })).status;
    expect(await me(`__Host-colloquy_session=${token}`)).toBe(200);
    expect(await me(`colloquy_session=${token}`)).toBe(401);
    expect(await me(`colloquy_session=${token}; __Host-colloquy_session=forged`)).toBe(401);
    expect(await me(`colloquy_session=forged; __Host-colloquy_session=${token}`)).toBe(200);
    const headers = { cookie: `__Host-colloquy_session=${token}` };
    const change = (origin: string) =>
      forum.call('PATCH', '/api/v1/members/me', { headers: { ...headers, origin }, body: { displayName: 'Boss' } });
    expect((await change(forum.url)).status).toBe(403);
    expect((await change('https://forum.example')).status).toBe(200);
  });

  describe('starting', () => {
    const attempt = async (
      env: Readonly<Record<string, string>>,
    ): Promise<{ status: number; errors: readonly string[] }> => {
      const errors: string[] = [];
      const status = await serve(
        { DATA_DIR: dataDir, PORT: '0', ...env },
        { out: () => undefined, error: (line) => errors.push(line) },
      );
      return { status, errors };
    };

    it('names every wrong setting', async () => {
      expect(
        await attempt({ PORT: 'http', SESSION_SECRET: 'short', EVENT_STORE_URL: 'postgres://localhost:5432' }),
      ).toEqual({
        status: 1,
        errors: [
          [
            'colloquy: PORT="http": must be a whole number from 0 to 65535',
            'colloquy: EVENT_STORE_URL="postgres://localhost:5432": must be sqlite: (a file in DATA_DIR), or an address such as kurrentdb://user:password@host:2113?tls=true',
            'colloquy: SESSION_SECRET=(hidden): must be at least 32 characters',
          ].join('\n'),
        ],
      });
    });

    it('is refused while another server has the directory, and the port', async () => {
      const forum = await start();
      const second = await attempt({});
      const other = mkdtempSync(join(tmpdir(), 'colloquy-'));
      const samePort = await attempt({ DATA_DIR: other, PORT: String(forum.forum.port) });
      rmSync(other, { recursive: true, force: true });

      expect(second).toEqual({
        status: 1,
        errors: [`colloquy: ${dataDir} is served by another process already; end it first, or choose another DATA_DIR`],
      });
      expect(samePort).toEqual({
        status: 1,
        errors: [
          `colloquy: port ${forum.forum.port} on 127.0.0.1 is in use by another program; end it, or choose another PORT`,
        ],
      });
    });
  });
});
