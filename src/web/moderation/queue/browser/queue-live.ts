import { keepTrying } from '../../../../../libs/client/keep-trying.ts';
import { LiveClient } from '../../../../../libs/client/live-client.ts';
import type { QueueChange, ServerMessages } from '../../../../../libs/client/live-messages.ts';
import { MOST_CASES_SHOWN } from '../../../../../libs/words/index.ts';
import type { LiveCase } from './live-case.tsx';
import type { LiveList } from './live-list.tsx';
import { isBusy, onDrawn, queueElement } from './live-page.ts';
import type { LiveWords } from './live-words.ts';

/** Milliseconds after which an active moderator's look at the case is sent again. */
const LOOK_EVERY_MS = 30_000;
/** Milliseconds for which a lost connection is not mentioned. */
const PATIENCE_MS = 1_500;
/** The news that one message may have. */

type News = Pick<ServerMessages['moderation:changes'], 'position' | 'counts' | 'translations' | 'changes'>;

/** Brings the forum's news of the queue to list and case, and tells the forum which case is open here. */
export class QueueLive {
  readonly #live: LiveClient;
  readonly #list: LiveList;
  readonly #case: LiveCase;
  /** The newest known position of each comment: an older answer changes nothing. */
  readonly #told = new Map<string, bigint>();
  #late: News[] = [];
  #lookedAt = 0;
  #joining = new AbortController();

  constructor(live: LiveClient, { list, open }: { readonly list: LiveList; readonly open: LiveCase }) {
    this.#live = live;
    this.#list = list;
    this.#case = open;
    live.onConnected(() => void this.#join());
    live.onDisconnected(() => this.#joining.abort());
    live.onMessage('moderation:changes', (frame) => (frame.reload ? void this.#join() : this.#take(frame)));
    onDrawn(() => {
      for (const news of this.#late.splice(0)) this.#take(news);
      this.#look();
    });
    for (const event of ['pointerdown', 'keydown', 'focus']) addEventListener(event, () => this.#lookAgain(), true);
  }

  /** From here on nothing is missed: the cases shown before are asked for as they are now. */
  async #join(): Promise<void> {
    this.#joining.abort();
    const { signal } = (this.#joining = new AbortController());
    const open = this.#case.open();
    const shown = [...new Set([...(open === null ? [] : [open]), ...this.#list.shown()])].slice(0, MOST_CASES_SHOWN);
    const joined = await keepTrying(() => this.#live.ask('moderation:join', { shown }), signal).catch(() => null);
    if (joined === null || signal.aborted) return;
    this.#take(joined);
    await this.#list.compare();
    this.#look();
    queueElement()?.setAttribute('data-connection', 'live');
  }

  /** While the server draws the queue, news waits until it is drawn. */
  #take(news: News): void {
    if (isBusy()) {
      this.#late.push(news);
      return;
    }
    const position = BigInt(news.position);
    const changes = news.changes.filter(({ commentId }) => position >= (this.#told.get(commentId) ?? 0n));
    for (const { commentId } of changes) this.#told.set(commentId, position);
    this.#list.count(news);
    this.#takeChanges(changes);
  }

  #takeChanges(changes: readonly QueueChange[]): void {
    this.#list.take(changes);
    if (this.#case.take(changes)) this.#look();
  }

  #lookAgain(): void {
    if (performance.now() - this.#lookedAt > LOOK_EVERY_MS) this.#look();
  }

  #look(): void {
    if (document.visibilityState === 'hidden' || !this.#live.connected) return;
    this.#lookedAt = performance.now();
    const commentId = this.#case.inSight();
    void this.#live.ask('moderation:claim', { commentId }).then(
      ({ claim }) => {
        if (this.#case.inSight() === commentId) this.#case.showClaim(claim);
      },
      // A claim is only a courtesy: the next look sends it again.
      () => undefined,
    );
  }
}

/** One line at the foot while there is no connection; not an alarm. */
export function tellConnection(live: LiveClient, { translator }: LiveWords): void {
  const place = document.createElement('div');
  place.setAttribute('role', 'status');
  document.body.append(place);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const away = (): void => {
    queueElement()?.removeAttribute('data-connection');
    clearTimeout(timer);
    timer = setTimeout(() => {
      const line = document.createElement('p');
      line.className = 'connection';
      line.textContent = translator.t('queue.offline');
      place.replaceChildren(line);
    }, PATIENCE_MS);
  };
  live.onDisconnected(away);
  live.onConnected(() => {
    clearTimeout(timer);
    place.replaceChildren();
  });
}
