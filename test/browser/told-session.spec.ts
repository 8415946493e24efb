import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { ForumInBrowser, live } from './forum-in-browser.ts';

/** A text that the programs of members alone hold. */
const OF_MEMBERS = 'colloquy:outbox:';

let site: ForumInBrowser;
let admin: TestMember;
let post: Post;
let writer: TestMember;
let page: Page;
let count = 0;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  admin = await site.forum.admin();
  post = await site.forum.publish(admin, { title: 'Peace' });
}, 60_000);
afterAll(() => ForumInBrowser.close(site));
beforeEach(async () => {
  count += 1;
  writer = await site.forum.member(`writer${count}`);
  ({ page } = await site.reader({ as: writer }));
});

const begins = (): Promise<unknown> => page.goto(`/posts/${post.slug}`);
const sanctions = (): string => `/api/v1/members/${writer.member.id}/sanctions`;
const ban = (): Promise<unknown> =>
  site.forum.done('POST', sanctions(), { token: admin.token, body: { kind: 'ban', reason: 'spam' } });

async function isTold(): Promise<void> {
  const told = page.getByRole('status').filter({ hasText: 'This account was banned' });
  await told.getByRole('link', { name: 'Appeal' }).waitFor();
  expect(await told.count()).toBe(1);
}

it('whoever is banned before the programs of members have come is told so once they come', async () => {
  const [asked, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await page.route('**/chunk-*.js', async (route) => {
    const response = await route.fetch();
    if ((await response.text()).includes(OF_MEMBERS)) {
      asked.resolve();
      await release.promise;
    }
    await route.fulfill({ response });
  });
  await begins();
  await asked.promise;
  await ban();
  release.resolve();
  await isTold();
});

it.each([
  ['has no room', 503],
  ['is not reached', null],
])('whoever is banned is told so where the forum %s when it is asked who is signed in', async (_, status) => {
  await begins();
  await live(page);
  let isFirst = true;
  await page.route('**/api/v1/members/me', (route) => {
    if (!isFirst) return route.continue();
    isFirst = false;
    const json = { type: 'about:blank', title: 'overloaded', status, code: 'overloaded', detail: 'Too much at once.' };
    return status === null ? route.abort() : route.fulfill({ status, json });
  });
  await ban();
  await isTold();
});

it('whoever is banned is told so where a draft was refused before', async () => {
  const [held, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await page.routeWebSocket('**/socket.io/**', (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => socket.send(message));
    server.onClose(async (code, reason) => {
      held.resolve();
      await release.promise;
      await socket.close({ code: code ?? 1000, reason: reason ?? '' });
    });
  });
  await begins();
  await live(page);
  await page.fill('#new-comment', 'An hour of words');
  const refused = page.waitForResponse(
    (answer) => answer.url().includes('/members/me/drafts') && answer.status() === 403,
  );
  await ban();
  await held.promise;
  await refused;
  release.resolve();
  await isTold();
  expect(await page.inputValue('#new-comment')).toBe('An hour of words');
});

it('whoever is banned while the connection is lost is told so when it comes back', async () => {
  let isAway = false;
  const away: (() => void)[] = [];
  await page.routeWebSocket('**/socket.io/**', (socket) => {
    if (isAway) return void socket.close({ code: 1001, reason: 'away' });
    const server = socket.connectToServer();
    away.push(() => void Promise.all([server.close(), socket.close({ code: 1001, reason: 'away' })]));
  });
  await page.route('**/socket.io/**', (route) => (isAway ? route.abort() : route.continue()));
  await begins();
  await live(page);
  isAway = true;
  for (const leave of away.splice(0)) leave();
  await page.locator('#thread:not([data-connection="live"])').waitFor();
  await ban();
  isAway = false;
  await isTold();
});

it('whoever may write again is no longer told that they may not', async () => {
  await begins();
  await live(page);
  await ban();
  await isTold();
  await site.forum.call('DELETE', `${sanctions()}/ban`, { token: admin.token, body: {} });
  await page.evaluate(() => {
    const connectAnew = (offered: Event): void => {
      const socket: { disconnect(): { connect(): void } } = Reflect.get(offered, 'detail');
      socket.disconnect().connect();
    };
    document.addEventListener('colloquy:socket', connectAnew, { once: true });
    document.dispatchEvent(new Event('colloquy:socket-wanted'));
  });
  await page.getByText('This account was banned').waitFor({ state: 'detached' });
});
