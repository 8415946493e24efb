import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Comment, Post, Site } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

let forum: RunningForum;
let admin: TestMember;
let member: TestMember;
let post: Post;

beforeAll(async () => {
  forum = await startForum({ env: { COMMENT_MAX_LENGTH: '200' } });
  admin = await forum.admin();
  member = await forum.member('somchai');
  post = await forum.publish(admin, { title: 'Borders', body: 'Text', publishAt: '2015-09-30T18:00:00.000Z' });
}, 60_000);
afterAll(() => forum?.close());

const patch = (body: object): Promise<Site> => forum.done('PATCH', '/api/v1/site', { token: admin.token, body });
const site = (token?: string): Promise<Site> => forum.done('GET', '/api/v1/site', { token });
const page = async (path: string, headers = {}) => String((await forum.call('GET', path, { headers })).body);

describe('the settings', () => {
  it('are those of a new forum at first, and the environment’s are fixed', async () => {
    expect(await site()).toEqual({
      name: 'Colloquy',
      tagline: '',
      description: '',
      logo: null,
      icon: null,
      accent: '#0c5c5c',
      accentDark: expect.stringMatching(/^#[0-9a-f]{6}$/),
      defaultLocale: 'en',
      locales: ['en', 'vi', 'th', 'km', 'lo', 'my', 'zh'],
      timeZone: 'UTC',
      registration: 'open',
      guests: false,
      newsletter: false,
      erasureDays: 14,
      queuePromiseHours: null,
      discussion: {
        closeAfterDays: null,
        slowModeSeconds: 0,
        maxDepth: 10,
        maxLength: 200,
        editWindowMinutes: null,
        images: false,
      },
      publicModerationLog: false,
      translations: 'staff',
      menu: [],
      pages: { about: null, rules: null, privacy: null, imprint: null },
    });
    expect(await site(admin.token)).toMatchObject({
      embedOrigins: [],
      ssoRoles: false,
      mailDays: 30,
      erasureDays: 14,
      fixed: [{ field: 'discussion.maxLength', by: 'COMMENT_MAX_LENGTH' }],
    });
  });

  it('are changed by admins alone, one by one', async () => {
    for (const [token, status] of [
      [undefined, 401],
      [member.token, 403],
    ] as const) {
      const refused = await forum.call('PATCH', '/api/v1/site', { token, body: { name: 'Mine' } });
      expect(refused.status).toBe(status);
    }
    const changed = await patch({ name: 'Mekong talk', pages: { about: '# About *us*' } });
    expect(changed).toMatchObject({ name: 'Mekong talk', tagline: '', pages: { about: '# About *us*' } });
    expect((await patch({ tagline: 'Along the river' })).name).toBe('Mekong talk');
    expect(await site()).toMatchObject({ name: 'Mekong talk', tagline: 'Along the river' });
    expect((await patch({ pages: { about: null } })).pages.about).toBeNull();
  });

  it.each<[string, object]>([
    ['name', { name: '' }],
    ['name', { name: 5 }],
    ['accent', { accent: '#ffff00' }],
    ['accent', { accent: 'red; }' }],
    ['timeZone', { timeZone: 'Mars/Base' }],
    ['registration', { registration: 'maybe' }],
    ['locales', { locales: ['fr'] }],
    ['logo', { logo: '0b1d1b1e-5a0c-4c55-9a1e-2f1f7d6e0a02' }],
    ['discussion', { discussion: { maxDepth: '3' } }],
    ['discussion', { discussion: { other: 3 } }],
    ['discussion', { discussion: [] }],
    ['menu', { menu: [{ label: 5, href: '/' }] }],
    ['menu.0.href', { menu: [{ label: 'x', href: 'javascript:alert(1)' }] }],
    ['embedOrigins.0', { embedOrigins: ['https://blog.example/path'] }],
    ['pages', { pages: { other: 'x' } }],
    ['pages.about', { pages: { about: 'x'.repeat(20_001) } }],
    ['discussion.maxLength', { discussion: { maxLength: 300 } }],
  ])('refuse a wrong %s', async (field, body) => {
    const refused = await forum.call('PATCH', '/api/v1/site', { token: admin.token, body });
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid', errors: [{ field }] } });
  });

  it('take back what was read, also the value of a fixed one', async () => {
    const { accentDark: _, fixed: __, ...whole } = await site(admin.token);
    expect(await patch(whole)).toEqual(await site(admin.token));
  });
});

describe('every page', () => {
  it('has the name, the tagline, the colour and the links as soon as they are changed, kept or not', async () => {
    expect(await page('/')).toContain('Mekong talk');
    await patch({
      name: 'เสวนา <b>',
      tagline: 'Along',
      accent: '#7a1f5c',
      menu: [{ label: 'Blog', href: 'https://blog.example/' }],
    });
    for (const path of ['/', '/archive', `/posts/${post.slug}`, '/sign-in']) {
      const html = await page(path);
      expect(html).toContain('<bdi>เสวนา &lt;b></bdi>');
      expect(html).toMatch(/<title>[^<]*เสวนา &lt;b>/);
      expect(html).toContain('href="/brand/accent-7a1f5c.css"');
      expect(html).toContain('href="https://blog.example/"');
      expect(html).not.toContain('Colloquy');
    }
    const css = await forum.call('GET', '/brand/accent-7a1f5c.css');
    expect(css.body).toMatch(/^:root\{--accent:light-dark\(#7a1f5c,#[0-9a-f]{6}\);/);
    expect((await forum.call('GET', '/brand/accent-ffff00.css')).status).toBe(404);
  });

  it('is in a language that is offered, and tells times of the forum’s zone', async () => {
    await patch({ defaultLocale: 'th', locales: ['th', 'vi'], timeZone: 'Asia/Bangkok' });
    expect(await page('/', { 'accept-language': 'zh, en;q=0.5' })).toContain('<html lang="th"');
    expect(await page('/', { 'accept-language': 'vi' })).toContain('<html lang="vi"');
    await patch({ defaultLocale: 'en', locales: ['en', 'th'] });
    expect(await page(`/posts/${post.slug}`)).toContain('1 October 2015');
    expect(await forum.done('GET', '/api/v1/posts/archive')).toEqual([{ month: '2015-10', count: 1 }]);
    expect(await page('/archive/2015/10')).toContain('Borders');
    await patch({ timeZone: 'UTC', locales: ['en', 'vi', 'th', 'km', 'lo', 'my', 'zh'] });
    expect(await forum.done('GET', '/api/v1/posts/archive')).toEqual([{ month: '2015-09', count: 1 }]);
  });
});

describe('discussions', () => {
  const comment = (body: string, parentId?: string) =>
    forum.call('POST', `/api/v1/posts/${post.id}/comments`, {
      token: member.token,
      body: { body, ...(parentId === undefined ? {} : { parentId }) },
    });

  it('have the limits that admins set, and the environment’s above them', async () => {
    expect((await comment('x'.repeat(201))).status).toBe(400);
    const root = await forum.comment(member, post.id);
    await patch({ discussion: { maxDepth: 0 } });
    expect(await comment('An answer', root.id)).toMatchObject({ status: 422, body: { code: 'too_deep' } });
    await patch({ discussion: { maxDepth: 10 } });
    expect((await comment('An answer', root.id)).status).toBe(201);
  });

  it('close by themselves for members when the post is older than admins allow', async () => {
    await patch({ discussion: { closeAfterDays: 30 } });
    expect(await comment('Too late')).toMatchObject({ status: 403, body: { code: 'discussion_closed' } });
    const page = async (by?: TestMember) =>
      String(
        (await forum.call('GET', `/posts/${post.slug}`, by && { headers: { cookie: `colloquy_session=${by.token}` } }))
          .body,
      );
    const told = 'Posts are discussed for 30 days here, so this discussion closed on';
    for (const html of [await page(), await page(member)]) {
      expect(html.split(told)).toHaveLength(3);
      expect(html).not.toContain('name="body"');
    }
    const forAdmin = await page(admin);
    expect(forAdmin).toContain(told);
    expect(forAdmin).toContain('name="body"');
    await patch({ discussion: { closeAfterDays: null } });
    expect(await page(member)).not.toContain(told);
    expect((await comment('In time')).status).toBe(201);
  });

  it('show the log of moderation to readers when admins say so', async () => {
    expect((await forum.call('GET', '/api/v1/moderation/public-log')).status).toBe(404);
    await patch({ publicModerationLog: true });
    expect((await forum.call('GET', '/api/v1/moderation/public-log')).status).toBe(200);
    expect(await page('/')).toContain('href="/moderation-log"');
    await patch({ publicModerationLog: false });
    expect(await page('/')).not.toContain('href="/moderation-log"');
  });

  it('of new posts have the slow mode that admins set; those of older ones stay as they are', async () => {
    await patch({ discussion: { slowModeSeconds: 90 } });
    const next = await forum.publish(admin, { title: 'Next', body: 'Text' });
    expect((await forum.done<Post>('GET', `/api/v1/posts/${next.id}`)).discussion.slowModeSeconds).toBe(90);
    expect((await forum.done<Post>('GET', `/api/v1/posts/${post.id}`)).discussion.slowModeSeconds).toBe(0);
    await patch({ discussion: { slowModeSeconds: 0 } });
  });

  it('let authors edit only within the time that admins set', async () => {
    const old: Comment = await forum.comment(member, post.id, { body: 'First' });
    await patch({ discussion: { editWindowMinutes: 1 } });
    const path = `/api/v1/comments/${old.id}`;
    const edited = await forum.done<Comment>('PATCH', path, {
      token: member.token,
      body: { body: 'Second', revision: old.revision },
    });
    expect(edited.body).toBe('Second');
  });
});
