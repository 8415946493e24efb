import type { CommentMarks, CommentNode } from './comment-node.ts';
import type { ChangingThread } from './context.ts';
import type { ShownComment } from './shown-comment.ts';

export interface CommentTree {
  readonly top: readonly CommentNode[];
  readonly nodes: ReadonlyMap<string, CommentNode>;
}

export const NO_TREE: CommentTree = { top: [], nodes: new Map() };
const NONE: readonly string[] = [];

/**
 * Makes a tree of comments in tree order (each before its answers), and keeps the unchanged branches of the tree
 * before. An answer whose parent is missing stands at the top, so that nothing is lost.
 */
export function treeOf(comments: readonly ShownComment[], state: ChangingThread, before: CommentTree): CommentTree {
  const nodes = new Map<string, CommentNode>();
  const present = new Set(comments.map(({ id }) => id));
  const answersOf = Map.groupBy(comments, ({ parentId }) =>
    parentId !== null && present.has(parentId) ? parentId : '',
  );
  const nodesOf = (parentId: string): readonly CommentNode[] =>
    (answersOf.get(parentId) ?? []).flatMap(({ id }) => nodes.get(id) ?? []);
  for (const comment of comments.toReversed()) {
    const node = { comment, marks: marksOf(comment.id, state), answers: nodesOf(comment.id) };
    const known = before.nodes.get(comment.id);
    nodes.set(comment.id, known && isSame(known, node) ? known : node);
  }
  return { top: nodesOf(''), nodes };
}

function marksOf(id: string, { openForm, ownReactions, waiting, fresh, folds }: ChangingThread): CommentMarks {
  return {
    form: openForm?.commentId === id ? openForm.kind : null,
    own: ownReactions[id] ?? NONE,
    waiting: waiting[id] ?? 0,
    isFresh: fresh.has(id),
    fold: folds[id],
  };
}

function isSame(a: CommentNode, b: CommentNode): boolean {
  const sameMarks =
    a.marks.form === b.marks.form &&
    a.marks.own === b.marks.own &&
    a.marks.waiting === b.marks.waiting &&
    a.marks.isFresh === b.marks.isFresh &&
    a.marks.fold?.count === b.marks.fold?.count &&
    a.marks.fold?.href === b.marks.fold?.href;
  const sameAnswers = a.answers.length === b.answers.length && a.answers.every((answer, n) => answer === b.answers[n]);
  return a.comment === b.comment && sameMarks && sameAnswers;
}

/** Answers under a node at all depths. */
export function countAnswers(node: CommentNode): number {
  return node.answers.reduce((count, answer) => count + 1 + countAnswers(answer), 0);
}
