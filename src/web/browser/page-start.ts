import type { Comment } from '../../../libs/client/shapes.ts';
import { type Thread, threadOf } from '../../../libs/client/thread-fold.ts';
import type { SparseComment, ThreadPageData } from '../thread/page-data.ts';

/** The texts stand in the page already and do not travel twice. */
function wholeComment(sparse: SparseComment, postId: string): Comment {
  const body = document.querySelector(`#comment-${CSS.escape(sparse.id)} > article > .body`);
  return { ...sparse, postId, body: null, bodyHtml: body?.innerHTML ?? null };
}

/** The thread as the server's page shows it, from where live goes on. */
export function threadOnPage({ page, comments, position, total, discussion }: ThreadPageData): Thread {
  const items = comments.map((comment) => wholeComment(comment, page.post.id));
  return threadOf(page.post.id, page.sort, { items, position, total, next: page.next }, discussion);
}
