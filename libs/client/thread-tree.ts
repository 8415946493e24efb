import type { CommentSort } from '../words/index.ts';
import type { Comment } from './shapes.ts';

/** A reader's knowledge of a comment besides its text. */
export interface SeenComment {
  /** The comment is shown as it was at this position, or later. */
  readonly asOf: bigint;
  /** The position of its posting, or a later bound when it was edited before it was first seen. */
  readonly posted: { readonly at: bigint } | { readonly before: bigint };
}

interface Node {
  comment: Comment;
  seen: SeenComment;
  readonly answers: Node[];
}

/** The known comments as a tree; mutable for the length of one fold. */
export class ThreadTree {
  readonly #nodes = new Map<string, Node>();
  readonly #top: Node[] = [];
  readonly #sort: CommentSort;
  readonly #isFlat: boolean;

  /** From comments in tree order; in a flat one all stand beside each other. */
  constructor(
    { sort, isFlat = false }: { readonly sort: CommentSort; readonly isFlat?: boolean },
    comments: readonly Comment[],
    seen: ReadonlyMap<string, SeenComment>,
  ) {
    this.#sort = sort;
    this.#isFlat = isFlat;
    for (const comment of comments) {
      const node = { comment, seen: seen.get(comment.id) ?? UNSEEN, answers: [] };
      this.#nodes.set(comment.id, node);
      this.#siblings(comment)?.push(node);
    }
  }

  seen(commentId: string): SeenComment | undefined {
    return this.#nodes.get(commentId)?.seen;
  }

  /** Whether the comment has a place here: it is top-level, or its parent is known. */
  hasPlaceFor(comment: Comment): boolean {
    return this.#siblings(comment) !== undefined;
  }

  /** Adds a comment at its place, or replaces an older state of it. */
  put(comment: Comment, seen: SeenComment): void {
    const known = this.#nodes.get(comment.id);
    if (known === undefined) {
      const siblings = this.#siblings(comment);
      if (siblings === undefined) return;
      const node = { comment, seen, answers: [] };
      this.#nodes.set(comment.id, node);
      insert(siblings, node, this.#isFlat || comment.parentId === null ? this.#sort : 'oldest');
    } else if (known.seen.asOf <= seen.asOf) {
      known.comment = comment;
      known.seen = { asOf: seen.asOf, posted: known.seen.posted };
    }
  }

  /** Takes a comment away with all below it. */
  remove(commentId: string): void {
    const node = this.#nodes.get(commentId);
    if (node === undefined) return;
    const siblings = this.#siblings(node.comment);
    siblings?.splice(siblings.indexOf(node), 1);
    const gone = [node];
    for (const { comment, answers } of gone) {
      this.#nodes.delete(comment.id);
      gone.push(...answers);
    }
  }

  /** In tree order, with each one's answers counted. */
  comments(): Comment[] {
    const found: Comment[] = [];
    const waiting = this.#top.toReversed();
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      found.push(counted(node));
      waiting.push(...node.answers.toReversed());
    }
    return found;
  }

  get size(): number {
    return this.#nodes.size;
  }

  allSeen(): Map<string, SeenComment> {
    return new Map([...this.#nodes].map(([id, { seen }]) => [id, seen]));
  }

  #siblings({ parentId }: Comment): Node[] | undefined {
    return this.#isFlat || parentId === null ? this.#top : this.#nodes.get(parentId)?.answers;
  }
}

const UNSEEN: SeenComment = { asOf: 0n, posted: { before: 0n } };

function counted({ comment, answers }: Node): Comment {
  const replyCount = answers.filter((answer) => answer.comment.status === 'visible').length;
  return comment.replyCount === replyCount ? comment : { ...comment, replyCount };
}

/** Most comments arrive in order, so the search begins at the end. */
function insert(siblings: Node[], node: Node, sort: CommentSort): void {
  let place = siblings.length;
  for (
    let before = siblings[place - 1];
    before !== undefined && precedes(node, before, sort);
    before = siblings[place - 1]
  ) {
    place -= 1;
  }
  siblings.splice(place, 0, node);
}

/** The forum's order: by time, then by position. Only the forum knows the order `best`. */
function precedes(a: Node, b: Node, sort: CommentSort): boolean {
  if (sort === 'best') return false;
  const order = compare(a, b);
  return sort === 'oldest' ? order < 0 : order > 0;
}

/** 0 where a reader cannot tell. */
function compare(a: Node, b: Node): number {
  if (a.comment.createdAt !== b.comment.createdAt) return a.comment.createdAt < b.comment.createdAt ? -1 : 1;
  if (isAfter(a.seen.posted, b.seen.posted)) return 1;
  return isAfter(b.seen.posted, a.seen.posted) ? -1 : 0;
}

/** Whether the first one was surely posted after the other. */
export function isAfter(one: SeenComment['posted'], other: SeenComment['posted']): boolean {
  return 'at' in one && one.at > ('at' in other ? other.at : other.before);
}
