import type { ShownComment } from './shown-comment.ts';

/** Forms that the browser loads after the first paint; without them each is a page. */
export type FormOfOwn = 'edit' | 'remove' | 'moderate' | 'report';

/** The one form that is open inside the thread, if any. */
export interface OpenForm {
  readonly kind: 'answer' | 'react' | FormOfOwn;
  readonly commentId: string;
}

/** Whether somebody writes in it: it stays where it is when its comment goes. */
export function takesWords(kind: OpenForm['kind']): boolean {
  return kind !== 'react' && kind !== 'remove';
}

/** Answers of a conversation that are not on the page, and the page that has them. */
export interface FoldedBranch {
  /** More than MOST_TOLD when the count stopped there. */
  readonly count: number;
  readonly href: string;
}

/** The page's knowledge of a comment beside the comment itself. */
export interface CommentMarks {
  readonly form: OpenForm['kind'] | null;
  /** The viewer's own reactions. */
  readonly own: readonly string[];
  /** Whether the viewer has bookmarked it. */
  readonly isBookmarked: boolean;
  /** Whether it is new since the viewer's last visit. */
  readonly isNew: boolean;
  /** Whether the viewer ignores its author. */
  readonly isIgnored: boolean;
  /** Answers held back below it. */
  readonly waiting: number;
  readonly isFresh: boolean;
  /** The rest that is left out of the conversation that it begins. */
  readonly fold: FoldedBranch | undefined;
  /** Visible answers at all depths below it that are not drawn. */
  readonly beyond: number;
}

/** The same object as long as nothing in its branch changes, so that only changes are drawn again. */
export interface CommentNode {
  readonly comment: ShownComment;
  readonly marks: CommentMarks;
  readonly answers: readonly CommentNode[];
}
