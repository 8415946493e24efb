import { draftPrefix, keptUnder } from '../../shell/browser/kept.ts';
import { mayWrite } from '../parts/context.ts';
import type { ShownComment } from '../parts/shown-comment.ts';
import type { Edits } from './edits.ts';
import type { ThreadParts } from './thread-view.ts';

/** A text of an earlier visit that was not sent is seen again: the first such form on the page is open. */
export function reopenKept({ view, page }: ThreadParts, edits: Edits): void {
  const { comments, discussion, state } = view.now();
  if (page.viewer === null || state.openForm !== null) return;
  const { memberId } = page.viewer;
  const edited = new Set(edits.commentIds);
  const answered = new Set(mayWrite({ discussion, page }) ? keptUnder(draftPrefix(memberId, page.post.id)) : []);
  const isEdited = ({ id, author, status }: ShownComment): boolean =>
    edited.has(id) && author?.id === memberId && (status === 'visible' || status === 'held');
  const isAnswered = ({ id, status, depth }: ShownComment): boolean =>
    answered.has(id) && status === 'visible' && depth < page.deepest;
  const comment = comments.find((one) => !one.delivery && (isEdited(one) || isAnswered(one)));
  if (comment) view.openByItself({ kind: isEdited(comment) ? 'edit' : 'answer', commentId: comment.id });
}
