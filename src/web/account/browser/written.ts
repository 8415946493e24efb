import { keepTrying } from '../../../../libs/client/keep-trying.ts';
import { LiveClient } from '../../../../libs/client/live-client.ts';
import type { CommentCounts } from '../../../../libs/client/live-messages.ts';
import { lateSocket } from '../../shell/browser/late-socket.ts';
import { readData } from '../../shell/browser/page-data.ts';
import { type Messages, translator } from '../../shell/i18n/translate.ts';

const { t } = translator(document.documentElement.lang, readData<Messages>('written-words') ?? {});
const title = document.querySelector<HTMLElement>('[data-writer]');
if (title) void follow(title);

/** The number above a member's comments goes on while the page is read; what the page does not have yet is a press away. */
async function follow(title: HTMLElement): Promise<void> {
  const { writer = '', written = '', most = '' } = title.dataset;
  let shown = Number(written);
  const show = ({ written: count = shown }: CommentCounts): void => {
    if (count === shown) return;
    title.textContent =
      count > Number(most) ? t('member.manyComments', { count: Number(most) }) : t('member.comments', { count });
    const line = document.querySelector<HTMLElement>('[data-written-new]');
    if (line && count > shown) line.hidden = false;
    shown = count;
  };
  // The badge of a member has a program that connects.
  const live = new LiveClient(await lateSocket(document.querySelector('.unread-count') !== null));
  let joining = new AbortController();
  const join = async (): Promise<void> => {
    joining.abort();
    const { signal } = (joining = new AbortController());
    const joined = await keepTrying(() => live.ask('counts:join', { postIds: [], writer }), signal).catch(() => null);
    if (joined !== null && !signal.aborted) show(joined);
  };
  live.onMessage('counts:changes', show);
  live.onDisconnected(() => joining.abort());
  live.onConnected(() => void join());
  if (live.connected) void join();
}
