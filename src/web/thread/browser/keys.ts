import { areKeysOn, TEXT_FIELDS } from '../../shell/browser/kept-keys.ts';
import type { ThreadView } from './thread-view.ts';

const focusables = () =>
  [...document.querySelectorAll<HTMLElement>('#thread .comment > article')].filter((one) => one.checkVisibility());

function current(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>('#thread .comment')?.querySelector(':scope > article') ?? null;
}

/** Moves from the comment that has the keyboard, or the first one in sight. */
function step(by: 1 | -1): void {
  const all = focusables();
  const here = current();
  const inSight = all.findIndex((article) => article.getBoundingClientRect().bottom > 0);
  const index = here === null ? inSight : all.indexOf(here) + by;
  const article = all[Math.min(Math.max(index, 0), all.length - 1)];
  article?.focus({ preventScroll: true });
  article?.scrollIntoView({ block: 'nearest' });
}

function press(selector: string): void {
  current()?.querySelector<HTMLElement>(selector)?.click();
}

function fold(): void {
  const article = current();
  const below = article?.parentElement?.querySelector<HTMLDetailsElement>(':scope > details');
  if (below) below.open = !below.open;
}

function write(): void {
  const field = document.querySelector<HTMLElement>('#new-comment, #comment-form a');
  field?.focus();
}

/** Goes to the next comment that is new since the last visit; false where none of them is on the page. */
function nextUnread(): boolean {
  const all = [...document.querySelectorAll<HTMLElement>('#thread .badge.new')].flatMap((badge) => {
    const article = badge.closest<HTMLElement>('article');
    return article?.checkVisibility() ? [article] : [];
  });
  const here = current();
  const isAfter = (article: HTMLElement): boolean =>
    here === null || (here.compareDocumentPosition(article) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  const article = all.find((one) => one !== here && isAfter(one)) ?? all[0];
  article?.focus({ preventScroll: true });
  article?.scrollIntoView({ block: 'center' });
  return article !== undefined;
}

/** The button does as the key; where nothing new is on the page, it leads to the page that has it. */
export function listenToUnread(): void {
  document.addEventListener('click', (event) => {
    const { target } = event;
    if (event.ctrlKey || event.metaKey || event.shiftKey || !(target instanceof Element)) return;
    if (target.closest('[data-next-unread]') !== null && nextUnread()) event.preventDefault();
  });
}

function goToUnread(): void {
  if (!nextUnread()) document.querySelector<HTMLElement>('[data-next-unread]')?.click();
}

const ACTIONS: Readonly<Record<string, () => void>> = {
  j: () => step(1),
  k: () => step(-1),
  r: () => press('[data-action="answer"]'),
  c: write,
  f: fold,
  n: goToUnread,
};

const TYPED_IN = `${TEXT_FIELDS}, select, dialog, [contenteditable]`;

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest(TYPED_IN) !== null;
}

/** `?` calls `onHelp`, whether or not the other keys are on. */
export function listenToKeys(onHelp: () => void): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    const action = event.key === '?' ? onHelp : areKeysOn() ? ACTIONS[event.key] : undefined;
    if (action === undefined) return;
    event.preventDefault();
    action();
  });
}

/**
 * Escape closes the form that has the keyboard and goes back to what opened it, also where single keys are off; a form
 * with a text stays.
 */
export function closeOnEscape(view: ThreadView): void {
  document.addEventListener('keydown', (event) => {
    const { openForm } = view.now().state;
    if (event.key !== 'Escape' || event.isComposing || openForm === null) return;
    const article = document.querySelector(`#comment-${openForm.commentId} > article`);
    if (!article?.contains(document.activeElement)) return;
    if ([...article.querySelectorAll('textarea')].some(({ value }) => value.trim() !== '')) return;
    const opener = article.querySelector<HTMLElement>(`.actions [data-action="${openForm.kind}"]`);
    if (opener === null) {
      view.open(null);
      return;
    }
    view.openByItself(null);
    opener.focus();
  });
}
