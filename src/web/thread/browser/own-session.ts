import type { LiveClient } from '../../../../libs/client/live-client.ts';
import type { LiveError } from '../../../../libs/client/live-messages.ts';
import { areWordsUnkept } from '../../shell/browser/unkept-words.ts';
import { reasonOf } from '../../shell/refusal-messages.ts';
import { threadHref } from '../parts/context.ts';
import type { ThreadParts } from './thread-view.ts';

/** Where each refusal leads on: to the page as it is now, and to the appeal. */
const LEADS_ON: Readonly<Record<string, 'embed.back' | 'appeal.title'>> = {
  someone_else: 'embed.back',
  banned: 'appeal.title',
};

/**
 * A page may have the one copy of its member's words: what is not sent yet, what nobody has looked at yet, and all once it is no
 * more that member's. A form that is sent has them with it.
 */
function askBeforeLeaving(isElses: () => boolean): void {
  let isSent = false;
  document.addEventListener('submit', ({ defaultPrevented, target }) => {
    isSent = !defaultPrevented && target instanceof Element && target.matches('.composer, .moderate');
  });
  addEventListener('beforeunload', (event) => {
    const isLookedAfter = ({ dataset }: HTMLTextAreaElement) => dataset['synced'] !== undefined && !isElses();
    if (!isSent && areWordsUnkept(isLookedAfter)) event.preventDefault();
  });
}

/**
 * A connection ends with its session, and the next one reads on without it. Whoever may not write here any more, since they
 * were banned or somebody else is signed in in this browser, is told so by each connection from the first one on, and not
 * only by the first comment. Call it before the page connects.
 */
export function tellOfSession({ view, page, translator }: ThreadParts, live: LiveClient): void {
  const place = document.getElementById('thread-tools');
  if (!place) return;
  const line = document.createElement('p');
  line.className = 'notice waiting';
  line.role = 'status';
  let told: string | null = null;
  let refused: string | null = null;
  askBeforeLeaving(() => refused === 'someone_else');
  const tell = (refusal: LiveError): void => {
    const label = LEADS_ON[refusal.code];
    refused = label ? refusal.code : null;
    if (!label || told === refused) return;
    told = refused;
    const link = document.createElement('a');
    link.href = refusal.code === 'banned' ? '/appeal' : threadHref(page);
    if (refusal.code !== 'banned') link.target = '_self';
    link.textContent = translator.t(label);
    line.replaceChildren(`${reasonOf(refusal, translator)} `, link);
    place.before(line);
  };
  live.onConnected(() => {
    refused = null;
  });
  live.onMessage('session:refused', tell);
  // The refusal comes before the thread is live.
  view.subscribe(() => {
    if (view.now().connection !== 'live' || refused !== null) return;
    told = null;
    line.remove();
  });
}
