import type { ImportSaying } from '../../../libs/words/index.ts';
import type { ImportComment } from '../../domain/comment/comment.commands.ts';
import { LeftOutByReason } from '../recording/left-out.ts';
import type { Fate, SourceComment, SourceComments } from '../source/source-comment.ts';
import type { CommentIds } from './comment-ids.ts';
import {
  type CommentContext,
  commentIdOf,
  hasWords,
  type ImportedComment,
  placeholderIdOf,
  toComment,
  writtenOn,
} from './comments.ts';
import { Heads } from './heads.ts';
import { type Levels, MOST_LEVELS, shapeOf, type ThreadShape } from './thread-shape.ts';

/** A comment with its place in the tree settled. */
export interface ThreadedComment extends ImportedComment, Pick<ImportComment['data'], 'parentId' | 'keepsPlace'> {
  readonly kind: 'comment';
  /** An answer to it comes too. */
  readonly isAnswered: boolean;
}

/** Stands where a comment was that is not brought, since an answer to it is. */
export interface Placeholder extends Pick<ThreadedComment, 'place' | 'commentId' | 'sourceId' | 'parentId' | 'at'> {
  readonly kind: 'placeholder';
}

/** An item's comments, settled; each is read and converted when it is asked for, so that none is held. */
export class SourceThread {
  /** By depth: the top-level comments first, then their answers, so that each parent comes before its answers. */
  readonly levels: Levels;
  readonly pingbacks: number;
  /** Why comments were left out, how many, and where they stand. */
  readonly skipped: LeftOutByReason;
  readonly #comments: SourceComments;
  readonly #context: CommentContext;
  readonly #heads: Heads;
  readonly #shape: ThreadShape;

  constructor(settled: Settled, comments: SourceComments, context: CommentContext) {
    this.#comments = comments;
    this.#context = context;
    this.#heads = settled.heads;
    this.#shape = settled.shape;
    this.levels = settled.shape.levels;
    this.pingbacks = settled.pingbacks;
    this.skipped = settled.skipped;
  }

  /** The comment of this number, or what stands for it. */
  at(number: number): ThreadedComment | Placeholder {
    const head = this.#heads.at(number);
    const parent = this.#shape.parentOf(number);
    const parentId = parent === -1 ? null : this.#idOf(parent);
    if (head === undefined || head.fate === 'left out') return this.#placeholder(number, parentId);
    const held = head.fate === 'held';
    const comment = toComment(this.#comments.at(number), { sourceId: head.id, held }, this.#context);
    const keepsPlace = held && this.#shape.hasVisibleBelow(number);
    return { ...comment, kind: 'comment', parentId, keepsPlace, isAnswered: this.#shape.isAnswered(number) };
  }

  /** Call it when the comments are recorded. */
  close(): void {
    this.#comments.close();
  }

  #placeholder(number: number, parentId: string | null): Placeholder {
    const { post } = this.#context;
    const isMissing = number >= this.#heads.length;
    const missing = this.#shape.missing(number);
    const told = this.#comments.at(isMissing ? missing.answeredBy : number);
    const sourceId = isMissing ? placeholderIdOf(post, missing.id) : (this.#heads.at(number)?.id ?? '');
    const at = writtenOn(told, this.#context);
    return { kind: 'placeholder', place: told.place, sourceId, commentId: this.#idOf(number), parentId, at };
  }

  #idOf(number: number): string {
    const { post } = this.#context;
    const id = this.#heads.at(number)?.id ?? placeholderIdOf(post, this.#shape.missing(number).id);
    return commentIdOf(post, id);
  }
}

interface Settled {
  readonly heads: Heads;
  readonly shape: ThreadShape;
  readonly pingbacks: number;
  readonly skipped: LeftOutByReason;
}

/**
 * One item's comments as a tree. A comment that is left out (spam, trash, a pingback) or missing, with an answer that
 * readers see, keeps its place as a placeholder; all other answers to it go to the nearest imported comment above.
 */
export function sourceThreadOf(comments: SourceComments, context: CommentContext, ids: CommentIds): SourceThread {
  const { heads, pingbacks, skipped } = headsOf(comments, context, ids);
  const warn = (number: number, message: ImportSaying) => context.warn(message, comments.at(number).place);
  const shape = shapeOf(heads, {
    onCircle: (number) => warn(number, 'the comment answers itself in a circle; put at the top'),
    onMissing: (number, id, kept) => {
      const cure = kept ? 'a placeholder stands for it' : 'put at the top';
      warn(number, `the comment answers ${id}, which is not under this post; ${cure}`);
    },
    onDeep: (count, first) => {
      const which = count === 1 ? 'answer stands' : 'answers stand';
      warn(
        first,
        `${count} ${which} deeper than ${MOST_LEVELS} levels under this post; they are put at that level, by time`,
      );
    },
  });
  return new SourceThread({ heads, shape, pingbacks, skipped }, comments, context);
}

function headsOf(comments: SourceComments, context: CommentContext, ids: CommentIds): Omit<Settled, 'shape'> {
  const heads = new Heads();
  const skipped = new LeftOutByReason();
  let pingbacks = 0;
  for (const comment of comments) {
    const { answers } = comment;
    const fate = settledFate(comment, context, (id) => ids.distinct(id, comment, context));
    if (fate.kind === 'pingback') pingbacks += 1;
    if (fate.kind === 'skipped') skipped.add(fate.why, comment.place);
    if (fate.kind === 'brought') heads.add({ answers, id: fate.id, fate: fate.held ? 'held' : 'visible' });
    else heads.add({ answers, id: comment.id, fate: 'left out' });
  }
  return { heads, pingbacks, skipped };
}

type SettledFate = Exclude<Fate, { kind: 'brought' }> | (Extract<Fate, { kind: 'brought' }> & { readonly id: string });

/** `distinct` gives the comment an id of its own, or null when it came before. */
function settledFate(
  comment: SourceComment,
  context: CommentContext,
  distinct: (id: string) => string | null,
): SettledFate {
  const { fate } = comment;
  if (fate.kind !== 'brought') return fate;
  if (!hasWords(comment, context)) return { kind: 'skipped', why: 'empty' };
  const id = distinct(comment.id);
  return id === null ? { kind: 'skipped', why: 'twice in the file' } : { ...fate, id };
}
