import { LiveClient } from '../../../../../libs/client/live-client.ts';
import { DeskCase } from './desk-case.tsx';
import { closeDrawer, isDrawerAddress, showDrawer } from './desk-drawer.ts';
import { listenToDeskKeys } from './desk-keys.ts';
import { DeskList } from './desk-list.tsx';
import { DeskLive, tellConnection } from './desk-live.ts';
import { bringToSight, show } from './desk-page.ts';
import { type DeskWords, deskWords } from './desk-words.ts';

/**
 * The desk of a moderator without a reload: links and forms of it are the same as without a script, fetched, and put in
 * the place of what stood there; what others do is shown as it happens. Single keys press what stands on the screen.
 */
function start(words: DeskWords): void {
  const [list, open] = [new DeskList(words), new DeskCase(words)];
  const asked = (done: boolean): void => {
    if (!done) open.tell(words.translator.t('desk.unsent'), null);
  };
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    const target = event.target instanceof Element ? event.target : null;
    const link = target?.closest<HTMLAnchorElement>(':is(#desk, #desk-drawer) a[href]');
    if (target?.closest('#desk [data-news]')) void list.renew().then(asked);
    else if (link && isDrawerAddress(new URL(link.href))) {
      event.preventDefault();
      void showDrawer(fetch(link.href)).then(asked);
    } else if (link && isDeskAddress(new URL(link.href))) {
      event.preventDefault();
      closeDrawer();
      void show(fetch(link.href), 'push').then(asked);
    }
  });
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.closest('#desk, #desk-drawer') || form.method !== 'post') return;
    event.preventDefault();
    // A button called `action` stands in front of the form's own property of that name.
    const body = fieldsOf(form, event.submitter);
    const request = fetch(form.getAttribute('action') ?? location.href, { method: 'POST', body });
    void (form.closest('#desk') ? show(request, 'push') : showDrawer(request)).then(asked);
  });
  addEventListener('popstate', () => void show(fetch(location.href), 'replace').then(asked));
  document.addEventListener('change', countPicked);
  listenToDeskKeys();
  bringToSight();
  requestAnimationFrame(() => setTimeout(() => void goLive(words, { list, open })));
}

/** Socket.IO's client comes after the first paint: nothing on the page waits for it. */
async function goLive(words: DeskWords, parts: { readonly list: DeskList; readonly open: DeskCase }): Promise<void> {
  const { connect } = await import('../../../shell/browser/socket.ts');
  const live = new LiveClient(connect());
  new DeskLive(live, parts);
  tellConnection(live, words);
}

function fieldsOf(form: HTMLFormElement, submitter: HTMLElement | null): URLSearchParams {
  const fields = [...new FormData(form, submitter)].filter(([, value]) => typeof value === 'string');
  return new URLSearchParams(fields.map(([name, value]) => [name, String(value)]));
}

function isDeskAddress(address: URL): boolean {
  return address.origin === location.origin && /^\/moderation\/(queue|cases)/.test(address.pathname);
}

/** How many are chosen stands beside the buttons that rule on them. */
function countPicked(): void {
  const count = document.querySelectorAll('#desk .pick input:checked').length;
  const place = document.querySelector('#desk [data-picked]');
  if (place) place.textContent = count === 0 ? '' : String(count);
}

const words = deskWords();
if (words) start(words);
