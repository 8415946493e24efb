import { keepTrying } from '../../../../libs/client/keep-trying.ts';
import { LiveClient } from '../../../../libs/client/live-client.ts';
import type { CommentCounts } from '../../../../libs/client/live-messages.ts';
import { lateSocket } from '../../shell/browser/late-socket.ts';
import { readData } from '../../shell/browser/page-data.ts';
import { type Messages, translator } from '../../shell/i18n/translate.ts';

const { t } = translator(document.documentElement.lang, readData<Messages>('count-words') ?? {});
const links = new Map<string, HTMLElement>();
for (const link of document.querySelectorAll<HTMLElement>('[data-comments-of]')) {
  links.set(link.dataset['commentsOf'] ?? '', link);
}

function show({ counts }: CommentCounts): void {
  for (const [postId, count] of Object.entries(counts)) {
    const link = links.get(postId);
    const text = count === 0 ? t('posts.noComments') : t('posts.comments', { count });
    if (link && link.textContent !== text) link.textContent = text;
  }
}

/** Each connection begins with the numbers as they are then. */
async function follow(): Promise<void> {
  // The badge of a member has a program that connects.
  const live = new LiveClient(await lateSocket(document.querySelector('.unread-count') !== null));
  let joining = new AbortController();
  const join = async (): Promise<void> => {
    joining.abort();
    const { signal } = (joining = new AbortController());
    const postIds = [...links.keys()];
    const joined = await keepTrying(() => live.ask('counts:join', { postIds }), signal).catch(() => null);
    if (joined === null || signal.aborted) return;
    show(joined);
    document.querySelector<HTMLElement>('.posts')?.setAttribute('data-connection', 'live');
  };
  live.onMessage('counts:changes', show);
  live.onDisconnected(() => {
    joining.abort();
    document.querySelector('.posts')?.removeAttribute('data-connection');
  });
  live.onConnected(() => void join());
  if (live.connected) void join();
}

/** On the way back from a discussion, what was new has been read: the page that the browser has kept still tells it. */
addEventListener('pageshow', ({ persisted }) => {
  if (persisted && document.querySelector('.unread-count') !== null) location.reload();
});

void follow();
