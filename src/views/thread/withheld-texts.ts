import type { Database } from 'better-sqlite3';
import { commentNotFound } from '../../../libs/kernel/index.ts';
import { statement } from '../../../libs/projections/index.ts';
import { idText } from '../ids.ts';
import { seesHidden, type Viewer } from '../viewer.ts';
import { type TextStep, textStepOf, withheldTexts } from './public-texts.ts';
import { type CommentRow, type PostRow, visibleComment } from './thread.reads.ts';
import { STATUS } from './thread.schema.ts';

interface StepRow {
  /** Decimal, like `position`. */
  readonly comment: string;
  readonly position: string;
  readonly code: number;
}

const COLUMNS = 'CAST(comment AS TEXT) AS comment, CAST(position AS TEXT) AS position, code';
const stepsOfComment = statement<StepRow>(
  `SELECT ${COLUMNS} FROM text_step WHERE post = ? AND comment = ? ORDER BY text_step.position`,
);
const stepsOfPost = statement<StepRow>(
  `SELECT ${COLUMNS} FROM text_step WHERE post = ? ORDER BY text_step.comment, text_step.position`,
);

const NONE: ReadonlySet<bigint> = new Set();

/** The positions of a comment's former texts that readers may not read, by the rule of public-texts.ts. */
export function withheldOfComment(db: Database, post: PostRow, row: CommentRow): ReadonlySet<bigint> {
  return withheldOf(db, post.n, BigInt(row.posted));
}

/** The same of a comment by its number and its post's. */
export function withheldOf(db: Database, post: number, comment: bigint): ReadonlySet<bigint> {
  return withheldTexts(comment, stepsOfComment(db).all(post, comment).map(stepOf));
}

/** The withheld texts that this viewer may not read: moderators read all texts, and authors their own. */
export function withheldFrom(
  viewer: Viewer,
  withheld: ReadonlySet<bigint>,
  { author }: Pick<CommentRow, 'author'>,
): ReadonlySet<bigint> {
  return isBy(viewer, { author }) || seesHidden(viewer) ? NONE : withheld;
}

function isBy(viewer: Viewer, { author }: Pick<CommentRow, 'author'>): boolean {
  return viewer !== null && author !== null && idText(author) === viewer.memberId;
}

/** The texts of a comment that a viewer reads, by the positions of their events. */
export interface TextSight {
  isReadable(position: bigint): boolean;
  /** Whether this viewer sees the text by role, while readers do not. */
  isUnseen(position: bigint): boolean;
}

/**
 * The texts of a comment's history that a viewer may read: for everybody while the comment is visible, for moderators
 * always. Throws DomainError `comment_not_found` for all others.
 */
export function textSight(db: Database, commentId: string, viewer: Viewer): TextSight {
  const { row, post } = visibleComment(db, commentId, viewer);
  const isPublic = row.status === STATUS.visible && row.shadow === 0;
  if (!isPublic && !seesHidden(viewer)) throw commentNotFound();
  const withheld = withheldOfComment(db, post, row);
  const kept = withheldFrom(viewer, withheld, row);
  return {
    isReadable: (position) => !kept.has(position),
    isUnseen: (position) => !isBy(viewer, row) && (!isPublic || withheld.has(position)),
  };
}

/** The positions of the texts that readers may not read, of all comments of a thread. */
export function withheldOfThread(db: Database, post: number): ReadonlySet<bigint> {
  const steps = Map.groupBy(stepsOfPost(db).all(post), ({ comment }) => comment);
  return new Set([...steps].flatMap(([comment, rows]) => [...withheldTexts(BigInt(comment), rows.map(stepOf))]));
}

function stepOf({ position, code }: StepRow): TextStep {
  return textStepOf(code, BigInt(position));
}
