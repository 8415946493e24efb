import type { Comment } from '../../../../libs/client/shapes.ts';
import type { Thread } from '../../../../libs/client/thread-fold.ts';
import type { SparseComment, ThreadPageData } from '../parts/page-data.ts';

/** The part of a thread that a page shows and counts. */
export type PageThread = Pick<
  Thread,
  'comments' | 'sort' | 'position' | 'total' | 'hasGaps' | 'isFlat' | 'discussion' | 'visible'
>;

/** The texts are in the page already and are not sent twice; each is read from there at its first use. */
function wholeComment(sparse: SparseComment & Pick<Comment, 'replyCount'>, postId: string, shown: ParentNode): Comment {
  let html: string | null | undefined;
  return {
    ...sparse,
    postId,
    body: null,
    get bodyHtml() {
      html ??=
        shown.querySelector(`#comment-${CSS.escape(sparse.id)} > article .body:not(.translated)`)?.innerHTML ?? null;
      return html;
    },
  };
}

/** A thread as the server's page shows it, from which live continues. */
export function threadOnPage(data: ThreadPageData, shown: ParentNode = document): PageThread {
  const { page, comments, folds, position, total, discussion } = data;
  // Answers are counted as everywhere in the browser: only the known ones.
  const answers = Map.groupBy(comments, ({ parentId, status }) => (status === 'visible' ? parentId : null));
  const counted = (comment: SparseComment) => ({ ...comment, replyCount: answers.get(comment.id)?.length ?? 0 });
  return {
    comments: comments.map((comment) => wholeComment(counted(comment), page.post.id, shown)),
    sort: page.sort,
    position,
    total,
    hasGaps: page.cursor !== null || Object.keys(folds).length > 0,
    isFlat: page.only !== undefined,
    discussion,
    visible: null,
  };
}
