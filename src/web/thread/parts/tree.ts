import type { CommentMarks, CommentNode } from './comment-node.ts';
import type { ChangingThread } from './context.ts';
import { isBy, type ShownComment } from './shown-comment.ts';

export interface CommentTree {
  readonly top: readonly CommentNode[];
  readonly nodes: ReadonlyMap<string, CommentNode>;
}

export const NO_TREE: CommentTree = { top: [], nodes: new Map() };
const NONE: readonly string[] = [];

/**
 * Makes a tree of comments in tree order (each before its answers), and keeps the unchanged branches of the tree
 * before. An answer whose parent is missing stands at the top, so that nothing is lost; in a flat one all do.
 */
export function treeOf(
  comments: readonly ShownComment[],
  state: ChangingThread,
  before: CommentTree,
  isFlat = false,
): CommentTree {
  const nodes = new Map<string, CommentNode>();
  const present = new Set(comments.map(({ id }) => id));
  const answersOf = Map.groupBy(comments, ({ parentId }) =>
    !isFlat && parentId !== null && present.has(parentId) ? parentId : '',
  );
  const nodesOf = (parentId: string): readonly CommentNode[] =>
    (answersOf.get(parentId) ?? []).flatMap(({ id }) => nodes.get(id) ?? []);
  for (const comment of comments.toReversed()) {
    const node = { comment, marks: marksOf(comment, state), answers: nodesOf(comment.id) };
    const known = before.nodes.get(comment.id);
    nodes.set(comment.id, known && isSame(known, node) ? known : node);
  }
  return { top: nodesOf(''), nodes };
}

function marksOf(
  comment: ShownComment,
  { openForm, ownReactions, bookmarks, unread, ignored, waiting, fresh, folds, beyond }: ChangingThread,
): CommentMarks {
  const { id } = comment;
  return {
    form: openForm?.commentId === id ? openForm.kind : null,
    own: ownReactions[id] ?? NONE,
    isBookmarked: bookmarks.has(id),
    isNew: unread.has(id),
    isIgnored: isBy(comment, ignored),
    waiting: waiting[id] ?? 0,
    isFresh: fresh.has(id),
    fold: folds[id],
    beyond: beyond[id] ?? 0,
  };
}

function isSame(a: CommentNode, b: CommentNode): boolean {
  const sameMarks =
    a.marks.form === b.marks.form &&
    a.marks.own === b.marks.own &&
    a.marks.isBookmarked === b.marks.isBookmarked &&
    a.marks.isNew === b.marks.isNew &&
    a.marks.waiting === b.marks.waiting &&
    a.marks.isFresh === b.marks.isFresh &&
    a.marks.beyond === b.marks.beyond &&
    a.marks.fold?.count === b.marks.fold?.count &&
    a.marks.fold?.href === b.marks.fold?.href;
  const sameAnswers = a.answers.length === b.answers.length && a.answers.every((answer, n) => answer === b.answers[n]);
  return a.comment === b.comment && sameMarks && sameAnswers;
}

/** Answers to a comment at all depths that can be read, drawn or not; where there are none, the places of those that were. */
export function countAnswers(node: CommentNode): number {
  if (node.answers.length === 0) return 0;
  return below(node, isVisible) + node.marks.beyond || below(node, () => true);
}

function below({ answers }: CommentNode, counts: (comment: ShownComment) => boolean): number {
  return answers.reduce((sum, answer) => sum + Number(counts(answer.comment)) + below(answer, counts), 0);
}

const isVisible = ({ status }: Pick<ShownComment, 'status'>): boolean => status === 'visible';

/** Visible answers at all depths among these comments, which are in tree order, by the comments that they stand below. */
export function answersAmong(
  comments: readonly Pick<ShownComment, 'id' | 'parentId' | 'status'>[],
): ReadonlyMap<string, number> {
  const counts = new Map(comments.map(({ id, status }) => [id, isVisible({ status }) ? 1 : 0]));
  for (const { id, parentId } of comments.toReversed()) {
    const above = parentId === null ? undefined : counts.get(parentId);
    if (parentId !== null && above !== undefined) counts.set(parentId, above + (counts.get(id) ?? 0));
  }
  for (const { id, status } of comments) counts.set(id, (counts.get(id) ?? 0) - (isVisible({ status }) ? 1 : 0));
  return counts;
}

/** The part of these counts that is not among the comments. */
export function beyondOf(
  answers: Readonly<Record<string, number>>,
  comments: Parameters<typeof answersAmong>[0],
): Readonly<Record<string, number>> {
  const among = answersAmong(comments);
  const missing = Object.entries(answers).map(
    ([id, count]) => [id, Math.max(0, count - (among.get(id) ?? 0))] as const,
  );
  return Object.fromEntries(missing.filter(([, count]) => count > 0));
}
