import { render } from 'preact';
import type { QueueChange, ServerMessages } from '../../../../../libs/client/live-messages.ts';
import type { QueueItem } from '../../../../../libs/client/moderation-shapes.ts';
import { OWN_SITE, QUEUE_LISTS } from '../../../../../libs/words/index.ts';
import { fetchAs } from '../../../shell/browser/fetch-as.ts';
import type { WaitingForStaff } from '../../../shell/frame.ts';
import { allWaiting, waitingWords } from '../../../shell/waiting-words.ts';
import { decisionText } from '../../decision/decision-text.ts';
import { type ListPlace, placeQuery, QueueRow } from '../queue-row.tsx';
import { onDrawn, queueElement, read, say, show } from './live-page.ts';
import type { LiveWords } from './live-words.ts';

const rowOf = (commentId: string): HTMLElement | null =>
  document.querySelector(`#queue [data-row="${CSS.escape(commentId)}"]`);
const boxOf = (row: Element): HTMLInputElement | null => row.querySelector('.pick input');
const rowsIn = (page: ParentNode): readonly HTMLElement[] => [
  ...page.querySelectorAll<HTMLElement>('#queue [data-row]'),
];

/**
 * The list at the queue while others change it. Nothing that is being read moves: new cases wait behind a pill, and
 * cases that left stay in their place, marked, until the moderator has the list drawn anew.
 */
export class LiveList {
  readonly #words: LiveWords;
  readonly #ask: typeof fetch;
  #waiting = new Set<string>();

  constructor(words: LiveWords) {
    this.#words = words;
    this.#ask = fetchAs(words.member.id);
    onDrawn(() => {
      this.#waiting = new Set();
      this.#tellNews();
    });
  }

  shown(): readonly string[] {
    return rowsIn(document).flatMap(({ dataset }) => dataset['row'] ?? []);
  }

  count({ counts, translations }: Pick<ServerMessages['moderation:changes'], 'counts' | 'translations'>): void {
    const { number } = this.#words.translator;
    // The counts told are those of all sites.
    for (const list of placeOf().site === null ? QUEUE_LISTS : []) {
      const place = document.querySelector(`#queue [data-count="${list}"]`);
      if (place) place.textContent = number(counts[list]);
    }
    const comments = counts.reported + counts.held;
    for (const badge of document.querySelectorAll<HTMLElement>('.site-head .waiting-count')) {
      const [newcomers, appeals] = [Number(badge.dataset['newcomers']), Number(badge.dataset['appeals'])];
      this.#tellWaiting(badge, { comments, newcomers, appeals, translations });
    }
    for (const badge of document.querySelectorAll<HTMLElement>('.parts [data-waiting="translations"]')) {
      badge.textContent = number(translations);
      badge.hidden = translations === 0;
    }
  }

  #tellWaiting(badge: HTMLElement, waiting: WaitingForStaff): void {
    const { translator } = this.#words;
    const [all, words] = [allWaiting(waiting), waitingWords(waiting, translator)];
    badge.title = words;
    badge.querySelector('[aria-hidden]')?.replaceChildren(translator.number(all));
    badge.querySelector('.visually-hidden')?.replaceChildren(` ${words}`);
    badge.hidden = all === 0;
  }

  take(changes: readonly QueueChange[]): void {
    const before = this.#waiting.size;
    for (const change of changes) this.#takeOne(change);
    this.#tellNews();
    if (this.#waiting.size !== before) say(this.#waiting.size > 0 ? this.#newText() : '');
    setNext();
  }

  #takeOne(change: QueueChange): void {
    const { commentId, list, item } = change;
    const isHere = list === queueElement()?.dataset['list'] && (item === null || isOfSite(item));
    const row = rowOf(commentId);
    if (row && item && isHere) this.#redraw(row, item);
    else if (row) this.#markGone(row, change);
    else if (item && isHere && isOnThisPage(item)) this.#waiting.add(commentId);
    else this.#waiting.delete(commentId);
  }

  #redraw(row: HTMLElement, item: QueueItem): void {
    const place = document.createElement('ol');
    const current = row.classList.contains('current') ? item.comment.id : null;
    render(<QueueRow item={item} place={placeOf()} current={current} frame={this.#words} />, place);
    const next = place.querySelector('li');
    if (!next) return;
    const [before, after] = [boxOf(row), boxOf(next)];
    if (before && after) after.checked = before.checked;
    const hadKeyboard = row.contains(document.activeElement) && document.activeElement?.localName;
    row.replaceWith(next);
    if (hadKeyboard) next.querySelector<HTMLElement>(hadKeyboard)?.focus({ preventScroll: true });
  }

  #markGone(row: HTMLElement, { decision }: QueueChange): void {
    row.classList.add('left');
    const box = boxOf(row);
    if (box) {
      box.disabled = true;
      box.checked = false;
      box.dispatchEvent(new Event('change', { bubbles: true }));
    }
    const why = row.querySelector('.row-why');
    if (why) why.textContent = decision ? decisionText(decision, this.#words) : this.#words.translator.t('queue.gone');
  }

  #newText(): string {
    return this.#words.translator.t('queue.new', { count: this.#waiting.size });
  }

  #tellNews(): void {
    const pill = document.querySelector<HTMLElement>('#queue [data-news]');
    if (!pill) return;
    const isStale = document.querySelector('#queue .row.left') !== null;
    pill.hidden = this.#waiting.size === 0 && !isStale;
    const text = this.#waiting.size > 0 ? this.#newText() : this.#words.translator.t('queue.renew');
    const key = document.createElement('kbd');
    key.textContent = 'N';
    pill.replaceChildren(`${text} `, key);
    // Without an open case nothing could move, unless a decision can still be taken back.
    if (this.#waiting.size > 0 && !document.querySelector('#queue :is([data-row], [data-case], .decided button)')) {
      void show(this.#ask(listHref()), 'replace');
    }
  }

  /** Reads the list anew in the background, and tells what is new in it. */
  async compare(): Promise<void> {
    const answer = await read(this.#ask(listHref()));
    if (!answer?.ok) return;
    const shown = new Set(this.shown());
    const there = rowsIn(answer.page).flatMap(({ dataset }) => dataset['row'] ?? []);
    this.#waiting = new Set(there.filter((commentId) => !shown.has(commentId)));
    this.#tellNews();
  }

  /** Draws the list as it is now; the open case and the chosen boxes stay. */
  async renew(): Promise<boolean> {
    const answer = await read(this.#ask(listHref()));
    const [mine, theirs] = [document, answer?.page].map((one) =>
      one?.querySelector<HTMLElement>('#queue > .queue-list'),
    );
    if (!answer || !mine || !theirs) return answer !== null;
    const chosen = new Set([...mine.querySelectorAll('.row:has(:checked)')].map((row) => row.getAttribute('data-row')));
    const before = new Set(this.shown());
    const current = mine.querySelector('.row.current')?.getAttribute('data-row');
    const next = document.adoptNode(theirs);
    for (const row of next.querySelectorAll<HTMLElement>('[data-row]')) {
      const id = row.dataset['row'] ?? '';
      const box = boxOf(row);
      if (box) box.checked = chosen.has(id);
      row.classList.toggle('fresh', !before.has(id));
      row.classList.toggle('current', id === current);
      if (id === current) row.querySelector('a')?.setAttribute('aria-current', 'true');
      else row.querySelector('a')?.removeAttribute('aria-current');
    }
    mine.replaceWith(next);
    const place = answer.page.getElementById('queue')?.dataset['next'];
    queueElement()?.setAttribute('data-next', place ?? '');
    this.#waiting = new Set();
    this.#tellNews();
    say('');
    document.querySelector('#queue .row.fresh')?.scrollIntoView({ block: 'nearest' });
    document.querySelector('#queue .pick input')?.dispatchEvent(new Event('change', { bubbles: true }));
    setNext();
    return true;
  }
}

function placeOf(): ListPlace {
  const list = QUEUE_LISTS.find((one) => one === queueElement()?.dataset['list']) ?? 'reported';
  const { cursor, site } = queueElement()?.dataset ?? {};
  return { list, cursor: cursor || null, site: site || null };
}

function listHref(): string {
  return `/moderation/queue?${placeQuery(placeOf())}`;
}

/** Whether the comment is of the site whose list is shown. */
function isOfSite({ post: { url } }: QueueItem): boolean {
  const { site } = placeOf();
  return site === null || site === (url === undefined ? OWN_SITE : new URL(url).origin);
}

/**
 * A case less urgent than the last one shown is on a later page; on a later page, one more urgent than its first is on
 * an earlier one.
 */
function isOnThisPage({ score }: QueueItem): boolean {
  const scores = rowsIn(document).map(({ dataset }) => Number(dataset['score']));
  const [first = Number.POSITIVE_INFINITY, last = Number.NEGATIVE_INFINITY] = [scores[0], scores.at(-1)];
  const isBefore = placeOf().cursor !== null && score > first;
  return !isBefore && (!queueElement()?.dataset['next'] || score > last);
}

/** After a decision the next case is one that still waits, and that nobody else looks at. */
function setNext(): void {
  const field = document.querySelector<HTMLInputElement>('#queue .decide input[name=next]');
  const rows = rowsIn(document);
  const here = rows.findIndex((row) => row.classList.contains('current'));
  if (!field || here === -1) return;
  const later = rows.slice(here + 1).filter((row) => !row.classList.contains('left'));
  const free = later.find((row) => row.querySelector('.row-claim') === null) ?? later[0];
  field.value = free?.dataset['row'] ?? '';
}
