import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Comment, Post } from '../../libs/client/index.ts';
import { RateLimits } from '../../src/access/rate-limits.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

const BLOG = 'https://blog.example';
const OTHER = 'https://other.example';
let forum: RunningForum;
let admin: TestMember;
let member: TestMember;
let post: Post;
let comment: Comment;

beforeAll(async () => {
  forum = await startForum({ env: { EMBED_ORIGINS: `${BLOG},${OTHER}` } });
  admin = await forum.admin();
  member = await forum.member('somchai');
  post = await forum.done('PUT', '/api/v1/pages', { body: { url: `${BLOG}/peace`, title: 'Peace' } });
  comment = await forum.comment(member, post.id, { body: 'Said' });
}, 60_000);
afterAll(() => forum?.close());

const frameOf = (url: string): string => `/embed?${new URLSearchParams({ url, locale: 'en', theme: 'dark' })}`;
const PEACE = frameOf(`${BLOG}/peace`);

function send(path: string, form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) {
  return forum.call('POST', path, {
    raw: new URLSearchParams(form).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });
}

const ENDED = { cookie: 'colloquy_session=ended' };
const TEXT = 'A long thought </textarea> that I wrote for an hour';
const SHOWN = 'A long thought &lt;/textarea> that I wrote for an hour';

/** What the site of the page shows of an answer. */
function shownAt(site: string, { status, headers, body }: Awaited<ReturnType<typeof send>>) {
  expect(headers.get('content-security-policy')).toContain(`frame-ancestors ${site};`);
  expect(headers.get('x-frame-options')).toBeNull();
  const html = String(body);
  expect(html).toContain('class="framed" data-theme="dark"');
  expect(html).not.toContain('autofocus');
  return { status, html };
}

function shownNowhere({ status, headers }: Awaited<ReturnType<typeof send>>, expected: number): void {
  expect(status).toBe(expected);
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect(headers.get('x-frame-options')).toBe('DENY');
}

describe('a refused form of a frame is shown there', () => {
  it('with its text and the way to sign in, when the session has ended, on written and unwritten pages', async () => {
    for (const frame of [PEACE, frameOf(`${BLOG}/unwritten`)]) {
      const id = randomUUID();
      const { status, html } = shownAt(BLOG, await send('/embed/comments', { id, frame, body: TEXT }, ENDED));
      expect(status).toBe(401);
      expect(html).toContain(`>${SHOWN}</textarea>`);
      expect(html).toContain(
        '<form class="composer" method="post" action="/embed/comments" target="_self" data-unsent',
      );
      expect(html).toContain(`name="id" value="${id}"`);
      expect(html).toContain('href="/sign-in?next=%2Fembed');
      expect(html).toContain('target="_self">Back to the discussion</a>');
      // Sent again with a session, it is taken.
      const again = { id, frame, body: TEXT };
      const led = await send('/embed/comments', again, { cookie: `colloquy_session=${member.token}` });
      expect(led.headers.get('location')).toMatch(/^\/embed\?url=/);
    }
  });

  it.each([
    ['/bookmarks', () => ({ add: comment.id })],
    ['/notifications/attention', () => ({ act: 'follow', post: post.id })],
    [`/comments/${randomUUID()}/reactions`, () => ({ kind: 'thanks' })],
    [`/comments/${randomUUID()}/pin`, () => ({ pinned: '1' })],
  ])('%s, when the session has ended', async (path, fields) => {
    const { status, html } = shownAt(BLOG, await send(path, { ...fields(), frame: PEACE }, ENDED));
    expect(status).toBe(401);
    expect(html).toContain('href="/sign-in?next=%2Fembed');
    expect(html).not.toContain('<textarea');
  });

  it('when what it is about is not there any more, with the text', async () => {
    const cookie = `colloquy_session=${member.token}`;
    const gone = { kind: 'thanks', frame: PEACE };
    expect(shownAt(BLOG, await send(`/comments/${randomUUID()}/reactions`, gone, { cookie })).status).toBe(404);
    const withdrawn = await forum.done<Post>('PUT', '/api/v1/pages', { body: { url: `${BLOG}/withdrawn` } });
    await forum.comment(member, withdrawn.id, { body: 'Said' });
    await forum.done('POST', `/api/v1/posts/${withdrawn.id}/withdraw`, { token: admin.token });
    const frame = frameOf(`${BLOG}/withdrawn`);
    const { status, html } = shownAt(BLOG, await send('/embed/comments', { frame, body: TEXT }, { cookie }));
    expect(status).toBe(404);
    expect(html).toContain(`>${SHOWN}</textarea>`);
  });

  it('with its text, when the discussion was closed, the writer may not write now, or the answered comment is not there', async () => {
    const closed = await forum.done<Post>('PUT', '/api/v1/pages', { body: { url: `${BLOG}/closed` } });
    const said = await forum.comment(member, closed.id, { body: 'Said' });
    const stopped = await forum.member('stopped');
    const suspension = { kind: 'suspension', reason: 'spam', until: new Date(Date.now() + 3_600_000).toISOString() };
    const state = { token: admin.token, body: { state: 'closed' } };
    await forum.done('POST', `/api/v1/members/${stopped.member.id}/sanctions`, {
      token: admin.token,
      body: suspension,
    });
    await forum.done('PUT', `/api/v1/posts/${closed.id}/discussion`, state);
    const tried = [
      { frame: frameOf(`${BLOG}/closed`), by: member, parentId: '', expected: 403 },
      { frame: frameOf(`${BLOG}/closed`), by: member, parentId: said.id, expected: 403 },
      { frame: PEACE, by: member, parentId: randomUUID(), expected: 422 },
      { frame: PEACE, by: stopped, parentId: '', expected: 403 },
    ];
    for (const { frame, by, parentId, expected } of tried) {
      const cookie = `colloquy_session=${by.token}`;
      const { status, html } = shownAt(
        BLOG,
        await send('/embed/comments', { frame, parentId, body: TEXT }, { cookie }),
      );
      expect(status).toBe(expected);
      expect(html).toContain(`>${SHOWN}</textarea>`);
      expect(html).toContain('role="alert"');
    }
  });

  it('when it is too large, which says that nothing of it is kept', async () => {
    const cookie = `colloquy_session=${member.token}`;
    for (const size of [300_000, 4_000_000]) {
      const sent = await send('/embed/comments', { frame: PEACE, body: 'x'.repeat(size) }, { cookie });
      const { status, html } = shownAt(BLOG, sent);
      expect(status).toBe(413);
      expect(html).toContain('<h1>This is too long</h1>');
      expect(html).not.toContain('<textarea');
    }
  });

  it('by its own site alone, and never for a form that came from another one', async () => {
    const elsewhere = { frame: frameOf(`${OTHER}/x`), body: TEXT };
    shownAt(OTHER, await send('/embed/comments', elsewhere, ENDED));
    for (const frame of [frameOf('https://evil.example/x'), '/posts/x', '/embed', '', frameOf('javascript:1')])
      shownNowhere(await send('/bookmarks', { frame, body: TEXT }, ENDED), 401);
    shownNowhere(await send('/embed/comments', { frame: PEACE, body: TEXT }, { ...ENDED, origin: BLOG }), 403);
    shownNowhere(await send('/settings', { frame: PEACE, body: TEXT }, ENDED), 401);
  });
});

it('a frame that was asked for too often says so where it stands', async () => {
  const limited = await startForum({ env: { EMBED_ORIGINS: BLOG, RATE_LIMITS: 'on', TRUST_PROXY: '1' } });
  try {
    await limited.admin();
    const limits = limited.forum.app.get(RateLimits);
    const take = async () => limits.take('read', '203.0.113.7');
    for (let isOver = false; !isOver; )
      isOver = await take().then(
        () => false,
        () => true,
      );
    const headers = { 'x-forwarded-for': '203.0.113.7' };
    const { status, html } = shownAt(BLOG, await limited.call('GET', frameOf(`${BLOG}/unwritten`), { headers }));
    expect(status).toBe(429);
    expect(html).toContain('<h1>A little too fast</h1>');
    shownNowhere(await limited.call('GET', frameOf('https://evil.example/x'), { headers }), 429);
  } finally {
    await limited.close();
  }
});
