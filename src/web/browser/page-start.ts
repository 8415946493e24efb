import type { Comment } from '../../../libs/client/shapes.ts';
import { type Thread, threadOf } from '../../../libs/client/thread-fold.ts';
import type { SparseComment, ThreadPageData } from '../thread/page-data.ts';

/** The texts stand in the page already and do not travel twice; each is read from there when it is first asked for. */
function wholeComment(sparse: SparseComment, postId: string): Comment {
  let html: string | null | undefined;
  return {
    ...sparse,
    postId,
    body: null,
    get bodyHtml() {
      html ??= document.querySelector(`#comment-${CSS.escape(sparse.id)} > article > .body`)?.innerHTML ?? null;
      return html;
    },
  };
}

/** The thread as the server's page shows it, from where live goes on. */
export function threadOnPage({ page, comments, position, total, discussion }: ThreadPageData): Thread {
  const items = comments.map((comment) => wholeComment(comment, page.post.id));
  return threadOf(page.post.id, page.sort, { items, position, total, next: page.next }, discussion);
}
