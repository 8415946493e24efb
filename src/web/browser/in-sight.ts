import type { Comment } from '../../../libs/client/shapes.ts';
import type { Sight } from './thread-view.ts';

const elementOf = (comment: Comment): HTMLElement | null => document.getElementById(`comment-${comment.id}`);

function isWritingIn(selector: string): boolean {
  return document.activeElement?.closest(selector) !== null && document.activeElement instanceof HTMLTextAreaElement;
}

/**
 * Whether showing this comment now would move something that can be seen: a comment that stands below its place, or at
 * the end of the thread the form in which the reader is writing.
 */
function wouldMove(arrival: Comment, comments: readonly Comment[]): boolean {
  const from = comments.findIndex(({ id }) => id === arrival.id);
  for (const later of comments.slice(from + 1)) {
    const element = elementOf(later);
    if (element === null) continue;
    // What lies in a folded branch is not seen and takes no place.
    if (!element.checkVisibility()) return false;
    return element.getBoundingClientRect().top < window.innerHeight;
  }
  const end = document.querySelector('.comments')?.getBoundingClientRect().bottom ?? Number.POSITIVE_INFINITY;
  return end < window.innerHeight && isWritingIn('#comment-form');
}

/** Brings a comment to the reader's eyes and keyboard; moves the page only as far as needed. */
function goTo(commentId: string): void {
  const article = document.getElementById(`comment-${commentId}`)?.querySelector('article');
  if (!article) return;
  for (let fold = article.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null)
    fold.open = true;
  article.focus({ preventScroll: true });
  article.scrollIntoView({ block: 'nearest' });
}

/** The reader's window; what was just drawn stands in it with the next frame. */
export const IN_SIGHT: Sight = { wouldMove, goTo: (commentId) => requestAnimationFrame(() => goTo(commentId)) };
