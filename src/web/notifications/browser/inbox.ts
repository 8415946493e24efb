import { fetchAs } from '../../shell/browser/fetch-as.ts';
import { keep, kept } from '../../shell/browser/kept.ts';
import { readUpTo } from './read-up-to.ts';

/** Remembered as followed; those of before are read by then, or forgotten. */
const MOST = 200;
const list = document.querySelector<HTMLElement>('[data-inbox]');
if (list) attend(list);

/**
 * What was followed from the page is read. The forum knows up to where a member has read, not what between: it is told
 * so far as nothing older is left, and the rest is remembered in this browser until then.
 */
function attend(inbox: HTMLElement): void {
  const key = `colloquy:followed:${inbox.dataset['inbox']}`;
  const items = [...inbox.querySelectorAll<HTMLElement>('[data-position]')];
  const shown = items.map(({ dataset }) => dataset['position'] ?? '');
  const followed = new Set((kept(key) ?? '').split(' '));
  const isWhole = Number(inbox.dataset['unread']) <= shown.length;

  const follow = (item: HTMLElement): void => {
    followed.add(item.dataset['position'] ?? '');
    keep(key, [...followed].slice(-MOST).join(' '));
    show(item);
    const upTo = isWhole ? readUpTo(shown, followed) : null;
    if (upTo === null) return;
    // The page is left meanwhile; where this fails, all stays as it was.
    const headers = { 'content-type': 'application/json' };
    const asked = { method: 'PUT', headers, body: JSON.stringify({ upTo }), keepalive: true };
    fetchAs(inbox.dataset['inbox'] ?? '')('/api/v1/notifications/read', asked).catch(() => undefined);
  };
  for (const item of items) {
    if (followed.has(item.dataset['position'] ?? '')) show(item);
    const link = item.querySelector('[data-told]');
    link?.addEventListener('click', () => follow(item));
    link?.addEventListener('auxclick', (event) => {
      if (event instanceof MouseEvent && event.button === 1) follow(item);
    });
  }
}

/** As one that is read. */
function show(item: HTMLElement): void {
  item.classList.remove('unread');
  item.querySelector('.badge')?.remove();
}
