import type { ColloquyClient } from '../../../../libs/client/rest-client.ts';
import { isModerator } from '../../../../libs/words/index.ts';
import { hasText, type ShownComment } from '../parts/shown-comment.ts';
import type { ThreadParts } from './thread-view.ts';

/**
 * The changes of a thread are the same for everybody, and remove what is held or removed. Its author, and moderators,
 * may still see it, marked: so they ask for it, and put it back in its place.
 */
export function keepInSight(
  { view, session, page: { viewer } }: Omit<ThreadParts, 'translator'>,
  rest: Pick<ColloquyClient, 'comment'>,
): void {
  if (viewer === null) return;
  const judges = isModerator(viewer.roles);
  const isSeen = (comment: ShownComment): boolean =>
    hasText(comment) && !comment.delivery && (judges || comment.author?.id === viewer.memberId);
  const keep = (id: string, below: readonly ShownComment[]): Promise<void> =>
    rest.comment(id).then(
      (comment) => {
        if (!hasText(comment)) return;
        session.now?.keep(comment);
        for (const answer of below) session.now?.keep(answer);
      },
      // Without an answer nothing is shown.
      () => undefined,
    );
  let known: readonly ShownComment[] = view.now().comments.filter(isSeen);
  view.subscribe(() => {
    // Folded and waiting comments are not drawn, but they are not lost.
    const all = [...(session.state.thread?.comments ?? []), ...view.now().comments];
    const now = new Map<string, ShownComment>(all.map((comment) => [comment.id, comment]));
    const lost = known.filter(({ id }) => {
      const after = now.get(id);
      return after === undefined || (!hasText(after) && after.status !== 'erased');
    });
    const ids = new Set(lost.map(({ id }) => id));
    known = view.now().comments.filter(isSeen);
    for (const comment of lost) {
      // Comments that went with the one above them come back with it.
      if (comment.parentId === null || !ids.has(comment.parentId)) void keep(comment.id, branchOf(comment, lost));
    }
  });
}

/** All below a comment, parents before their answers. */
function branchOf(top: ShownComment, comments: readonly ShownComment[]): readonly ShownComment[] {
  const inside = new Set([top.id]);
  return comments.filter(({ id, parentId }) => parentId !== null && inside.has(parentId) && inside.add(id));
}
