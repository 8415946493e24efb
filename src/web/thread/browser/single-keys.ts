import { currentComment, nextUnread } from './next-unread.ts';

const focusables = () =>
  [...document.querySelectorAll<HTMLElement>('#thread .comment > article')].filter((one) => one.checkVisibility());

/** Moves from the comment that has the keyboard, or the first one in sight. */
function step(by: 1 | -1): void {
  const all = focusables();
  const here = currentComment();
  const inSight = all.findIndex((article) => article.getBoundingClientRect().bottom > 0);
  const index = here === null ? inSight : all.indexOf(here) + by;
  const article = all[Math.min(Math.max(index, 0), all.length - 1)];
  article?.focus({ preventScroll: true });
  article?.scrollIntoView({ block: 'nearest' });
}

function press(selector: string): void {
  currentComment()?.querySelector<HTMLElement>(selector)?.click();
}

function fold(): void {
  const article = currentComment();
  const below = article?.parentElement?.querySelector<HTMLDetailsElement>(':scope > details');
  if (below) below.open = !below.open;
}

function write(): void {
  const field = document.querySelector<HTMLElement>('#new-comment, #comment-form a');
  field?.focus();
}

/** Where nothing new is on the page, the link leads to the page that has it; without one, nothing is new. */
function goToUnread(tellNothing: () => void): void {
  if (nextUnread()) return;
  const link = document.querySelector<HTMLElement>('[data-next-unread]');
  if (link === null) tellNothing();
  else link.click();
}

/** What each key does; `tellNothing` is called where there was nothing new to go to. */
export const ACTIONS: Readonly<Record<string, (tellNothing: () => void) => void>> = {
  j: () => step(1),
  k: () => step(-1),
  r: () => press('[data-action="answer"]'),
  c: write,
  f: fold,
  n: goToUnread,
};
