import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { BrowserContext, Page, Worker } from 'playwright-core';
import type { Comment, NotificationList, Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { until } from '../support/until.ts';
import { ForumInBrowser } from './forum-in-browser.ts';

let site: ForumInBrowser;
let linh: TestMember;
let post: Post;
let other: Post;
let question: Comment;

beforeAll(async () => {
  site = await ForumInBrowser.open();
  const admin = await site.forum.admin();
  linh = await site.forum.member('linh');
  post = await site.forum.publish(admin, { title: 'Ferries' });
  other = await site.forum.publish(admin, { title: 'Bridges' });
  question = await site.forum.comment(linh, post.id);
}, 60_000);
afterAll(() => ForumInBrowser.close(site));

const answer = async (): Promise<Comment> =>
  site.forum.comment(await site.forum.admin(), post.id, { parentId: question.id });
/** The same by somebody whom no page concerns: of something that is read elsewhere alone. */
const answerBeside = async (): Promise<Comment> => {
  const { id: parentId } = await site.forum.comment(linh, other.id);
  return site.forum.comment(await site.forum.admin(), other.id, { parentId });
};

/** A browser of tests shows no notifications; this one says that it shows these, by the paths that they lead to. */
async function showing(context: BrowserContext, paths: readonly string[]): Promise<void> {
  await context.addInitScript((leading) => {
    const closed: string[] = [];
    Object.assign(window, { putAway: closed });
    const shown = leading.map((data) => ({ data, close: () => closed.push(data) }));
    ServiceWorkerContainer.prototype.getRegistration = () => {
      const left = () => Promise.resolve(shown.filter(({ data }) => !closed.includes(data)));
      return Promise.resolve(
        Object.assign(Object.create(ServiceWorkerRegistration.prototype), { getNotifications: left }),
      );
    };
  }, paths);
}

const putAway = (page: Page): Promise<readonly string[]> => page.evaluate(() => Reflect.get(window, 'putAway'));
const read = async (): Promise<void> => {
  const { token } = linh;
  const { items } = await site.forum.done<NotificationList>('GET', '/api/v1/notifications', { token });
  const body = { upTo: items[0]?.position };
  await site.forum.done('PUT', '/api/v1/notifications/read', { token, body });
};

it('puts away what leads to the page that is read, and all once nothing is unread, wherever it was read', async () => {
  const { id } = await answer();
  await answerBeside();
  const here = `/posts/${post.slug}#comment-${id}`;
  const there = `/posts/${other.slug}#comment-${id}`;
  const { page, context, complaints } = await site.reader({ as: linh });
  await showing(context, [here, there, '/notifications']);
  await page.goto(`/posts/${post.slug}`);
  await until(async () => (await putAway(page)).length > 0);
  expect(await putAway(page)).toEqual([here]);
  await page.goto('/archive');
  await page.locator('.unread-count:visible').first().waitFor();
  expect(await putAway(page)).toEqual([]);
  await read();
  await until(async () => (await putAway(page)).length === 3);

  await answerBeside();
  await page.goto('/notifications');
  await until(async () => (await putAway(page)).includes('/notifications'));
  expect(await putAway(page)).toEqual(['/notifications']);
  await page.getByRole('button', { name: 'Mark all as read' }).click();
  // The address says so for a moment alone: the page takes it off.
  await page.getByRole('button', { name: 'Mark all as read' }).waitFor({ state: 'detached' });
  await until(async () => (await putAway(page)).length === 3);
  expect(complaints).toEqual([]);
  await context.close();
}, 60_000);

/** The worker, whose browser shows by what it is told. */
async function standing(page: Page, context: BrowserContext): Promise<Worker> {
  await page.goto('/');
  await page.evaluate(() => navigator.serviceWorker.register('/sw.js').then(() => navigator.serviceWorker.ready));
  await until(() => context.serviceWorkers().length > 0);
  const [worker] = context.serviceWorkers();
  if (worker === undefined) throw new Error('there is no service worker');
  await worker.evaluate(() => {
    const shown: { tag: string; body: string; close: () => void }[] = [];
    const log: string[] = [];
    Object.assign(globalThis, { shown, log });
    const registration: ServiceWorkerRegistration = Object(Reflect.get(globalThis, 'registration'));
    const close = (tag: string): void => {
      shown.splice(0, shown.length, ...shown.filter((one) => one.tag !== tag));
    };
    registration.showNotification = (_title, { tag = '', body = '' } = {}) => {
      close(tag);
      shown.push({ tag, body, close: () => close(tag) });
      log.push(body);
      return Promise.resolve();
    };
    const found = (filter: GetNotificationOptions = {}) => shown.filter(({ tag }) => tag === (filter.tag ?? tag));
    registration.getNotifications = (filter) => Promise.resolve(Object(found(filter)));
  });
  return worker;
}

/** Hands it a push, and waits for what it does. Gives the words that stand then, and all that were shown so far. */
const pushed = (worker: Worker, push: Readonly<Record<string, unknown>>) =>
  worker.evaluate(async (text) => {
    const work: Promise<unknown>[] = [];
    const waitUntil = (one: Promise<unknown>) => work.push(one);
    globalThis.dispatchEvent(Object.assign(new Event('push'), { data: { text: () => text }, waitUntil }));
    await Promise.all(work);
    const bodies = (list: readonly { body: string }[]) => list.map(({ body }) => body);
    return [bodies(Reflect.get(globalThis, 'shown')), [...Reflect.get(globalThis, 'log')]];
  }, JSON.stringify(push));

it('what was read elsewhere takes its place where it stands, and nothing comes of it where it was put away', async () => {
  const { page, context } = await site.reader({ as: linh });
  const worker = await standing(page, context);
  const told = { title: 'Ferries', body: 'By boat', path: '/', lang: 'en' };
  const over = { ...told, body: 'Read', quiet: true, read: true };
  expect(await pushed(worker, { ...told, tag: 'one' })).toEqual([['By boat'], ['By boat']]);
  expect(await pushed(worker, { ...over, tag: 'one' })).toEqual([['Read'], ['By boat', 'Read']]);
  // Browsers demand that each push shows something.
  expect(await pushed(worker, { ...over, tag: 'two' })).toEqual([['Read'], ['By boat', 'Read', 'Read']]);
  await context.close();
}, 60_000);
