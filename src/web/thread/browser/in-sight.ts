import type { Comment } from '../../../../libs/client/shapes.ts';

const elementOf = ({ id }: Pick<Comment, 'id'>): HTMLElement | null => document.getElementById(`comment-${id}`);

function isWritingIn(selector: string): boolean {
  return document.activeElement?.closest(selector) !== null && document.activeElement instanceof HTMLTextAreaElement;
}

/**
 * Whether showing this comment now would move something visible: a comment below its place, or at the end of the thread
 * the form in which the reader is writing.
 */
export function wouldMove(arrival: Comment, comments: readonly Comment[]): boolean {
  const from = comments.findIndex(({ id }) => id === arrival.id);
  for (const later of comments.slice(from + 1)) {
    const element = elementOf(later);
    if (element === null) continue;
    // Comments in a folded branch are invisible and take no place.
    if (!element.checkVisibility()) return false;
    return element.getBoundingClientRect().top < window.innerHeight;
  }
  const end = document.querySelector('.comments')?.getBoundingClientRect().bottom ?? Number.POSITIVE_INFINITY;
  return end < window.innerHeight && isWritingIn('#comment-form');
}

/** Brings a drawn comment to the reader's eyes and keyboard, and moves the page only as far as needed. */
export function goTo(commentId: string): void {
  requestAnimationFrame(() => {
    const article = elementOf({ id: commentId })?.querySelector('article');
    if (!article) return;
    for (let fold = article.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null)
      fold.open = true;
    article.focus({ preventScroll: true });
    article.scrollIntoView({ block: 'nearest' });
  });
}

/**
 * The conversations whose answers can be taken off the page without moving what is being read or losing what is being
 * written: the farthest first, those below before those above.
 */
export function canGo(rootIds: readonly string[]): readonly string[] {
  const out = rootIds.flatMap((id) => {
    const element = elementOf({ id });
    const isBusy = element?.matches(':focus-within, :has(form:not(.inline))') ?? true;
    return element === null || isBusy ? [] : [{ id, box: element.getBoundingClientRect() }];
  });
  const below = out.filter(({ box }) => box.top > window.innerHeight).toReversed();
  // Those above only where the browser anchors what is being read.
  const above = CSS.supports('overflow-anchor: auto') ? out.filter(({ box }) => box.bottom < 0) : [];
  return [...below, ...above].map(({ id }) => id);
}
