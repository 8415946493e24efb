import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Comment, NotificationList, Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { until } from '../support/until.ts';
import { ForumInBrowser, live, type Reader } from './forum-in-browser.ts';

let site: ForumInBrowser;
let editor: TestMember;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  editor = await site.forum.admin();
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

interface Reading extends Reader {
  readonly reader: TestMember;
  readonly post: Post;
  readonly root: Comment;
}

/** A member with a question of its own before its eyes, live. */
async function reading(handle: string): Promise<Reading> {
  const reader = await site.forum.member(handle);
  const post = await site.forum.publish(editor, { title: `Read by ${handle}` });
  const root = await site.forum.comment(reader, post.id, { body: 'A question' });
  const opened = await site.reader({ as: reader });
  await opened.page.clock.install();
  await opened.page.goto(`/posts/${post.slug}`);
  await live(opened.page);
  return { ...opened, reader, post, root };
}

const newIn = async ({ reader, post }: Reading): Promise<boolean> => {
  const list = await site.forum.call('GET', '/', { headers: { cookie: `colloquy_session=${reader.token}` } });
  const entry =
    String(list.body)
      .split('<article')
      .find((part) => part.includes(`/posts/${post.slug}"`)) ?? '';
  return entry.includes('class="count new"');
};
const unread = async ({ reader }: Reading): Promise<number> =>
  (await site.forum.done<NotificationList>('GET', '/api/v1/notifications', { token: reader.token })).unread;

async function answered({ page, post, root }: Reading, body: string): Promise<void> {
  await site.forum.comment(editor, post.id, { parentId: root.id, body });
  await page.locator('.body', { hasText: body }).waitFor();
}

async function turn({ page }: Reading, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((now) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => now });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}

it('what comes while somebody reads is read, on the lists and in the badge, after some seconds', async () => {
  const here = await reading('lan');
  await answered(here, 'While it is read');
  expect(await newIn(here)).toBe(true);
  await here.page.clock.fastForward(30_000);
  await until(async () => !(await newIn(here)) && (await unread(here)) === 0);
  expect(here.complaints).toEqual([]);
  await here.context.close();
});

it('and at once when the page is left', async () => {
  const here = await reading('minh');
  await answered(here, 'Just before');
  await here.page.goto('/archive');
  await until(async () => !(await newIn(here)) && (await unread(here)) === 0);
  await here.context.close();
});

it('what comes while the page is hidden is not read by that, until it is seen', async () => {
  const here = await reading('hoa');
  await answered(here, 'Seen');
  await turn(here, 'hidden');
  await until(async () => !(await newIn(here)));
  const asked: string[] = [];
  here.page.on('request', (request) => asked.push(request.url()));
  await answered(here, 'Not seen');
  await here.page.clock.fastForward(60_000);
  expect(asked.filter((url) => url.endsWith('/visit'))).toEqual([]);
  expect([await newIn(here), await unread(here)]).toEqual([true, 1]);
  await turn(here, 'visible');
  await here.page.clock.fastForward(30_000);
  await until(async () => !(await newIn(here)) && (await unread(here)) === 0);
  await here.context.close();
});

it('what waits behind a button is not read before it is pressed', async () => {
  const here = await reading('vinh');
  const other = await site.forum.comment(editor, here.post.id, { body: 'Below the place of the next answer' });
  await here.page.locator('.body', { hasText: 'Below the place' }).waitFor();
  await here.page.clock.fastForward(30_000);
  await until(async () => !(await newIn(here)));
  const requested = here.page.waitForRequest((request) => request.url().endsWith('/visit'));
  await site.forum.comment(editor, here.post.id, { parentId: here.root.id, body: 'Behind the button' });
  const pill = here.page.getByRole('button', { name: '1 new answer' });
  await pill.waitFor();
  await here.page.clock.fastForward(60_000);
  expect(await newIn(here)).toBe(true);
  await pill.click();
  await here.page.clock.fastForward(30_000);
  await requested;
  await until(async () => !(await newIn(here)));
  expect(other.status).toBe('visible');
  await here.context.close();
});
