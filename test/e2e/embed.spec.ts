import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import type { Post } from '../../libs/client/index.ts';
import { UnwrittenPageMemory } from '../../src/views/post-list/door/unwritten-page-memory.ts';
import { type AssetName, Assets } from '../../src/web/shell/assets.ts';
import { KeptPages } from '../../src/web/shell/kept-pages.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

const BLOG = 'https://blog.example';
const OTHER = 'http://localhost:4321';
let forum: RunningForum;
let reader: TestMember;
let page: Post;

beforeAll(async () => {
  forum = await startForum({ env: { EMBED_ORIGINS: `${BLOG},${OTHER}` } });
  await forum.admin();
  reader = await forum.member('somchai');
  await forum.member('gone');
  page = await forum.done('PUT', '/api/v1/pages', { body: { url: `${BLOG}/fifty`, title: 'Fifty' } });
  for (let n = 0; n < 50; n += 1) {
    await forum.comment(reader, page.id, {
      body: `Comment number ${n}: the river is high this week, and the market opens late.`,
    });
  }
}, 60_000);
afterAll(() => forum?.close());

const frameOf = (url: string, more = ''): string => `/embed?${new URLSearchParams({ url })}${more}`;
const show = (path: string, headers: Record<string, string> = {}) => forum.call('GET', path, { headers });

describe('a frame', () => {
  it('is shown by the pages of its own site alone, kept or made anew, and no other page is', async () => {
    for (const [path, hosts] of [
      [frameOf(`${BLOG}/fifty`), BLOG],
      [frameOf(`${BLOG}/fifty`), BLOG],
      [frameOf(`${BLOG}/nothing`), BLOG],
      [frameOf(`${BLOG}/fifty`, '&cursor=zzzz'), BLOG],
    ] as const) {
      const { headers } = await show(path);
      expect(headers.get('content-security-policy')).toContain(`frame-ancestors ${hosts};`);
      expect(headers.get('x-frame-options')).toBeNull();
    }
    const refused = [frameOf('https://other.example/'), frameOf('javascript:alert(1)'), '/embed'];
    for (const path of ['/', `/posts/${page.slug}`, '/sign-in', '/posts/none', '/embed.js', ...refused]) {
      const { headers, body } = await show(path);
      expect(String(body)).not.toContain(OTHER);
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-frame-options')).toBe('DENY');
    }
  });

  it('tells a site that is not named that it is not, on its own pages, and nothing else', async () => {
    const asked = (site: string) => show(frameOf('https://new.example:8443/a', `&${new URLSearchParams({ site })}`));
    const { status, headers, body } = await asked('https://new.example:8443');
    expect(status).toBe(403);
    expect(headers.get('content-security-policy')).toContain('frame-ancestors https://new.example:8443;');
    expect(body).toContain(
      'new.example:8443 is not among the sites whose pages are discussed in this forum, or not yet.',
    );
    expect(body).not.toContain(BLOG);
    for (const site of ["https://a;script-src'self'", 'https://a *', 'null', '*', BLOG]) {
      expect((await asked(site)).headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    }
  });

  it('gives a text back that was sent from a site that is no longer named', async () => {
    const frame = frameOf('https://former.example/a');
    const { status, headers, body } = await forum.call('POST', '/embed/comments', {
      raw: new URLSearchParams({ frame, body: 'An hour <of> words' }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: `colloquy_session=${reader.token}` },
    });
    expect(status).toBe(403);
    expect(headers.get('content-security-policy')).toContain('frame-ancestors https://former.example;');
    expect(body).toContain('former.example is not among the sites');
    expect(body).toContain('An hour &lt;of> words</textarea>');
  });

  it('tells what is discussed, with the way back to it, where it stands in no frame', async () => {
    for (const path of [
      frameOf(`${BLOG}/fifty`),
      frameOf(`${BLOG}/nothing`, '&title=Nothing'),
      frameOf(`${BLOG}/fifty`),
    ]) {
      const title = path.includes('fifty') ? 'Fifty' : 'Nothing';
      const alone = String((await show(path, { 'sec-fetch-dest': 'document' })).body);
      expect(alone).toContain(`<h1 lang="en" dir="auto">${title}</h1>`);
      expect(alone).toContain(
        `<a href="${BLOG}/${title.toLowerCase()}" target="_self">Read on ${new URL(BLOG).host}</a>`,
      );
      const framed = String((await show(path, { 'sec-fetch-dest': 'iframe' })).body);
      expect(framed).toContain(`<h1 class="visually-hidden" lang="en" dir="auto">${title}</h1>`);
      expect(framed).not.toContain('Read on');
    }
  });

  it('has the discussion in its first answer, and speaks the language of the page around it', async () => {
    const { status, body } = await show(frameOf(`${BLOG}/fifty`, '&locale=vi&theme=dark'), { 'accept-language': 'th' });
    expect(status).toBe(200);
    expect(body).toContain('<html lang="vi" dir="ltr" class="framed" data-theme="dark" data-now="');
    expect(String(body).match(/<article/g)).toHaveLength(50);
    expect(body).toContain('<base target="_blank"/>');
    const again = await show(frameOf(`${BLOG}/fifty`, '&locale=vi&theme=dark'), { 'accept-language': 'en' });
    expect(again.headers.get('etag')).not.toBeNull();
    expect(again.body).toBe(body);

    // It is kept once, whatever title and whatever trails an address has.
    const { made } = forum.forum.app.get(KeptPages).state;
    const query = new URLSearchParams({ url: `${BLOG}/fifty`, title: 'Else', locale: 'vi', theme: 'dark' });
    expect((await show(`/embed?${query}`)).body).toBe(body);
    const trailed = await show(frameOf(`${BLOG}/fifty?utm_source=x`));
    expect([trailed.status, trailed.headers.get('etag')]).toEqual([200, null]);
    await show(frameOf(`${BLOG}/unwritten`));
    expect(forum.forum.app.get(KeptPages).state.made).toBe(made);
  });

  it.each([
    [frameOf('https://other.example/'), 403],
    [frameOf('javascript:alert(1)'), 400],
    ['/embed', 400],
    [frameOf(`${BLOG}/fifty`, '&cursor=zzzz'), 400],
  ])('%s is refused with %s', async (path, status) => {
    expect((await show(path)).status).toBe(status);
  });

  it('takes a comment without a script and comes back to itself, with the text kept after a refusal', async () => {
    const frame = frameOf(`${BLOG}/plain`, '&title=Plain&theme=light');
    const send = (form: Record<string, string>) =>
      forum.call('POST', '/embed/comments', {
        raw: new URLSearchParams({ frame, ...form }).toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: `colloquy_session=${reader.token}` },
      });
    const refused = await send({ body: 'x'.repeat(10_001) });
    expect(refused.status).toBe(400);
    expect(refused.body).toContain('class="framed"');
    expect(refused.body).toContain('action="/embed/comments" target="_self"');
    // Browsers refuse it in frames, and say so.
    expect(refused.body).not.toContain('autofocus');
    const previewed = await send({ body: 'To *see*', preview: '1' });
    expect(previewed.body).toContain('To <em>see</em>');
    expect(previewed.body).not.toContain('autofocus');
    const led = await send({ body: 'Written in a frame' });
    expect(led.status).toBe(303);
    const place = led.headers.get('location') ?? '';
    expect(place).toMatch(
      /^\/embed\?url=https%3A%2F%2Fblog.example%2Fplain&title=Plain&theme=light&after=\d+#comment-/,
    );
    expect((await show(place)).body).toContain('Written in a frame');
  });
});

test('moderators act in a frame as in the forum, and come back to it', async () => {
  const { token } = await forum.member('a-moderator', ['moderator']);
  const cookie = `colloquy_session=${token}`;
  const path = frameOf(`${BLOG}/fifty`, '&locale=en');
  const { items } = await forum.thread(page.id);
  const held = await forum.comment(reader, page.id, { body: 'Held for the frame' });
  const decision = { action: 'hold', reason: 'spam', revision: held.revision };
  await forum.done('POST', `/api/v1/comments/${held.id}/decisions`, { token, body: decision });
  expect((await show(`${path}&sort=newest`)).body).not.toContain('Held for the frame');
  const shown = String((await show(`${path}&sort=newest`, { cookie })).body);
  expect(shown).toContain('Held for the frame');
  expect(shown).toContain('data-action="moderate"');

  const commentId = items[0]?.id ?? '';
  const pinned = await forum.call('POST', `/comments/${commentId}/pin`, {
    raw: new URLSearchParams({ frame: path, pinned: '1' }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', cookie },
  });
  const there = await show(pinned.headers.get('location') ?? '', { cookie });
  expect(there.headers.get('location')).toMatch(
    new RegExp(`^/embed\\?url=https%3A%2F%2Fblog.example%2Ffifty&locale=en&pinned=${commentId}&after=\\d+#done$`),
  );
});

test('what an ignored member wrote is folded in a frame as on the forum', async () => {
  const { token } = await forum.member('in-peace');
  const cookie = `colloquy_session=${token}`;
  const folded = async () =>
    String((await show(frameOf(`${BLOG}/fifty`), { cookie })).body).match(/<details class="ignored"/g);
  expect(await folded()).toBeNull();
  await forum.call('PUT', `/api/v1/members/${reader.member.id}/ignore`, { token });
  expect((await folded())?.length).toBeGreaterThan(40);
});

describe('the code for a session in a frame', () => {
  const verifier = 'words that only the frame knows';
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const send = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
    forum.call('POST', path, {
      raw: new URLSearchParams(form).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });
  const cookie = (): string => `colloquy_session=${reader.token}`;
  const codeFor = async (host: string): Promise<string> => {
    const { body } = await send('/embed/sign-in', { host, challenge }, { cookie: cookie() });
    return /"code":"([\w-]+)"/.exec(String(body))?.[1] ?? '';
  };

  it('opens one session, for the frame that asked, on pages of the origin that was confirmed', async () => {
    const code = await codeFor(BLOG);
    const fields = { code, verifier, url: `${BLOG}/fifty` };
    for (const [change, status] of [
      [{ verifier: 'other words' }, 401],
      [{ url: `${OTHER}/fifty` }, 401],
      [{ url: 'https://evil.example/' }, 403],
      [{ code: `${code.startsWith('A') ? 'B' : 'A'}${code.slice(1)}` }, 401],
    ] as const) {
      expect((await send('/embed/sessions', { ...fields, ...change })).status).toBe(status);
    }
    const opened = await send('/embed/sessions', fields);
    expect(opened.status).toBe(204);
    expect(opened.headers.get('set-cookie')).toContain('colloquy_session=');
    expect((await send('/embed/sessions', fields)).status).toBe(401);
  });

  it('gives a session as old as the one that it comes from', async () => {
    const at = (token: string) => Number(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).at);
    const opened = await send('/embed/sessions', { code: await codeFor(BLOG), verifier, url: `${BLOG}/fifty` });
    const token = /colloquy_session=([^;]+)/.exec(opened.headers.get('set-cookie') ?? '')?.[1] ?? '';
    expect(at(token)).toBeLessThanOrEqual(at(reader.token));
    expect(at(token)).toBeGreaterThan(at(reader.token) - 1_000);
  });

  it.each([
    ['signed out', (token: string) => forum.call('DELETE', '/api/v1/sessions/current', { token })],
    [
      'ended with all others',
      () => forum.signIn('gone').then(({ token }) => forum.call('DELETE', '/api/v1/sessions', { token })),
    ],
  ])('is worth nothing once the session that it comes from is %s', async (_, end) => {
    const { token } = await forum.signIn('gone');
    const { body } = await send('/embed/sign-in', { host: BLOG, challenge }, { cookie: `colloquy_session=${token}` });
    const code = /"code":"([\w-]+)"/.exec(String(body))?.[1] ?? '';
    expect(code).not.toBe('');
    await end(token);
    expect((await send('/embed/sessions', { code, verifier, url: `${BLOG}/fifty` })).status).toBe(401);
  });

  it('is given to members alone, from the forum’s own page, for an allowed site', async () => {
    expect(await codeFor('https://evil.example')).toBe('');
    const foreign = { cookie: cookie(), origin: BLOG };
    expect((await send('/embed/sign-in', { host: BLOG, challenge }, foreign)).status).toBe(403);
    expect((await send('/embed/sessions', { code: 'x', verifier, url: BLOG }, { origin: BLOG })).status).toBe(403);
    const asked = await show(`/embed/sign-in?host=${encodeURIComponent(BLOG)}&challenge=${challenge}`);
    expect(asked.headers.get('location')).toMatch(/^\/sign-in\?next=%2Fembed%2Fsign-in/);
    expect(asked.headers.get('cross-origin-opener-policy')).toBe('unsafe-none');
    expect((await show('/')).headers.get('cross-origin-opener-policy')).toBe('same-origin');
    // Before it is given, there is a way back and a way to another account.
    const { body } = await show(`/embed/sign-in?host=${encodeURIComponent(BLOG)}&challenge=${challenge}`, {
      cookie: cookie(),
    });
    expect(body).toContain(`href="${BLOG}" data-close`);
    expect(body).toContain('<a href="/sign-out">Not Name of somchai? Sign out</a>');
  });
});

test('a page that was forgotten meanwhile is found again by the form of its frame', async () => {
  const url = `${BLOG}/forgotten`;
  const frame = frameOf(url);
  const { id } = await forum.done<Post>('PUT', '/api/v1/pages', { body: { url } });
  const memory = forum.forum.app.get(UnwrittenPageMemory);
  for (let n = 0; n < 200; n += 1)
    memory.remember({ id: `${n}`, slug: '', url: `${BLOG}/${n}`, title: 'x'.repeat(50_000), locale: 'en' });
  const body = { body: 'By its id alone' };
  const byId = await forum.call('POST', `/api/v1/posts/${id}/comments`, { token: reader.token, body });
  expect(byId).toMatchObject({ status: 404, body: { code: 'post_not_found' } });
  const led = await forum.call('POST', '/embed/comments', {
    raw: new URLSearchParams({ frame, body: 'By its address' }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: `colloquy_session=${reader.token}` },
  });
  expect(led.status).toBe(303);
  expect((await forum.thread(id)).items).toMatchObject([{ body: 'By its address' }]);
});

test('a guest writes in a frame where the site takes guests, and the page comes to be with that', async () => {
  await forum.done('PATCH', '/api/v1/site', { token: (await forum.admin()).token, body: { guests: true } });
  const frame = frameOf(`${BLOG}/guests`, '&locale=en');
  expect((await show(frame)).body).toContain('name="email"');
  const form = { frame, body: 'As a guest', name: 'Linh', email: 'linh@example.org' };
  const led = await forum.call('POST', '/embed/comments', {
    raw: new URLSearchParams(form).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  expect(led.headers.get('location')).toMatch(/^\/embed\?url=[^#]*&locale=en&sent=guest&after=\d+#comment-form$/);
  const found = await forum.done<Post>('PUT', '/api/v1/pages', { body: { url: `${BLOG}/guests` } });
  expect(found).toMatchObject({ commentCount: 0, revision: 1 });
});

test('weighs 25 kB at most before live and 60 kB with everything, and its script 3 kB', async () => {
  const assets = new Assets();
  const file = (name: AssetName): number =>
    gzipSync(assets.file(assets.address(name).slice(8), undefined).bytes, { level: 9 }).length;
  const html = gzipSync(String((await show(frameOf(`${BLOG}/fifty`))).body)).length;
  const first = html + file('embed.css') + file('frame.js');
  const sizes = { script: file('embed.js'), html, first };
  expect(sizes.script).toBeLessThanOrEqual(3_000);
  expect({ sizes, isLight: first <= 25_000 }).toMatchObject({ isLight: true });
});
