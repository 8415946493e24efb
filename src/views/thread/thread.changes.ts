import type { Database } from 'better-sqlite3';
import {
  type Comment,
  type Discussion,
  MOST_CATCH_UP_BYTES,
  MOST_CHANGES_ON_JOIN,
  type ThreadChange,
} from '../../../libs/client/index.ts';
import { reading, statement, VIEWS } from '../../../libs/projections/index.ts';
import { COMMENT_STATUSES } from '../../../libs/words/index.ts';
import { answering, type Parts } from '../answering.ts';
import { idText } from '../ids.ts';
import { moment } from '../moment.ts';
import { UnwrittenPageMemory } from '../post-list/door/unwritten-page-memory.ts';
import { presentDiscussion } from '../present-discussion.ts';
import { type ChangeRow, changesAfter } from './changes-after.ts';
import { CommentPresenter } from './door/comment-presenter.ts';
import { bytesOfText } from './kept-seal.ts';
import { GetThreadChanges } from './thread.query-types.ts';
import {
  COMMENT_COLUMNS,
  COMMENT_JOINS,
  type CommentRow,
  isThread,
  scopeOf,
  standingOutOf,
  totalOf,
  visiblePost,
} from './thread.reads.ts';
import { CHANGES } from './thread.schema.ts';

const commentByNumber = statement<CommentRow>(
  `SELECT ${COMMENT_COLUMNS} FROM comment c ${COMMENT_JOINS} WHERE c.n = ?`,
);

/** The approximate size of a change besides its comment's text. */
const BYTES_BESIDE_TEXT = 600;

interface ThreadSteps {
  readonly position: bigint;
  readonly changes: readonly ThreadChange[];
  readonly bytes: number;
  readonly reload: boolean;
  readonly total: number;
  readonly visible: number;
  readonly hidden: number;
}

const NEEDS = { views: VIEWS, presenter: CommentPresenter } as const;

export const threadChangesQuery = answering(
  GetThreadChanges,
  { ...NEEDS, unwritten: UnwrittenPageMemory },
  (query, { unwritten, ...parts }) => {
    const isUnwritten = unwritten.of(query.postId) !== undefined && !isThread(parts.views.db('thread'), query.postId);
    return isUnwritten ? nothingYet(query, parts.views.position()) : threadChanges(query, parts);
  },
);

/** Readers of a page of another site wait for its first comment. */
function nothingYet({ until, after }: GetThreadChanges, now: bigint): ThreadSteps {
  const position = until !== undefined && until < now ? until : now;
  return { position, changes: [], bytes: 0, reload: after > now, total: 0, visible: 0, hidden: 0 };
}

/**
 * The changes that readers of a thread have missed since `after`, without comments that they may not see. Throws
 * DomainError `post_not_found`.
 */
export async function threadChanges(
  query: GetThreadChanges,
  { views, presenter }: Parts<typeof NEEDS>,
): Promise<ThreadSteps> {
  const { rows, comments, discussion, accepted, ...steps } = reading(views.db('thread'), (db, at) =>
    readSteps(db, query, at),
  );
  if (steps.reload) return { ...steps, changes: [], bytes: 0 };
  const shown = [...comments.values()];
  const presented = await presenter.present(shown, { sees: 'reader' });
  const byNumber = new Map(shown.map((row, index) => [row.posted, presented[index]]));
  const changes = rows.map((row) =>
    presentChange(row, row.comment === null ? undefined : byNumber.get(row.comment), { discussion, accepted }),
  );
  const bytes = changes.reduce((sum, change) => sum + bytesOf(change), 0);
  return bytes > MOST_CATCH_UP_BYTES ? { ...steps, changes: [], bytes: 0, reload: true } : { ...steps, changes, bytes };
}

interface Steps extends Omit<ThreadSteps, 'changes' | 'bytes'> {
  readonly rows: readonly ChangeRow[];
  /** The comments as they are now, by number. */
  readonly comments: ReadonlyMap<string, CommentRow>;
  readonly discussion: Discussion;
  /** The accepted answer, whether readers see it or not. */
  readonly accepted: string | null;
}

function readSteps(db: Database, { postId, after, until, viewer }: GetThreadChanges, now: bigint): Steps {
  const post = visiblePost(db, postId, null);
  const total = totalOf(db, post, { sees: 'reader' });
  const hidden = totalOf(db, post, scopeOf(db, post, viewer)) - total;
  const position = until !== undefined && until < now ? until : now;
  const all = changesAfter(db, { post: post.n, after, most: MOST_CHANGES_ON_JOIN });
  const found = all?.filter((change) => BigInt(change.position) <= position) ?? [];
  const isBeyond = after > now || all === null || found.some(({ kind }) => CHANGES[kind] === 'reload');
  const comments = isBeyond ? null : commentsOf(db, found);
  const counts = { total, visible: post.visible, hidden };
  const accepted = post.accepted && idText(post.accepted);
  const told = { discussion: presentDiscussion(post, standingOutOf(db, post)), accepted };
  if (all === null || comments === null)
    return { position, reload: true, ...counts, rows: [], comments: NONE, ...told };
  const lastHeld = new Map(
    all.flatMap(({ kind, comment, position: at }) => (isHeld(kind) ? [[comment, BigInt(at)]] : [])),
  );
  const rows = found.filter((change) => {
    const { comment, position: at } = change;
    const isHeldLater = BigInt(at) <= (lastHeld.get(comment) ?? -1n);
    return isTold(change, comment === null ? undefined : comments.get(comment), isHeldLater);
  });
  return { position, reload: false, ...counts, rows, comments, ...told };
}

const NONE: ReadonlyMap<string, CommentRow> = new Map();

/**
 * The comments that the changes are about. Null as soon as the texts that readers see are too long by themselves;
 * nothing is opened then. Each text is sent with every change of its comment, as text and as HTML.
 */
function commentsOf(db: Database, changes: readonly ChangeRow[]): ReadonlyMap<string, CommentRow> | null {
  const comments = new Map<string, CommentRow>();
  let bytes = 0;
  for (const { comment } of changes) {
    if (comment === null) continue;
    const row = comments.get(comment) ?? commentByNumber(db).get(BigInt(comment));
    if (!row) continue;
    comments.set(row.posted, row);
    if (row.shadow === 0 && COMMENT_STATUSES[row.status] === 'visible') bytes += 2 * bytesOfText(row.sealed);
    if (bytes > MOST_CATCH_UP_BYTES) return null;
  }
  return comments;
}

function bytesOf({ comment }: ThreadChange): number {
  return BYTES_BESIDE_TEXT + Buffer.byteLength(comment?.body ?? '') + Buffer.byteLength(comment?.bodyHtml ?? '');
}

/**
 * Every step is told about a comment that readers may see now. About a comment that is held now, only those are told
 * that lead to a step which says so. A comment that was held at its posting has no such step, and a comment in the
 * shadow of another is read anew.
 */
function isTold({ kind }: ChangeRow, row: CommentRow | undefined, isHeldLater: boolean): boolean {
  if (!row) return CHANGES[kind] === 'discussion-changed';
  return row.shadow === 0 || (row.hidden === 1 && row.shadow === 1 && isHeldLater);
}

function isHeld(kind: number): boolean {
  return CHANGES[kind] === 'comment-held';
}

/**
 * The change with the comment as it is now. The text is there when readers may read it now and the step did not take it
 * away.
 */
function presentChange(
  { position, at, kind }: ChangeRow,
  comment: Comment | undefined,
  { discussion, accepted }: Pick<Steps, 'discussion' | 'accepted'>,
): ThreadChange {
  const step = { position, at: moment(at), kind: kindOf(kind) };
  if (comment === undefined) return { ...step, discussion };
  // What becomes of the answer changes the discussion that it is the answer in.
  const isOfBoth = comment.id === accepted || step.kind === 'discussion-changed';
  return { ...step, comment: asIn(step.kind, comment), ...(isOfBoth && { discussion }) };
}

/**
 * A comment that was held or removed and is visible again appears in those steps as live readers saw it: a place
 * without text and author.
 */
function asIn(kind: ThreadChange['kind'], comment: Comment): Comment {
  if (kind === 'comment-held' && comment.status !== 'rejected') return { ...comment, ...EMPTY, status: 'held' };
  if (kind === 'comment-removed' && comment.status === 'visible') return { ...comment, ...EMPTY, status: 'removed' };
  return comment;
}

const EMPTY = { author: null, body: null, bodyHtml: null } as const;

function kindOf(kind: number): ThreadChange['kind'] {
  const known = CHANGES[kind];
  if (known === undefined || known === 'reload') throw new RangeError(`${kind} is no kind of change that is told`);
  return known;
}
