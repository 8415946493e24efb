import { fetchAs } from '../../shell/browser/fetch-as.ts';

/** Why this device is not told, by the words that the page brings for it. */
type Trouble = 'unsupported' | 'denied' | 'failed';

const place = document.querySelector<HTMLElement>('[data-push-key]');
if (place) enliven(place);

/** Asks for permission upon a press alone. */
function enliven(part: HTMLElement): void {
  const button = part.querySelector('button');
  if (!button?.parentElement) return;
  part.querySelector('[data-without-program]')?.remove();
  if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window)) {
    tell(part, 'unsupported');
    return;
  }
  button.parentElement.hidden = false;
  if (Notification.permission === 'denied') tell(part, 'denied');
  button.addEventListener('click', () => {
    button.disabled = true;
    begin(part)
      .catch(() => tell(part, 'failed'))
      .finally(() => {
        button.disabled = false;
      });
  });
}

function tell(part: HTMLElement, trouble: Trouble): void {
  const line = part.querySelector<HTMLElement>('[role="status"]');
  if (!line) return;
  line.textContent = part.dataset[trouble] ?? '';
  line.hidden = false;
}

async function begin(part: HTMLElement): Promise<void> {
  if ((await Notification.requestPermission()) !== 'granted') {
    tell(part, 'denied');
    return;
  }
  await navigator.serviceWorker.register('/sw.js');
  const { pushManager } = await navigator.serviceWorker.ready;
  // An address that somebody else was told at on this browser, or with another key, is given up.
  if (part.dataset['pushHere'] === undefined) await (await pushManager.getSubscription())?.unsubscribe();
  const applicationServerKey = part.dataset['pushKey'] ?? '';
  const { endpoint, keys = {} } = (
    await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey })
  ).toJSON();
  const answer = await fetchAs(part.dataset['as'] ?? '')('/api/v1/members/me/push', {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ endpoint, p256dh: keys['p256dh'], auth: keys['auth'] }),
  });
  if (!answer.ok) throw new Error(`the forum answered ${answer.status}`);
  const after = answer.headers.get('colloquy-position') ?? '';
  location.assign(`/settings/notifications?${new URLSearchParams({ done: 'pushAdded', ...(after && { after }) })}`);
}
