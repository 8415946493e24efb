import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UnwrittenPageMemory } from '../../src/views/post-list/door/unwritten-page-memory.ts';
import { UnwrittenFrames } from '../../src/web/embed/unwritten-frames.ts';
import { keptBytes } from '../support/memory.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';

const BLOG = 'https://blog.example';
const MIB = 1024 * 1024;
let forum: RunningForum;

beforeAll(async () => {
  forum = await startForum({ env: { EMBED_ORIGINS: BLOG } });
  await forum.admin();
}, 60_000);
afterAll(() => forum?.close());

const frame = async (fields: Record<string, string>): Promise<string> =>
  String((await forum.call('GET', `/embed?${new URLSearchParams(fields)}`)).body);

describe('the frame of a page that nobody has commented on', () => {
  it.each([
    { url: `${BLOG}/one`, title: 'One' },
    { url: `${BLOG}/two?b=2&a=~x'(y)*z`, title: `"><script>&'</title> $& \uE0000\uE000` },
    { url: `${BLOG}/ភាសា/ไทย`, title: 'អ្នកជិតខាង %EE%80%800%EE%80%80' },
    { url: `${BLOG}/no-title` },
  ])('is filled in as it would be rendered: %j', async (fields) => {
    for (const more of [{}, { locale: 'km', theme: 'dark', sort: 'newest' }, { locale: 'th' }]) {
      await frame({ url: `${BLOG}/before`, title: 'Before', ...more });
      const { made } = forum.forum.app.get(UnwrittenFrames);
      const filled = await frame({ ...fields, ...more });
      // What a guest has just sent is told nobody where the site takes no guests; such a page is rendered by itself.
      const rendered = await frame({ ...fields, ...more, sent: 'guest' });
      const atRest = (html: string): string => html.replace(/"(now|position)":"?\d+"?/g, '');
      expect(atRest(filled)).toBe(atRest(rendered));
      expect(filled).toContain('id="comment-form"');
      expect(forum.forum.app.get(UnwrittenFrames).made).toBeLessThanOrEqual(made + 2);
    }
  });

  it('names no place in the forum that it has not', async () => {
    expect(await frame({ url: `${BLOG}/nowhere-yet` })).not.toMatch(/This discussion on|Open the discussion/);
  });

  it('is made anew when the site’s settings change', async () => {
    const { token } = await forum.admin();
    await frame({ url: `${BLOG}/settings` });
    await forum.done('PATCH', '/api/v1/site', { token, body: { guests: true } });
    expect(await frame({ url: `${BLOG}/settings` })).toContain('name="email"');
    await forum.done('PATCH', '/api/v1/site', { token, body: { guests: false } });
    expect(await frame({ url: `${BLOG}/settings` })).not.toContain('name="email"');
  });

  it('costs no rendering, no event and no memory for an invented address', async () => {
    const frames = forum.forum.app.get(UnwrittenFrames);
    const ask = async (from: number, to: number): Promise<void> => {
      for (let n = from; n < to; n += 1) await frame({ url: `${BLOG}/invented/${n}`, title: `Page ${n}` });
    };
    await ask(0, 300);
    const [made, kept, last] = [frames.made, keptBytes(), forum.forum.views.position()];
    await ask(300, 1_300);
    // A minute that ends meanwhile makes one more.
    expect(frames.made).toBeLessThanOrEqual(made + 2);
    // What answers have left is let go in several collections.
    await until(() => keptBytes() - kept < 16 * MIB);
    expect(forum.forum.views.position()).toBe(last);
  });
});

it('100,000 invented addresses are remembered in some megabytes, the newest of them', () => {
  const memory = new UnwrittenPageMemory();
  for (let n = 0; n < 100_000; n += 1) {
    const url = `${BLOG}/${'long/'.repeat(300)}${n}`;
    memory.remember({ id: String(n), slug: `slug-${n}`, url, title: 'A title', locale: 'en' });
  }
  expect(memory.state.pages).toBeLessThanOrEqual(10_000);
  expect(memory.state.bytes).toBeLessThanOrEqual(8 * MIB);
  expect(memory.of('99999')).toBeDefined();
  expect(memory.of('0')).toBeUndefined();
});

describe('PUT /pages asked by a page of another site', () => {
  const preflight = (origin: string, method = 'PUT') =>
    forum.call('OPTIONS', '/api/v1/pages', {
      headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': 'content-type' },
    });

  it('is allowed to the allowed origins, without credentials', async () => {
    const { status, headers } = await preflight(BLOG);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(BLOG);
    expect(headers.get('access-control-allow-methods')).toBe('PUT');
    expect(headers.get('access-control-allow-headers')).toBe('content-type');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    expect(headers.get('vary')).toContain('Origin');
    const asked = await forum.call('PUT', '/api/v1/pages', {
      body: { url: `${BLOG}/asked` },
      headers: { origin: BLOG },
    });
    expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([200, BLOG]);
  });

  it.each(['https://evil.example', 'http://blog.example', 'https://blog.example.evil.example', 'null'])(
    'is refused to %s',
    async (origin) => {
      const { status, headers } = await preflight(origin);
      expect([status, headers.get('access-control-allow-origin')]).toEqual([403, null]);
      const asked = await forum.call('PUT', '/api/v1/pages', {
        body: { url: `${BLOG}/asked` },
        headers: { origin },
      });
      expect(asked.headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  it('opens no other address to anybody', async () => {
    const asked = await forum.call('OPTIONS', '/api/v1/members/me', {
      headers: { origin: BLOG, 'access-control-request-method': 'GET' },
    });
    expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([405, null]);
  });
});
