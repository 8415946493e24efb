import { keepTrying } from '../../../../libs/client/keep-trying.ts';
import { LiveClient } from '../../../../libs/client/live-client.ts';
import type { NotificationChanges } from '../../../../libs/client/notification-shapes.ts';
import { digitsIn } from '../../../../libs/translation/index.ts';
import { hasLiveProgram, lateSocket } from '../../shell/browser/late-socket.ts';
import { unreadNumber } from '../../shell/unread-number.ts';
import { putAway } from './put-away.ts';

/** The number beside the link, and on the button of the menu; and a line on the page of notifications once there is more. */
function show({ changes, unread }: NotificationChanges): void {
  for (const badge of document.querySelectorAll<HTMLElement>('.unread-count')) {
    badge.hidden = unread === 0;
    const number = badge.querySelector('[data-number]');
    if (number) number.textContent = unreadNumber(unread, digitsIn(document.documentElement.lang));
  }
  const line = document.querySelector<HTMLElement>('[data-told-new]');
  if (line && changes.length > 0) line.hidden = false;
  if (unread === 0) clear(null);
}

/** A browser that shows no notifications has none to close. */
function clear(path: string | null): void {
  putAway(path).catch(() => undefined);
}

async function follow(): Promise<void> {
  const live = new LiveClient(await lateSocket(hasLiveProgram()));
  let position: string | null = null;
  const told = (news: NotificationChanges & { readonly position: string }): void => {
    position = news.position;
    show(news);
  };
  let joining = new AbortController();
  const join = async (): Promise<void> => {
    joining.abort();
    const { signal } = (joining = new AbortController());
    const ask = () => live.ask('notifications:join', position === null ? {} : { after: position });
    const joined = await keepTrying(ask, signal).catch(() => null);
    if (joined !== null && !signal.aborted) told(joined);
  };
  live.onMessage('notifications:changes', told);
  live.onDisconnected(() => joining.abort());
  live.onConnected(() => void join());
  if (live.connected) void join();
}

clear(location.pathname);
void follow();
