import { shownPush } from './shown-push.ts';

interface Lasting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Pushed extends Lasting {
  readonly data: { text(): string } | null;
}
interface Pressed extends Lasting {
  readonly notification: Notification;
}
interface Renewed extends Lasting {
  readonly newSubscription?: PushSubscription | null;
  readonly oldSubscription?: PushSubscription | null;
}
interface Page {
  readonly url: string;
  focus(): Promise<unknown>;
}

/** What is used of a service worker's own scope, which the types of pages do not have. */
interface WorkerScope {
  readonly location: Location;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { readonly type: 'window'; readonly includeUncontrolled: boolean }): Promise<readonly Page[]>;
    openWindow(address: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(type: 'push', listener: (event: Pushed) => void): void;
  addEventListener(type: 'notificationclick', listener: (event: Pressed) => void): void;
  addEventListener(type: 'pushsubscriptionchange', listener: (event: Renewed) => void): void;
}

declare const self: WorkerScope;

/** It shows what the forum pushes and keeps no page: what is read always comes from the forum. */
self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

/**
 * Each push shows something, as browsers ask (userVisibleOnly): one that takes back what was told takes its place under the
 * same tag, with words that tell nothing of it and no sound. To close it instead would be a push that shows nothing, for
 * which browsers show words of their own, and some end the subscription.
 */
self.addEventListener('push', (event) => event.waitUntil(show(event.data?.text() ?? '')));

/** What was read elsewhere and was put away here before is shown and closed at once, so that nothing comes of it. */
async function show(text: string): Promise<void> {
  const { title, read, ...shown } = shownPush(text, self.location.host);
  const { tag } = shown;
  const isOver = read && (await self.registration.getNotifications({ tag })).length === 0;
  await self.registration.showNotification(title, shown);
  if (isOver) for (const one of await self.registration.getNotifications({ tag })) one.close();
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(String(event.notification.data)));
});

/** A page that stands open already is looked at again. */
async function open(path: string): Promise<void> {
  const { href, origin } = new URL(path, self.location.origin);
  const address = origin === self.location.origin ? href : self.location.origin;
  const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const there = pages.find(({ url }) => url === address);
  await (there === undefined ? self.clients.openWindow(address) : there.focus());
}

/** A browser may give the device another address; who is signed in there is told at that one. */
self.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(renew(event)));

async function renew({ newSubscription, oldSubscription }: Renewed): Promise<void> {
  const made = newSubscription ?? (await self.registration.pushManager.subscribe(oldSubscription?.options));
  const { endpoint, keys = {} } = made.toJSON();
  await fetch('/api/v1/members/me/push', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ endpoint, p256dh: keys['p256dh'], auth: keys['auth'] }),
  });
}
