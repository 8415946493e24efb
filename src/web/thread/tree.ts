import type { Comment } from '../../../libs/client/shapes.ts';

/** What has become of a comment of one's own that the server has not acknowledged. */
export type Delivery =
  | { readonly kind: 'sending' }
  /** It goes out by itself later; without a reason, when there is a connection. */
  | { readonly kind: 'waiting'; readonly reason: string | null }
  | { readonly kind: 'refused'; readonly reason: string };

/** A comment as the page shows it: a stored one, or one's own on its way. */
export interface ShownComment extends Comment {
  readonly delivery?: Delivery;
}

export interface CommentNode {
  readonly comment: ShownComment;
  readonly answers: readonly CommentNode[];
}

/**
 * Comments in tree order (each before its answers, as a page of a thread comes) as a tree. An answer whose parent is not
 * among them stands at the top, so that nothing is lost.
 */
export function treeOf(comments: readonly ShownComment[]): readonly CommentNode[] {
  const top: CommentNode[] = [];
  const answersOf = new Map<string, CommentNode[]>();
  for (const comment of comments) {
    const answers: CommentNode[] = [];
    answersOf.set(comment.id, answers);
    const siblings = comment.parentId === null ? top : (answersOf.get(comment.parentId) ?? top);
    siblings.push({ comment, answers });
  }
  return top;
}

/** Answers under a node at all depths. */
export function countAnswers(node: CommentNode): number {
  return node.answers.reduce((count, answer) => count + 1 + countAnswers(answer), 0);
}
