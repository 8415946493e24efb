import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import type { Comment, PageCounts, PageMoves, Post, Site, SiteWish } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

const OLD = 'https://old.example';
const NEW = 'https://new.example';
const OTHER = 'https://other.example';
let forum: RunningForum;
let admin: TestMember;
let reader: TestMember;

beforeAll(async () => {
  forum = await startForum();
  admin = await forum.admin();
  reader = await forum.member('somchai');
  await set({ embedOrigins: [OLD, NEW, OTHER] });
}, 60_000);
afterAll(() => forum?.close());

const set = (body: SiteWish): Promise<Site> => forum.done('PATCH', '/api/v1/site', { token: admin.token, body });
const page = (url: string): Promise<Post> => forum.done('PUT', '/api/v1/pages', { body: { url } });
const comment = async (url: string, body = 'Said'): Promise<Comment> =>
  forum.comment(reader, (await page(url)).id, { body });
const countsOf = async (...urls: readonly string[]): Promise<readonly number[]> => {
  const query = new URLSearchParams(urls.map((url) => ['url', url]));
  const { counts } = await forum.done<PageCounts>('GET', `/api/v1/counts?${query}`);
  return urls.map((url) => counts[url] ?? -1);
};
const frame = (url: string) => forum.call('GET', `/embed?${new URLSearchParams({ url, locale: 'en' })}`);

describe('a site that moved', () => {
  it('keeps its discussions under both addresses, and loses none when it moves back', async () => {
    const said = await comment(`${OLD}/2024/peace`);
    await set({ pageAliases: [{ from: `${OLD}/`, to: `${NEW}/blog/` }] });
    const there = `${NEW}/blog/2024/peace`;
    const moved = await page(there);
    expect(moved).toMatchObject({ id: said.postId, url: there, commentCount: 1 });
    expect(await page(`${OLD}/2024/peace?utm_source=x`)).toEqual(moved);
    expect(await countsOf(`${OLD}/2024/peace`, there)).toEqual([1, 1]);
    expect((await frame(there)).body).toContain('Said');
    expect((await frame(`${OLD}/2024/peace`)).body).toContain('Said');
    expect(await forum.done('GET', `/api/v1/posts/${moved.slug}`)).toMatchObject({ url: there });
    await comment(there, 'After the move');
    expect(await countsOf(`${OLD}/2024/peace`, there)).toEqual([2, 2]);

    await set({ pageAliases: [] });
    expect(await countsOf(`${OLD}/2024/peace`, there)).toEqual([2, 0]);
  });

  it('is offered to admins that name it with https while its pages are here under http, and one press leads them there', async () => {
    const [http, https] = ['http://scheme.example', 'https://scheme.example'];
    const headers = { cookie: `colloquy_session=${admin.token}`, origin: forum.url };
    const settings = async () => String((await forum.call('GET', '/admin/settings', { headers })).body);
    await set({ embedOrigins: [NEW, http] });
    const said = await comment(`${http}/was-here`);
    expect(await settings()).not.toContain('id="other-schemes"');
    const list = `/archive/sites?site=${encodeURIComponent(http)}`;
    expect((await forum.call('GET', '/archive')).body).toContain('href="/archive/sites"');
    expect((await forum.call('GET', '/archive/sites?site=http:/')).status).toBe(404);
    expect((await forum.call('GET', '/archive/sites')).body).toContain(`href="${list}"`);
    expect((await forum.call('GET', list)).body).toContain(`href="${http}/was-here"`);

    await set({ embedOrigins: [NEW, https] });
    const offered = await settings();
    // Above the form, where whoever has just saved it looks.
    expect(offered).toMatch(/id="elsewhere-title".*id="other-schemes".*name="embedOrigins"/s);
    expect(offered).toContain(`1 page of this site is here under ${http}, and the site is named as ${https}`);
    const pageAliases = /name="pageAliases" value="([^"]*)"/.exec(offered)?.[1] ?? '';
    expect(pageAliases).toBe(`${http}/ ${https}/`);
    const raw = new URLSearchParams({ part: 'addresses', pageAliases, do: 'save' }).toString();
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await forum.call('POST', '/admin/settings', { raw, headers: { ...headers, ...type } })).status).toBe(303);
    expect(await page(`${https}/was-here`)).toMatchObject({ id: said.postId, commentCount: 1 });
    expect(await settings()).not.toContain('id="other-schemes"');
    expect((await forum.call('GET', list)).status).toBe(404);
    await set({ embedOrigins: [OLD, NEW, OTHER], pageAliases: [] });
  });

  it('needs no leave for its former address, where no page is any more', async () => {
    await set({ embedOrigins: [NEW, OTHER], pageAliases: [{ from: `${OLD}/`, to: `${NEW}/blog/` }] });
    expect(await countsOf(`${OLD}/2024/peace`)).toEqual([2]);
    await set({ embedOrigins: [OLD, NEW, OTHER], pageAliases: [] });
  });

  it('shows the first of two discussions that meet, and the way to the other, which stays as it is', async () => {
    const first = await comment(`${OLD}/both`, 'At the old place');
    const second = await comment(`${NEW}/both`, 'At the new place');
    await set({ pageAliases: [{ from: OLD, to: NEW }] });
    const { body } = await frame(`${NEW}/both`);
    const other = await forum.done<Post>('GET', `/api/v1/posts/${second.postId}`);
    expect((await page(`${NEW}/both`)).id).toBe(first.postId);
    expect(body).toContain('At the old place');
    expect(body).not.toContain('At the new place');
    expect(body).toContain(
      `Also said about this page, at another address of it: <span><a href="/posts/${other.slug}">1 comment</a>`,
    );
    expect((await forum.call('GET', `/posts/${other.slug}`)).body).toContain('At the new place');
    await set({ pageAliases: [] });
    expect((await page(`${NEW}/both`)).id).toBe(second.postId);
  });

  it('gets no second discussion by a page that somebody had open before', async () => {
    const open = await page(`${OLD}/open`);
    await set({ pageAliases: [{ from: OLD, to: NEW }] });
    const late = await forum.call('POST', `/api/v1/posts/${open.id}/comments`, {
      token: reader.token,
      body: { body: 'Late' },
    });
    expect(late.status).toBe(404);
    await set({ pageAliases: [] });
  });
});

describe('before an alias is saved', () => {
  const aliases = [{ from: `${OLD}/`, to: `${NEW}/` }];
  const send = (form: Record<string, string>) =>
    forum.call('POST', '/admin/settings', {
      raw: new URLSearchParams({ part: 'addresses', siteNames: '', pageQueries: '', ...form }).toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        cookie: `colloquy_session=${admin.token}; colloquy_locale=en`,
      },
    });

  it('tells which discussions move and which meet, and changes nothing', async () => {
    await comment(`${OLD}/alone`);
    const first = await comment(`${OLD}/meeting`, 'First');
    const second = await comment(`${NEW}/meeting`, 'Second');
    const { pages, moving, joining, joins } = await forum.done<PageMoves>('POST', '/api/v1/site/page-moves', {
      token: admin.token,
      body: { pageAliases: aliases },
    });
    expect({ pages, moving, joining }).toEqual({ pages: 7, moving: 4, joining: 2 });
    const of = async (postId: string) => {
      const { slug, title, url = '', commentCount } = await forum.done<Post>('GET', `/api/v1/posts/${postId}`);
      return { slug, title, url, commentCount };
    };
    expect(joins.find(({ url }) => url === `${NEW}/meeting`)).toEqual({
      url: `${NEW}/meeting`,
      shown: await of(first.postId),
      others: [await of(second.postId)],
    });
    expect((await page(`${NEW}/meeting`)).id).toBe(second.postId);
  });

  it('its form shows the same, and takes a second press where discussions meet', async () => {
    const pageAliases = `${OLD}/ ${NEW}/`;
    for (const form of [{ do: 'preview' }, {}]) {
      const { status, body } = await send({ pageAliases, ...form });
      expect(status).toBe(200);
      expect(body).toContain('At 2 addresses, several discussions would meet.');
      expect(body).toContain('name="do" value="join"');
    }
    expect((await page(`${NEW}/meeting`)).url).toBe(`${NEW}/meeting`);
    const query = { siteNames: `The new blog ${NEW}`, pageQueries: `${NEW} keep id p` };
    expect((await send({ pageAliases, ...query, do: 'join' })).status).toBe(303);
    expect(await forum.done('GET', '/api/v1/site', { token: admin.token })).toMatchObject({
      siteNames: [{ origin: NEW, name: 'The new blog' }],
      pageAliases: aliases,
      pageQueries: [{ origin: NEW, rule: 'keep', names: ['id', 'p'] }],
    });
    expect((await send({ pageAliases: OLD })).body).toContain(`This line is not complete: ${OLD}`);
    expect((await send({ pageAliases: '' })).status).toBe(303);
    expect((await page(`${NEW}/meeting`)).url).toBe(`${NEW}/meeting`);
  });
});

test('pages move to no site that may show no discussion, and such a site keeps its leave while they stand there', async () => {
  const aliases = [{ from: `${OLD}/`, to: `${NEW}/` }];
  const lost = { pageAliases: [{ from: `${OLD}/`, to: 'https://nobody.example/' }] };
  const wish = (method: 'POST' | 'PATCH', path: string, body: SiteWish) =>
    forum.call(method, path, { token: admin.token, body });
  const refused = (field: string) => ({ status: 400, body: { code: 'invalid', errors: [{ field }] } });
  expect(await wish('PATCH', '/api/v1/site', lost)).toMatchObject(refused('pageAliases.0.to'));
  expect(await wish('POST', '/api/v1/site/page-moves', lost)).toMatchObject(refused('pageAliases.0.to'));
  await set({ pageAliases: aliases });
  expect(await wish('PATCH', '/api/v1/site', { embedOrigins: [OLD] })).toMatchObject(refused('embedOrigins'));
  // Its forms say so at the field.
  const send = (form: Record<string, string>) =>
    forum.call('POST', '/admin/settings', {
      raw: new URLSearchParams({ siteNames: '', pageQueries: '', ...form }).toString(),
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        cookie: `colloquy_session=${admin.token}; colloquy_locale=en`,
      },
    });
  const moved = await send({ part: 'addresses', pageAliases: `${OLD}/ https://nobody.example/`, do: 'preview' });
  expect(moved).toMatchObject({ status: 400, body: expect.stringContaining('https://nobody.example yet, so') });
  const gone = await send({ part: 'elsewhere', embedOrigins: OLD, menu: '' });
  expect(gone).toMatchObject({ status: 400, body: expect.stringContaining(`Pages have moved to ${NEW}`) });
  await set({ pageAliases: [] });
});

test('of a site’s parameters those count that its admins name, also for what was written before', async () => {
  const said = await comment(`${OTHER}/show?id=7&session=abc`);
  await set({ pageQueries: [{ origin: OTHER, rule: 'keep', names: ['id'] }] });
  expect(await page(`${OTHER}/show?session=other&id=7`)).toMatchObject({
    id: said.postId,
    url: `${OTHER}/show?id=7`,
  });
  expect((await page(`${NEW}/show?session=1`)).url).toBe(`${NEW}/show?session=1`);
  await set({ pageQueries: [{ origin: OTHER, rule: 'drop', names: ['session'] }] });
  expect(await countsOf(`${OTHER}/show?id=7`, `${OTHER}/show`)).toEqual([1, 0]);
  await set({ pageQueries: [] });
});

test('a discussion is framed by its own site and by its former one, and by no other that may embed', async () => {
  const hosts = async (url: string) =>
    /frame-ancestors ([^;]*);/.exec((await frame(url)).headers.get('content-security-policy') ?? '')?.[1];
  expect([await hosts(`${NEW}/a`), await hosts(`${OTHER}/a`)]).toEqual([NEW, OTHER]);
  await set({ pageAliases: [{ from: `${OLD}/`, to: `${NEW}/` }] });
  expect([await hosts(`${NEW}/a`), await hosts(`${OLD}/a`)]).toEqual([`${OLD} ${NEW}`, `${OLD} ${NEW}`]);
  expect(await hosts(`${OTHER}/a`)).toBe(OTHER);
  const { body } = await frame(`${OLD}/a`);
  expect(body).toContain(JSON.stringify({ hosts: [OLD, NEW], site: null, as: null, sso: null }));
  await set({ pageAliases: [] });
});

test.each<[string, SiteWish]>([
  ['pageAliases.0.from', { pageAliases: [{ from: 'ftp://old.example/', to: NEW }] }],
  ['pageAliases.0.to', { pageAliases: [{ from: OLD, to: `${NEW}/?a=1` }] }],
  ['pageAliases.0.to', { pageAliases: [{ from: OLD, to: OLD }] }],
  [
    'pageAliases.0.to',
    {
      pageAliases: [
        { from: OLD, to: NEW },
        { from: `${NEW}/2020/`, to: OTHER },
      ],
    },
  ],
  [
    'pageAliases.0.to',
    {
      pageAliases: [
        { from: OLD, to: NEW },
        { from: NEW, to: OLD },
      ],
    },
  ],
  [
    'pageAliases.1.from',
    {
      pageAliases: [
        { from: OLD, to: NEW },
        { from: `${OLD}/`, to: OTHER },
      ],
    },
  ],
  ['pageQueries.0.names', { pageQueries: [{ origin: OTHER, rule: 'keep', names: ['a b'] }] }],
  ['pageQueries.0.origin', { pageQueries: [{ origin: 'other', rule: 'keep', names: [] }] }],
  ['siteNames.0.name', { siteNames: [{ origin: OTHER, name: '' }] }],
])('a wrong %s is refused', async (field, body) => {
  const refused = await forum.call('PATCH', '/api/v1/site', { token: admin.token, body });
  expect(refused).toMatchObject({ status: 400, body: { code: 'invalid', errors: [{ field }] } });
});
