import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page, Post, PostSummary } from '../../libs/client/index.ts';
import type { Answer, TestMember } from '../support/forum-caller.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';

jest.setTimeout(30_000);

describe('posts and members over HTTP', () => {
  let forum: RunningForum;
  let editor: TestMember;
  let reader: TestMember;
  let moderator: TestMember;

  beforeAll(async () => {
    forum = await startForum();
    editor = await forum.member('anna', ['editor']);
    reader = await forum.member('rithy');
    moderator = await forum.member('moe', ['moderator']);
  });
  afterAll(() => forum.close());

  const wish = {
    title: 'Peace and *stars*',
    body: 'First **words**.\n\nMore.',
    excerpt: 'In short',
    tags: ['News', 'Mekong'],
    publishAt: '2015-10-05T08:00:00+07:00',
    locale: 'en',
  };
  const whole = (more: object = {}): object => ({
    id: expect.any(String),
    slug: expect.stringMatching(/^peace-and-stars(-\d+)?$/),
    title: 'Peace and *stars*',
    kind: 'article',
    locale: 'en',
    excerptHtml: '<p>In short</p>\n',
    tags: ['News', 'Mekong'],
    author: {
      id: editor.member.id,
      handle: 'anna',
      displayName: 'Name of anna',
      roles: ['editor'],
    },
    publishedAt: '2015-10-05T01:00:00.000Z',
    editedAt: null,
    status: 'published',
    commentCount: 0,
    body: 'First **words**.\n\nMore.',
    bodyHtml: '<p>First <strong>words</strong>.</p>\n<p>More.</p>\n',
    excerpt: 'In short',
    discussion: { state: 'open', slowModeSeconds: 0, pinnedCommentId: null },
    revision: 0,
    ...more,
  });
  const send = (method: string, path: string, by: TestMember, body?: object): Promise<Answer> =>
    forum.call(method, path, { token: by.token, ...(body === undefined ? {} : { body }) });
  const read = (path: string, by?: TestMember): Promise<Answer> => forum.call('GET', path, { token: by?.token });
  const essence = ({ status, body }: Answer): object => ({ status, body });

  it('a post is published, found by id and slug, and answered the same when it is sent again', async () => {
    const id = newId();
    const published = await send('POST', '/api/v1/posts', editor, { ...wish, id });
    expect(essence(published)).toEqual({ status: 201, body: whole({ id }) });
    expect(published.headers.get('colloquy-position')).toMatch(/^\d+$/);

    const again = await send('POST', '/api/v1/posts', editor, { ...wish, id });
    const post = await forum.done<Post>('GET', `/api/v1/posts/${id}`);
    const bySlug = await read(`/api/v1/posts/${encodeURIComponent(post.slug)}`);

    expect(essence(again)).toEqual(essence(published));
    expect(post).toEqual(published.body);
    expect(bySlug.body).toEqual(published.body);
    expect((await send('POST', '/api/v1/posts', editor, { ...wish, id, title: 'Another' })).status).toBe(409);
  });

  it('a second post of the same title gets an address of its own', async () => {
    const [one, other] = [
      await forum.publish(editor, { title: 'Twice' }),
      await forum.publish(editor, { title: 'Twice' }),
    ];
    expect([one.slug, other.slug]).toEqual(['twice', 'twice-2']);
  });

  it('a post is edited in part and withdrawn, after which only editors find it', async () => {
    const { id } = await forum.publish(editor, wish);

    const edited = await send('PATCH', `/api/v1/posts/${id}`, editor, { title: 'Peace', excerpt: null, tags: [] });
    const expected = {
      id,
      title: 'Peace',
      tags: [],
      excerpt: null,
      excerptHtml: '<p>First <strong>words</strong>.</p>\n',
      editedAt: expect.any(String),
      revision: 1,
    };
    expect(essence(edited)).toEqual({ status: 200, body: whole({ ...expected, excerptHtml: expect.any(String) }) });

    const withdrawn = await send('POST', `/api/v1/posts/${id}/withdraw`, editor);
    expect(essence(withdrawn)).toMatchObject({ status: 200, body: { id, status: 'withdrawn' } });
    expect((await read(`/api/v1/posts/${id}`)).status).toBe(404);
    expect((await read(`/api/v1/posts/${id}`, reader)).status).toBe(404);
    expect((await read(`/api/v1/posts/${id}`, editor)).status).toBe(200);
    expect((await read(`/api/v1/posts/${id}/comments`)).status).toBe(404);
    expect(essence(await send('PATCH', `/api/v1/posts/${id}`, editor, { title: 'Late' }))).toMatchObject({
      status: 409,
      body: { code: 'post_withdrawn' },
    });
  });

  it('a scheduled post is for editors until its time', async () => {
    const { id } = await forum.publish(editor, { title: 'Later', publishAt: '2999-01-01T00:00:00Z' });
    expect((await read(`/api/v1/posts/${id}`)).status).toBe(404);
    expect(essence(await read(`/api/v1/posts/${id}`, editor))).toMatchObject({
      status: 200,
      body: { status: 'scheduled' },
    });
    expect((await send('POST', `/api/v1/posts/${id}/comments`, reader, { body: 'Too early' })).status).toBe(404);
    const { slug } = await forum.done<Post>('GET', `/api/v1/posts/${id}`, { token: editor.token });
    const seen = async (by?: TestMember): Promise<readonly number[]> => {
      const cookie = { cookie: `colloquy_session=${by?.token}` };
      const page = await forum.call('GET', `/posts/${slug}`, by === undefined ? {} : { headers: cookie });
      return [(await read(`/api/v1/posts/${id}/comments`, by)).status, page.status];
    };
    expect([await seen(editor), await seen(reader), await seen(), await seen(editor)]).toEqual([
      [200, 200],
      [404, 404],
      [404, 404],
      [200, 200],
    ]);
  });

  it('posts are listed newest first by pages, month, tag and words, and counted by month', async () => {
    const year = 1990;
    for (const [n, month] of ['01', '01', '02'].entries()) {
      await forum.publish(editor, {
        title: `Rice ${n}`,
        tags: ['Harvest'],
        publishAt: `${year}-${month}-0${n + 1}T00:00:00Z`,
      });
    }
    const titles = async (query: string): Promise<readonly string[]> =>
      (await forum.done<Page<PostSummary>>('GET', `/api/v1/posts${query}`)).items.map(({ title }) => title);

    expect(await titles('?tag=Harvest')).toEqual(['Rice 2', 'Rice 1', 'Rice 0']);
    expect(await titles(`?month=${year}-01`)).toEqual(['Rice 1', 'Rice 0']);
    expect(await titles('?q=rice')).toEqual(['Rice 2', 'Rice 1', 'Rice 0']);
    const first = await forum.done<Page<PostSummary>>('GET', '/api/v1/posts?tag=Harvest&limit=2');
    expect(first.items.map(({ title }) => title)).toEqual(['Rice 2', 'Rice 1']);
    expect(await titles(`?tag=Harvest&limit=2&cursor=${encodeURIComponent(first.next ?? '')}`)).toEqual(['Rice 0']);
    expect((await read('/api/v1/posts/archive')).body).toEqual(
      expect.arrayContaining([
        { month: `${year}-02`, count: 1 },
        { month: `${year}-01`, count: 2 },
      ]),
    );
  });

  it('a discussion is set in part, and answered as it is then', async () => {
    const { id } = await forum.publish(editor);
    const comment = await forum.comment(reader, id);
    const path = `/api/v1/posts/${id}/discussion`;

    const slow = await send('PUT', path, moderator, {
      state: 'open',
      slowModeSeconds: 600,
      pinnedCommentId: comment.id,
    });
    const shut = await send('PUT', path, moderator, { state: 'read-only' });

    expect([slow, shut].map(essence)).toEqual([
      { status: 200, body: { state: 'open', slowModeSeconds: 600, pinnedCommentId: comment.id } },
      { status: 200, body: { state: 'read-only', slowModeSeconds: 600, pinnedCommentId: comment.id } },
    ]);
    expect((await forum.done<Post>('GET', `/api/v1/posts/${id}`)).discussion).toEqual(shut.body);
  });

  it('slow mode makes members wait, and says how long', async () => {
    const { id } = await forum.publish(editor);
    await send('PUT', `/api/v1/posts/${id}/discussion`, moderator, { state: 'open', slowModeSeconds: 600 });
    const comment = (): Promise<Answer> => send('POST', `/api/v1/posts/${id}/comments`, reader, { body: 'Quick' });

    const [first, second] = [await comment(), await comment()];

    expect(first.status).toBe(201);
    expect(essence(second)).toMatchObject({ status: 429, body: { code: 'slow_mode' } });
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(590);
  });

  it('the first member is admin, members see each other, and only themselves with e-mail', async () => {
    const profile = {
      id: reader.member.id,
      handle: 'rithy',
      displayName: 'Name of rithy',
      roles: ['member'],
      locale: 'en',
      createdAt: expect.any(String),
    };
    const shown = await read('/api/v1/members/RITHY', editor);
    expect(essence(shown)).toEqual({ status: 200, body: { ...profile, commentCount: expect.any(Number) } });
    expect(essence(await read('/api/v1/members/me', reader))).toEqual({
      status: 200,
      body: { ...profile, email: 'rithy@example.org', emailConfirmed: false, state: 'active' },
    });
    expect((await forum.admin()).member.roles).toEqual(['member', 'admin']);
  });

  it('a member changes name and language, an admin roles; each is answered as the member', async () => {
    const { member, token } = await forum.member('changer');
    const { email, emailConfirmed, state, ...open } = member;
    const changed = await forum.call('PATCH', '/api/v1/members/me', {
      token,
      body: { displayName: 'Kiều', locale: 'vi' },
    });
    const roles = await send('PUT', `/api/v1/members/${member.id}/roles`, await forum.admin(), { roles: ['auditor'] });

    expect(essence(changed)).toEqual({
      status: 200,
      body: { ...open, email, emailConfirmed, state, displayName: 'Kiều', locale: 'vi' },
    });
    expect(essence(roles)).toEqual({
      status: 200,
      body: { ...open, displayName: 'Kiều', locale: 'vi', roles: ['member', 'auditor'] },
    });
    expect(
      (
        await send('PUT', `/api/v1/members/${(await forum.admin()).member.id}/roles`, await forum.admin(), {
          roles: [],
        })
      ).status,
    ).toBe(403);
  });

  it('reading with the position of a write shows what was written', async () => {
    const written = await send('POST', '/api/v1/posts', editor, { title: 'Read me', body: 'Text' });
    const after = written.headers.get('colloquy-position') ?? '';
    const list = await forum.call('GET', '/api/v1/posts?q=read', { headers: { 'colloquy-after': after } });
    expect(list.body).toMatchObject({ items: [{ title: 'Read me' }] });
    expect(BigInt(list.headers.get('colloquy-position') ?? '0')).toBeGreaterThanOrEqual(BigInt(after));
  });
});
