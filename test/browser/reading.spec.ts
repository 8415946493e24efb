import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Route } from 'playwright-core';
import type { Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { ForumInBrowser, live } from './forum-in-browser.ts';

let site: ForumInBrowser;
let editor: TestMember;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  editor = await site.forum.member('mali', ['editor']);
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

async function discussed(title: string, comments: number): Promise<string> {
  const post = await site.forum.publish(editor, { title, body: 'The first paragraph.\n\nThe second one.' });
  const ids: string[] = [];
  for (let n = 0; n < comments; n += 1) {
    const parentId = n % 5 === 4 ? ids.at(-1) : undefined;
    const body = `Comment ${n}: what was agreed in **Vientiane** takes time, people and money to become practice.`;
    const { id } = await site.forum.comment(editor, post.id, { body, ...(parentId ? { parentId } : {}) });
    ids.push(id);
  }
  return post.slug;
}

describe('an address with a comment in it', () => {
  it('leads to the comment wherever it is paged, and leaves the reader in place when nobody has it', async () => {
    const slug = await discussed('A long discussion', 80);
    const { id: postId } = await site.forum.done<Post>('GET', `/api/v1/posts/${slug}`, {});
    const [last] = (await site.forum.thread(postId, '?sort=newest&limit=1')).items;
    const { page } = await site.reader();

    await page.goto(`/posts/${slug}#comment-${last?.id}`);
    await page.locator(`#comment-${last?.id}`).waitFor();
    const address = new URL(page.url());
    expect([address.hash, address.searchParams.has('cursor')]).toEqual([`#comment-${last?.id}`, true]);

    await page.goto(`/posts/${slug}#comment-00000000-0000-4000-8000-000000000000`);
    await live(page);
    const asked = page.waitForResponse('**/comments/00000000-*');
    await page.evaluate(() => location.assign('#comment-00000000-0000-4000-8000-000000000001'));
    expect((await asked).status()).toBe(404);
    expect(new URL(page.url()).pathname).toBe(`/posts/${slug}`);
  }, 60_000);
});

const kilobytes = (bytes: number): number => Math.round(bytes / 100) / 10;

async function gzipped(path: string): Promise<number> {
  const response = await fetch(site.forum.url + path, { headers: { 'accept-encoding': 'identity' } });
  return gzipSync(Buffer.from(await response.arrayBuffer()), { level: 6 }).length;
}

/** Addresses that a page loads at once: its styles, its programs, and what those import before they run. */
function assetsIn(html: string, kind: 'css' | 'js'): readonly string[] {
  const head = html.slice(0, html.indexOf('</head>'));
  return [...head.matchAll(/\/assets\/[\w-]+\.\w+/g)].flatMap(([path]) => (path.endsWith(kind) ? [path] : []));
}

describe('the weight of a post with 50 comments', () => {
  it('is under 30 kB of HTML and CSS, under 23 kB of script before live, without Socket.IO', async () => {
    const slug = await discussed('Fifty comments', 50);
    const html = await (await fetch(`${site.forum.url}/posts/${slug}`)).text();
    const styles = assetsIn(html, 'css');
    const programs = assetsIn(html, 'js').filter((path) => !path.includes('/page-'));
    const sizes = async (paths: readonly string[]) =>
      (await Promise.all(paths.map(gzipped))).reduce((sum, size) => sum + size, 0);

    const firstView = kilobytes(gzipSync(html, { level: 6 }).length + (await sizes(styles)));
    const script = kilobytes(await sizes(programs));

    process.stderr.write(`first view ${firstView} kB, thread script ${script} kB\n`);
    expect(styles).toHaveLength(1);
    expect(programs.length).toBeGreaterThanOrEqual(2);
    expect(firstView).toBeLessThan(30);
    expect(script).toBeLessThan(23);
    for (const path of programs) expect(await (await fetch(site.forum.url + path)).text()).not.toContain('engine.io');
  }, 60_000);
});

describe('on a slow line', () => {
  it('the style sheet shares it with the one program of all pages alone', async () => {
    const slug = await discussed('A slow line', 5);
    const { page } = await site.reader();
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.resourceType() === 'script') asked.push(new URL(request.url()).pathname);
    });
    const held: Route[] = [];
    await page.route('**/*.css', (route) => void held.push(route));

    const both = ['**/*.css', '**/page-*.js'].map((path) => page.waitForRequest(path));
    await page.goto(`/posts/${slug}`, { waitUntil: 'commit' });
    await Promise.all(both);
    await page.locator('footer').waitFor({ state: 'attached' });
    expect(asked).toEqual([expect.stringContaining('/page-')]);
    for (const route of held) await route.continue();
    await live(page);
    expect(asked.length).toBeGreaterThan(1);
  }, 60_000);
});

describe('a reader without an account', () => {
  it('goes from the list to a post, its tag, and the month in its own language', async () => {
    await site.forum.publish(editor, {
      title: 'Crossing the river',
      tags: ['border'],
      publishAt: '2015-10-05T08:00:00Z',
    });
    const { page, complaints } = await site.reader({ locale: 'th-TH' });

    await page.goto('/archive');
    await page.locator('a[href="/archive/2015/10"]').click();
    await page.locator('h1').waitFor();
    expect(await page.locator('h1').textContent()).toBe('คลังบทความ ตุลาคม 2558');
    await page.locator('.post-foot a').first().click();
    await page.locator('a[rel=tag]').click();
    await page.waitForURL('**/tags/border');

    expect(await page.locator('.posts h2').allInnerTexts()).toEqual(['Crossing the river']);
    expect(await page.locator('html').getAttribute('lang')).toBe('th');
    expect(complaints).toEqual([]);
  });

  it('chooses another language, which stays', async () => {
    const { page } = await site.reader();

    await page.goto('/archive');
    await page.locator('#locale').selectOption('vi');
    await page.locator('.language-form button').click();
    await page.locator('h1:text("Lưu trữ")').waitFor();
    await page.goto('/');

    expect(await page.locator('nav.account').textContent()).toContain('Đăng nhập');
  });

  it('is told in its language what is not there, what is not open to it, and where to sign in', async () => {
    const { page } = await site.reader({ locale: 'zh-CN' });

    const missing = await page.goto('/posts/no-such-post');
    expect([missing?.status(), await page.locator('h1').textContent()]).toEqual([404, '这里什么也没有']);
    await page.goto('/settings');
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/sign-in?next=%2Fsettings');
    const member = await site.reader({ locale: 'zh-CN', as: await site.forum.member() });
    const forbidden = await member.page.goto('/write');
    expect([forbidden?.status(), await member.page.locator('html').getAttribute('lang')]).toEqual([403, 'en']);
  });

  it('follows a link to a comment on whatever page of the thread it stands', async () => {
    const post = await site.forum.publish(editor, { title: 'A long thread' });
    const ids: string[] = [];
    for (let n = 0; n < 60; n += 1)
      ids.push((await site.forum.comment(editor, post.id, { body: `Comment number ${n}` })).id);
    const { page, complaints } = await site.reader();

    await page.goto(`/comments/${ids[55]}`);
    await live(page);

    expect(await page.locator(`#comment-${ids[55]}`).isVisible()).toBe(true);
    expect(new URL(page.url()).hash).toBe(`#comment-${ids[55]}`);
    await page.locator('.pages a').first().click();
    await page.locator(`#comment-${ids[0]}`).waitFor();
    expect(await page.locator('#thread .comment').count()).toBe(50);
    expect(complaints).toEqual([]);
  }, 60_000);
});
