import { LiveClient, type LiveSocket } from '../../../../libs/client/live-client.ts';
import type { NotificationChanges } from '../../../../libs/client/notification-shapes.ts';

/** Milliseconds for a page's own live program to connect; then this one does. */
const OWN_WITHIN_MS = 4_000;

declare global {
  interface DocumentEventMap {
    'colloquy:socket': CustomEvent<LiveSocket>;
  }
}

/** The page's own connection where it has one, since a second would only cost. */
function pagesOwn(): Promise<LiveSocket | null> {
  const { content = '' } = document.querySelector<HTMLMetaElement>('meta[name=programs]') ?? {};
  if (!/\/(thread|moderation|audit)-/.test(content)) return Promise.resolve(null);
  return new Promise((resolve) => {
    document.addEventListener('colloquy:socket', ({ detail }) => resolve(detail), { once: true });
    document.dispatchEvent(new Event('colloquy:socket-wanted'));
    setTimeout(() => resolve(null), OWN_WITHIN_MS);
  });
}

/** The number beside the link, here and in its title; and a line on the page of notifications once there is more. */
function show(badge: HTMLElement, { changes, unread }: NotificationChanges): void {
  badge.hidden = unread === 0;
  const number = badge.querySelector('[data-number]');
  if (number) number.textContent = new Intl.NumberFormat(document.documentElement.lang).format(unread);
  const line = document.querySelector<HTMLElement>('[data-told-new]');
  if (line && changes.length > 0) line.hidden = false;
}

async function follow(badge: HTMLElement): Promise<void> {
  const socket = (await pagesOwn()) ?? (await import('../../shell/browser/socket.ts')).connect();
  const live = new LiveClient(socket);
  let position: string | null = null;
  const told = (news: NotificationChanges & { readonly position: string }): void => {
    position = news.position;
    show(badge, news);
  };
  const join = (): void => {
    live.ask('notifications:join', position === null ? {} : { after: position }).then(told, () => undefined);
  };
  live.onMessage('notifications:changes', told);
  live.onConnected(join);
  if (live.connected) join();
}

const badge = document.querySelector<HTMLElement>('.unread-count');
if (badge) void follow(badge);
