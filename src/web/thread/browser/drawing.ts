import type { Comment } from '../../../../libs/client/shapes.ts';
import type { Translator } from '../../shell/i18n/translate.ts';
import { type OpenForm, takesWords } from '../parts/comment-node.ts';
import type { ThreadPageInfo } from '../parts/context.ts';
import type { ShownComment } from '../parts/shown-comment.ts';
import type { PageThread } from './page-start.ts';

/** The page as the server made it, which the reader sees whatever happens to the thread. */
export interface StartedPage {
  readonly page: ThreadPageInfo;
  readonly translator: Translator;
  readonly thread: PageThread;
  /** The number of visible comments in the whole discussion then. */
  readonly count: number;
}

/** A thread read anew begins with its first page and has no gaps, so it does not show what a later page shows. */
export function isElsewhere(thread: PageThread, { page }: StartedPage): boolean {
  return page.cursor !== null && !thread.hasGaps;
}

/**
 * The comments of the page. On a later page, new comments at the top of the thread belong to the first one. The
 * viewer's own new comments stay in sight wherever they belong.
 */
export function onPage(thread: PageThread, start: StartedPage): readonly Comment[] {
  const { page, thread: started } = start;
  if (page.only !== undefined)
    return thread.comments.filter((comment) => comment.featured || isNewOfOwn(comment, start)).map(alone);
  if (page.cursor === null || page.sort === 'oldest') return thread.comments;
  const here = new Set(started.comments.map(({ id }) => id));
  return thread.comments.filter((comment) => {
    const { id, parentId } = comment;
    const belongs = here.has(id) || (parentId === null ? isOwn(comment, page) : here.has(parentId));
    if (belongs) here.add(id);
    return belongs;
  });
}

/**
 * Of these, the conversations that the viewer began here but that belong on another page; only a page made anew knows
 * where.
 */
export function elsewhereOf(
  comments: readonly ShownComment[],
  { page, thread: started }: Pick<StartedPage, 'page' | 'thread'>,
): ReadonlySet<string> {
  if (isPlaceOfNew(page)) return NONE;
  const here = new Set(started.comments.map(({ id }) => id));
  const own = comments.filter((comment) => comment.parentId === null && !here.has(comment.id) && isOwn(comment, page));
  return new Set(own.map(({ id }) => id));
}

const NONE: ReadonlySet<string> = new Set();

/** Whether a comment that is posted now begins a conversation on this page. */
function isPlaceOfNew({ sort, only, cursor, next, whole }: ThreadPageInfo): boolean {
  if (whole !== undefined || only !== undefined) return false;
  return sort === 'newest' ? cursor === null : next === null;
}

const flattened = new WeakMap<Comment, Comment>();

/** The comment as it stands for itself; the same object for the same one, so that it is drawn once. */
function alone(comment: Comment): Comment {
  if (comment.parentId === null) return comment;
  const known = flattened.get(comment) ?? { ...comment, parentId: null };
  flattened.set(comment, known);
  return known;
}

/** What the viewer wrote since the page was made. */
function isNewOfOwn(comment: Comment, { page, thread }: StartedPage): boolean {
  return isOwn(comment, page) && !thread.comments.some(({ id }) => id === comment.id);
}

function isOwn({ author }: Pick<ShownComment, 'author'>, { viewer }: ThreadPageInfo): boolean {
  return viewer !== null && author?.id === viewer.memberId;
}

/** How many came to the whole thread, but not to the page. `asked`: of the comments those that were there before and were asked for. */
export function laterOf(
  thread: PageThread,
  comments: readonly Comment[],
  { start, asked }: { readonly start: StartedPage; readonly asked: number },
): number {
  if (start.page.only !== undefined) return 0;
  return Math.max(0, thread.total - start.thread.total - (comments.length - asked - start.thread.comments.length));
}

/** Own unsent comments among the others: at the top where the newest come first, and each answer after its parent. */
export function withUnsent(
  stored: readonly Comment[],
  unsent: readonly ShownComment[],
  { sort }: Pick<PageThread, 'sort'>,
): readonly ShownComment[] {
  const first = sort === 'newest' ? unsent.filter(({ parentId }) => parentId === null) : [];
  return [...first, ...stored, ...unsent.filter((comment) => !first.includes(comment))];
}

/**
 * A comment that went while somebody writes at it keeps its place without its text, after the last of those before it that
 * still stand: with it the form and what was typed would go.
 */
export function withWrittenAt(
  comments: readonly ShownComment[],
  form: OpenForm | null,
  before: readonly ShownComment[],
): readonly ShownComment[] {
  if (form === null || !takesWords(form.kind)) return comments;
  const placeOf = (commentId: string): number => comments.findIndex(({ id }) => id === commentId);
  const at = before.findIndex(({ id }) => id === form.commentId);
  const gone = before[at];
  if (gone === undefined || placeOf(form.commentId) >= 0) return comments;
  const ahead = before.slice(0, at).findLast(({ id }) => placeOf(id) >= 0);
  const emptied = { ...gone, body: null, bodyHtml: null, status: 'held' } as const;
  return comments.toSpliced(ahead ? placeOf(ahead.id) + 1 : 0, 0, emptied);
}

/** The number of visible comments in the whole discussion now. */
export function countOf({ visible }: PageThread, { count }: StartedPage): number {
  return visible ?? count;
}
