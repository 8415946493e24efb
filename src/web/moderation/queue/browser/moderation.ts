import { LiveClient } from '../../../../../libs/client/live-client.ts';
import { fetchAs } from '../../../shell/browser/fetch-as.ts';
import { LiveCase } from './live-case.tsx';
import { LiveList } from './live-list.tsx';
import { bringToSight, show } from './live-page.ts';
import { type LiveWords, liveWords } from './live-words.ts';
import { listenToQueueKeys } from './queue-keys.ts';
import { QueueLive, tellConnection } from './queue-live.ts';
import { closeRecord, isRecordAddress, showRecord } from './record-dialog.ts';

/**
 * The queue of a moderator without a reload: its links and forms are those without a script, fetched and put in place;
 * others' changes are shown as they happen. Single keys press what stands on the screen.
 */
function start(words: LiveWords): void {
  const [list, open] = [new LiveList(words), new LiveCase(words)];
  const ask = fetchAs(words.member.id);
  const asked = (done: boolean): void => {
    if (!done) open.tell(words.translator.t('queue.unsent'), null);
  };
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    const target = event.target instanceof Element ? event.target : null;
    const link = target?.closest<HTMLAnchorElement>(':is(#queue, #member-record) a[href]');
    if (target?.closest('#queue [data-news]')) void list.renew().then(asked);
    else if (link && isRecordAddress(new URL(link.href))) {
      event.preventDefault();
      void showRecord(ask(link.href)).then(asked);
    } else if (link && isQueueAddress(new URL(link.href))) {
      event.preventDefault();
      closeRecord();
      void show(ask(link.href), 'push').then(asked);
    }
  });
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.closest('#queue, #member-record') || form.method !== 'post') return;
    event.preventDefault();
    // A button called `action` hides the form's own property of that name.
    const body = fieldsOf(form, event.submitter);
    const request = ask(form.getAttribute('action') ?? location.href, { method: 'POST', body });
    void (form.closest('#queue') ? show(request, 'push') : showRecord(request)).then(asked);
  });
  addEventListener('popstate', () => void show(ask(location.href), 'replace').then(asked));
  document.addEventListener('change', countPicked);
  listenToQueueKeys();
  // A case that was asked for by its address; the queue opens with its head in sight.
  if (location.pathname.startsWith('/moderation/cases/')) bringToSight();
  requestAnimationFrame(() => setTimeout(() => void goLive(words, { list, open })));
}

/** Socket.IO's client comes after the first paint: nothing on the page waits for it. */
async function goLive(words: LiveWords, parts: { readonly list: LiveList; readonly open: LiveCase }): Promise<void> {
  const { connect } = await import('../../../shell/browser/socket.ts');
  const live = new LiveClient(connect());
  new QueueLive(live, parts);
  tellConnection(live, words);
}

function fieldsOf(form: HTMLFormElement, submitter: HTMLElement | null): URLSearchParams {
  const fields = [...new FormData(form, submitter)].filter(([, value]) => typeof value === 'string');
  return new URLSearchParams(fields.map(([name, value]) => [name, String(value)]));
}

function isQueueAddress(address: URL): boolean {
  return address.origin === location.origin && /^\/moderation\/(queue|cases)/.test(address.pathname);
}

/** The number of chosen comments stands beside the buttons that decide on them. */
function countPicked(): void {
  const count = document.querySelectorAll('#queue .pick input:checked').length;
  const place = document.querySelector('#queue [data-picked]');
  if (place) place.textContent = count === 0 ? '' : String(count);
}

const words = liveWords();
if (words) start(words);
