import type { Database } from 'better-sqlite3';
import { statement } from '../../../libs/projections/index.ts';
import { idText } from '../ids.ts';
import { seesHidden, type Viewer } from '../viewer.ts';
import { type TextStep, textStepOf, withheldTexts } from './public-texts.ts';
import type { CommentRow, PostRow } from './thread.reads.ts';

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

/** Positions of a comment's former texts that readers may not read, by the rule of public-texts.ts. */
export function withheldOfComment(db: Database, post: PostRow, row: CommentRow): ReadonlySet<bigint> {
  const first = BigInt(row.posted);
  return withheldTexts(first, stepsOfComment(db).all(post.n, first).map(stepOf));
}

/** Of those, what this viewer may not read: moderators read all of them, and authors what they wrote themselves. */
export function withheldFrom(
  viewer: Viewer,
  withheld: ReadonlySet<bigint>,
  { author }: Pick<CommentRow, 'author'>,
): ReadonlySet<bigint> {
  const isOwn = viewer !== null && author !== null && idText(author) === viewer.memberId;
  return isOwn || seesHidden(viewer) ? NONE : withheld;
}

/** The same of all comments of a thread. */
export function withheldOfThread(db: Database, post: number): ReadonlySet<bigint> {
  const steps = Map.groupBy(stepsOfPost(db).all(post), ({ comment }) => comment);
  return new Set([...steps].flatMap(([comment, rows]) => [...withheldTexts(BigInt(comment), rows.map(stepOf))]));
}

function stepOf({ position, code }: StepRow): TextStep {
  return textStepOf(code, BigInt(position));
}
