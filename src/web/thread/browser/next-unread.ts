/** The comment that has the keyboard. */
export function currentComment(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>('#thread .comment')?.querySelector(':scope > article') ?? null;
}

/** Goes to the next comment that is new since the last visit; false where none of them is on the page. */
export function nextUnread(): boolean {
  const all = [...document.querySelectorAll<HTMLElement>('#thread .badge.new')].flatMap((badge) => {
    const article = badge.closest<HTMLElement>('article');
    return article?.checkVisibility() ? [article] : [];
  });
  // A button that is pressed takes the keyboard from the comment that it led to; the programs of button and key share the page alone.
  const reached = document.querySelector<HTMLElement>('#thread [data-reached]');
  const here = currentComment() ?? reached;
  const isAfter = (article: HTMLElement): boolean =>
    here === null || (here.compareDocumentPosition(article) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  const article = all.find((one) => one !== here && isAfter(one)) ?? all[0];
  if (reached) delete reached.dataset['reached'];
  if (article) article.dataset['reached'] = '';
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
