import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { BrowserContext, Page, Worker } from 'playwright-core';
import type { Post, PushDevices } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import type { PushTestDevice } from '../support/push-device.ts';
import { PushTestService, type ReceivedPush } from '../support/push-service.ts';
import { until } from '../support/until.ts';
import { complaintsOfAxe } from './axe.ts';
import { ForumInBrowser } from './forum-in-browser.ts';

const SETTINGS = '/settings/notifications';

let service: PushTestService;
let site: ForumInBrowser;
let linh: TestMember;
let post: Post;
let parentId: string;

beforeAll(async () => {
  service = await PushTestService.start();
  site = await ForumInBrowser.open({ PUSH_SERVICES: service.origin }, { reacts: true });
  const admin = await site.forum.admin();
  linh = await site.forum.member('linh');
  post = await site.forum.publish(admin, { title: 'Ferries' });
  parentId = (await site.forum.comment(linh, post.id, { body: 'Which one?' })).id;
}, 60_000);
afterAll(async () => {
  await ForumInBrowser.close(site);
  await service.close();
});

const answer = async (body: string): Promise<string> =>
  (await site.forum.comment(await site.forum.admin(), post.id, { parentId, body })).id;
const devices = (): Promise<PushDevices> =>
  site.forum.done<PushDevices>('GET', '/api/v1/members/me/push', { token: linh.token });

/** What became of pushes. */
async function settled(): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  const filter = { types: ['PushSettled.v1'] };
  for await (const { data } of site.forum.forum.log.store.readAll({ filter })) found.push(data);
  return found;
}

/**
 * Browsers of tests reach no push service, so the device is one of ours; a browser without notifications says yes all the
 * same. What the page and the service worker do with both is their own.
 */
async function withDevice(context: BrowserContext, device: PushTestDevice): Promise<void> {
  await context.grantPermissions(['notifications'], { origin: site.forum.url });
  const { endpoint, p256dh, auth } = device.wish;
  const subscription = { endpoint, expirationTime: null, keys: { p256dh, auth } };
  await context.addInitScript((made) => {
    const asked: unknown[] = [];
    Object.assign(window, { asked });
    Notification.requestPermission = () => {
      asked.push('permission');
      return Promise.resolve('granted');
    };
    Object.defineProperty(Notification, 'permission', { get: () => 'default' });
    PushManager.prototype.subscribe = (options) => {
      asked.push(options);
      return Promise.resolve(Object.assign(Object.create(PushSubscription.prototype), { toJSON: () => made }));
    };
  }, subscription);
}

/** What the service worker shows from now on, and where it leads; kept where the browser itself shows nothing. */
async function watched(worker: Worker): Promise<void> {
  await worker.evaluate(() => {
    const scope: Record<string, unknown> = Object(globalThis);
    const shown: unknown[] = [];
    const opened: string[] = [];
    Object.assign(scope, { shown, opened });
    const registration: ServiceWorkerRegistration = Object(scope['registration']);
    registration.showNotification = (title, options) => {
      shown.push({ title, ...options });
      return Promise.resolve();
    };
    Object.assign(Object(scope['clients']), {
      openWindow: (address: string) => {
        opened.push(address);
        return Promise.resolve(null);
      },
    });
  });
}

const listOf = (worker: Worker, name: 'shown' | 'opened'): Promise<readonly unknown[]> =>
  worker.evaluate((list) => Reflect.get(globalThis, list), name);

/** Hands pushes to the service worker of the page, as the push service of a browser would. */
async function deliveries(page: Page): Promise<(push: ReceivedPush | undefined) => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  const registered = Promise.withResolvers<string>();
  session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
    const [first] = registrations;
    if (first !== undefined) registered.resolve(first.registrationId);
  });
  await session.send('ServiceWorker.enable');
  const registrationId = await registered.promise;
  return async (push) => {
    const data = JSON.stringify(push?.payload);
    await session.send('ServiceWorker.deliverPushMessage', { origin: site.forum.url, registrationId, data });
  };
}

it('asks upon a press alone, shows what is pushed, and leads to the comment', async () => {
  const { page, context, complaints } = await site.reader({ as: linh, viewport: { width: 360, height: 740 } });
  await withDevice(context, service.device('linh'));
  await page.goto(SETTINGS);
  const button = page.getByRole('button', { name: 'Tell me on this device' });
  await button.waitFor();
  expect(await page.getByText('needs JavaScript').count()).toBe(0);
  expect(await page.evaluate(() => Reflect.get(window, 'asked'))).toEqual([]);
  expect(await page.evaluate(() => navigator.serviceWorker.getRegistrations().then(({ length }) => length))).toBe(0);
  if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/push-before.png`, fullPage: true });
  await button.click();
  await page.getByText('You are told on this device.').waitFor();
  expect((await devices()).devices).toMatchObject([{ current: true }]);
  expect(await complaintsOfAxe(page)).toEqual([]);
  if (process.env['SHOTS']) await page.screenshot({ path: `${process.env['SHOTS']}/push-after.png`, fullPage: true });

  await until(() => context.serviceWorkers().length > 0);
  const [worker] = context.serviceWorkers();
  if (worker === undefined) throw new Error('there is no service worker');
  expect(new URL(worker.url()).pathname).toBe('/sw.js');
  await watched(worker);
  const deliver = await deliveries(page);
  const id = await answer('By **boat**');
  const [push] = await service.gets(1);
  await deliver(push);
  await until(async () => (await listOf(worker, 'shown')).length === 1);
  const path = `/posts/${post.slug}#comment-${id}`;
  expect(await listOf(worker, 'shown')).toEqual([
    {
      title: 'Name of the-admin answered you in “Ferries”',
      body: 'By boat',
      tag: push?.payload['tag'],
      lang: 'en',
      silent: false,
      data: path,
    },
  ]);
  await worker.evaluate((data) => {
    const notification = { data, close: () => undefined };
    const press = Object.assign(new Event('notificationclick'), { notification, waitUntil: () => undefined });
    globalThis.dispatchEvent(press);
  }, path);
  await until(async () => (await listOf(worker, 'opened')).length === 1);
  expect(await listOf(worker, 'opened')).toEqual([`${site.forum.url}${path}`]);
  await page.goto(String((await listOf(worker, 'opened'))[0]));
  await page.locator(`#comment-${id}`).waitFor();

  const [, read] = await service.gets(2);
  await deliver(read);
  await until(async () => (await listOf(worker, 'shown')).length === 2);
  const inItsPlace = { tag: push?.payload['tag'], silent: true };
  expect((await listOf(worker, 'shown'))[1]).toMatchObject({ ...inItsPlace, body: 'Nothing left to read here' });

  await page.goto('/');
  const gone = await answer('By bridge');
  const [, , second] = await service.gets(3);
  await until(async () => JSON.stringify(await settled()).includes(gone));
  await site.forum.call('DELETE', `/api/v1/comments/${gone}`, { token: (await site.forum.admin()).token });
  const [, , , taken] = await service.gets(4);
  await deliver(taken);
  await until(async () => (await listOf(worker, 'shown')).length === 3);
  expect((await listOf(worker, 'shown'))[2]).toMatchObject({
    tag: second?.payload['tag'],
    silent: true,
    body: 'What was told here is no longer there',
  });
  expect(complaints).toEqual([]);
  await context.close();
}, 60_000);

it('is whole without a program: it says what that needs, and takes a device off', async () => {
  const other = await site.forum.member('other');
  const device = service.device('other');
  await site.forum.done('PUT', '/api/v1/members/me/push', { token: other.token, body: device.wish });
  const { page, context } = await site.reader({ as: other, javaScriptEnabled: false });
  await page.goto(SETTINGS);
  await page.getByText('the page needs JavaScript').waitFor();
  expect(await page.getByRole('button', { name: /this device/ }).isVisible()).toBe(false);
  await page.getByRole('button', { name: /Take off/ }).click();
  await page.getByText('The device is told no more.').waitFor();
  expect(await page.getByText('No device of yours is told yet.').isVisible()).toBe(true);
  await page.getByLabel('Push').first().check();
  await page.getByRole('button', { name: 'Save' }).click();
  expect(await page.getByLabel('Push').first().isChecked()).toBe(true);
  await context.close();
}, 60_000);

it('brings a worker that keeps nothing and talks to the forum alone, and what a phone needs to have it beside its programs', async () => {
  const worker = await fetch(`${site.forum.url}/sw.js`);
  expect(worker.headers.get('content-type')).toMatch(/^text\/javascript/);
  expect(worker.headers.get('cache-control')).toBe('no-cache');
  expect(worker.headers.get('content-security-policy')).toContain("default-src 'none'; connect-src 'self'");
  const text = await worker.text();
  expect(text.length).toBeLessThan(3_000);
  expect(text).not.toMatch(/caches|"fetch"|importScripts/);
  const { page, context } = await site.reader();
  await page.goto('/');
  const href = await page.locator('link[rel=manifest]').getAttribute('href');
  const manifest = await (await fetch(`${site.forum.url}${href}`)).json();
  expect(manifest).toMatchObject({ start_url: '/', scope: '/', display: 'minimal-ui' });
  expect((await fetch(new URL(manifest.icons[0].src, site.forum.url))).status).toBe(200);
  await context.close();
});
