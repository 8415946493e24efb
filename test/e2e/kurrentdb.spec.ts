import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { commandMeta } from '../../src/access/principal.ts';
import { createCommandContext } from '../../src/composition/command-context.ts';
import { readConfig } from '../../src/config.ts';
import { type KurrentDbServer, startKurrentDbServer } from '../kurrentdb-server/server.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { changesOf } from '../support/live-forum.ts';
import { TestSocket } from '../support/live-socket.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';

let dir: string;
let server: KurrentDbServer;
const closing: (() => unknown)[] = [];

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'colloquy-kurrentdb-'));
  server = await startKurrentDbServer({ dir });
});

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
  await server.close();
  rmSync(dir, { recursive: true });
});

async function start(env: Readonly<Record<string, string>> = {}): Promise<RunningForum> {
  const forum = await startForum({ env: { EVENT_STORE_URL: server.url, ...env } });
  closing.push(() => forum.close({ keep: false }));
  return forum;
}

async function joined(forum: RunningForum, postId: string): Promise<TestSocket> {
  const socket = await new TestSocket(forum.url).connected();
  closing.push(() => socket.close());
  await socket.ask('thread:join', { postId });
  return socket;
}

describe('a forum whose log is a server', () => {
  it('registers, publishes, comments, tells it live, and keeps nothing of the log in DATA_DIR', async () => {
    const forum = await start();
    const editor = await forum.member('an-editor', ['editor']);
    const writer = await forum.member('writer');
    const post = await forum.publish(editor);
    const socket = await joined(forum, post.id);

    const comment = await forum.comment(writer, post.id, { body: 'Through the **server**.' });
    await socket.until(() => changesOf(socket).length === 1);

    expect(changesOf(socket)).toMatchObject([{ kind: 'comment-posted', comment: { id: comment.id } }]);
    expect(await forum.done('GET', `/api/v1/comments/${comment.id}`)).toMatchObject({
      body: 'Through the **server**.',
      author: { handle: 'writer' },
    });
    expect(readdirSync(forum.dataDir).filter((name) => /^(log|vault)\.db|^secrets/.test(name))).toEqual([]);
  });

  it('reads no stream again for a comment: what is new since the one before tells it all, whoever wrote it', async () => {
    const [one, two] = [await start(), await start()];
    const admin = await one.admin();
    const writer = await one.member('writer');
    const post = await one.publish(admin);
    for (const body of ['first', 'second']) await one.comment(writer, post.id, { body });

    const before = server.streamReads();
    for (let at = 0; at < 5; at += 1) await one.comment(writer, post.id, { body: `comment ${at}` });
    expect(server.streamReads() - before).toBe(0);

    await two.done('PUT', `/api/v1/posts/${post.id}/discussion`, { token: admin.token, body: { state: 'closed' } });
    const late = { token: writer.token, body: { body: 'late' } };
    const refused = await one.call('POST', `/api/v1/posts/${post.id}/comments`, late);
    expect([refused.status, server.streamReads() > before]).toEqual([403, true]);
  });

  it('outlasts a restart of the log server: what was acknowledged is there, and live goes on', async () => {
    const forum = await start();
    const writer = await forum.admin();
    const post = await forum.publish(writer);
    const socket = await joined(forum, post.id);
    await forum.comment(writer, post.id, { body: 'before' });

    const { port } = server;
    await server.close();
    const waiting = forum.comment(writer, post.id, { body: 'meanwhile' });
    server = await startKurrentDbServer({ dir, port });
    await waiting;
    await forum.comment(writer, post.id, { body: 'after' });

    await socket.until(() => changesOf(socket).length === 3, 30_000);
    expect(changesOf(socket).map((change) => 'comment' in change && change.comment?.body)).toEqual([
      'before',
      'meanwhile',
      'after',
    ]);
  });

  it('shares members, sessions and sealed texts with another node, and each reads what the other wrote', async () => {
    const [one, two] = [await start(), await start()];
    const writer = await one.admin();
    const post = await one.publish(writer);
    const comment = await one.comment(writer, post.id, { body: 'from one' });
    const after = { 'colloquy-after': comment.position };
    expect(await two.done('GET', `/api/v1/comments/${comment.id}`, { headers: after })).toEqual(comment);
    expect(await two.signIn('the-admin@example.org')).toMatchObject({ member: { handle: 'the-admin' } });
    const answer: TestMember = { ...writer };
    expect(await two.comment(answer, post.id, { body: 'from two' })).toMatchObject({ body: 'from two' });
  });
});

describe.each(['23.10', '24.2'] as const)('a forum that starts again (server %s)', (version) => {
  it('goes on from what it had, a second time and a third', async () => {
    await server.close();
    server = await startKurrentDbServer({ dir, port: server.port, version });
    const env = { DATA_DIR: join(dir, 'node') };
    const first = await start(env);
    const admin = await first.admin();
    const post = await first.publish(admin);
    let { position } = await first.comment(admin, post.id, { body: 'start 1' });
    await first.close({ keep: true });
    for (const body of ['start 2', 'start 3']) {
      const forum = await start(env);
      const views = await forum.done<{ items: { building: boolean }[] }>('GET', '/health/ready');
      expect(views).toMatchObject({ status: 'ready' });
      const after = { 'colloquy-after': position };
      const path = `/api/v1/audit/proofs/inclusion?position=${position}`;
      // A tree that is still being opened on a busy machine asks to come again.
      await until(async () => (await forum.call('GET', path, { headers: after })).status !== 503);
      expect(await forum.done('GET', path)).toMatchObject({ checkpoint: expect.any(String) });
      ({ position } = await forum.comment(admin, post.id, { body }));
      await forum.close({ keep: true });
    }
    const last = await start(env);
    const { items } = await last.done<{ items: { body: string }[] }>('GET', `/api/v1/posts/${post.id}/comments`);
    expect(items.map(({ body }) => body).toSorted()).toEqual(['start 1', 'start 2', 'start 3']);
  });
});

describe('programs that only write', () => {
  it('record in the same log, and the forum shows what they did', async () => {
    const context = await createCommandContext(readConfig({ EVENT_STORE_URL: server.url, DATA_DIR: join(dir, 'cli') }));
    const founder = { handle: 'Somchai', displayName: 'Somchai P.', email: 'somchai@example.org', locale: 'th' };
    await context.registration.register({ ...founder, password: 'a long password' }, commandMeta(null));
    await context.close();
    const forum = await start();
    expect(await forum.signIn('SOMCHAI@example.org', 'a long password')).toMatchObject({
      member: { handle: 'Somchai' },
    });
  });

  it('end with the name of a server that they cannot reach, or of a setting that cannot be', async () => {
    const { port } = server;
    await server.close();
    const context = (url: string): Promise<unknown> =>
      createCommandContext(readConfig({ EVENT_STORE_URL: url, DATA_DIR: join(dir, 'cli') }));
    await expect(context(`kurrentdb://eve:hush@127.0.0.1:${port}?tls=false`)).rejects.toMatchObject({
      name: 'StoreUnavailable',
      message: expect.stringMatching(new RegExp(`^the log at 127\\.0\\.0\\.1:${port} cannot be reached`)),
    });
    await expect(context('kurrentdb://eve:hush@127.0.0.1:2113?tlsCaFile=/nowhere.crt')).rejects.toMatchObject({
      name: 'ConfigError',
      message: expect.stringMatching(/^EVENT_STORE_URL=\(hidden\): must be .*certificate/),
    });
    server = await startKurrentDbServer({ dir, port });
  });
});

describe('a log server that is away', () => {
  it('at the start: the forum listens, says so in readiness and to writers, and goes on by itself when it comes', async () => {
    const { port } = server;
    await server.close();
    const forum = await start();

    expect(await forum.call('GET', '/health/live')).toMatchObject({ status: 200 });
    expect(await forum.call('GET', '/health/ready')).toMatchObject({
      status: 503,
      body: {
        status: 'not ready',
        reasons: expect.arrayContaining([
          'the views have not read the whole log yet',
          expect.stringMatching(`^the log cannot be written: the log at 127.0.0.1:${port} cannot be reached`),
        ]),
      },
    });
    const register = { handle: 'early', displayName: 'Early', email: 'early@example.org', password: 'a long password' };
    const refused = await forum.call('POST', '/api/v1/members', { body: register });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '2']);
    expect(refused.body).toMatchObject({ code: 'storage_unavailable' });
    const signIn = { login: 'early@example.org', password: 'a long password' };
    expect(await forum.call('POST', '/api/v1/sessions', { body: signIn })).toMatchObject({ status: 503 });
    expect(await forum.call('GET', '/metrics')).toMatchObject({ status: 200 });

    server = await startKurrentDbServer({ dir, port });
    await until(async () => (await forum.call('GET', '/health/ready')).status === 200);
    expect(await forum.call('POST', '/api/v1/members', { body: register })).toMatchObject({ status: 201 });
  });

  it('at a later start: what the views have is shown, and those who were signed in stay so', async () => {
    const first = await startForum({ env: { EVENT_STORE_URL: server.url, DATA_DIR: join(dir, 'node') } });
    const writer = await first.admin();
    const post = await first.publish(writer);
    const comment = await first.comment(writer, post.id, { body: 'still here', id: newId() });
    await first.close();
    const { port } = server;
    await server.close();

    const forum = await start({ DATA_DIR: join(dir, 'node') });
    expect(await forum.done('GET', `/api/v1/comments/${comment.id}`)).toEqual(comment);
    expect(await forum.done('GET', '/api/v1/members/me', { token: writer.token })).toEqual(writer.member);
    const wish = { token: writer.token, body: { body: 'too early' } };
    expect(await forum.call('POST', `/api/v1/posts/${post.id}/comments`, wish)).toMatchObject({ status: 503 });

    server = await startKurrentDbServer({ dir, port });
    await until(async () => (await forum.call('GET', '/health/ready')).status === 200);
    expect(await forum.comment(writer, post.id, { body: 'in time' })).toMatchObject({ body: 'in time' });
  });
});
