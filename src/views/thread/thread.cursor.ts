import type { CommentSort } from '../../../libs/words/index.ts';
import { invalidCursor, readOpaque, writeOpaque } from '../cursor.ts';
import { STEP } from './thread.schema.ts';

/** The end of the page before: after a whole top-level comment, or (`inside`) after one of the answers below it. */
export interface ThreadCursor {
  /** Path of the top-level comment. */
  readonly root: Buffer;
  /** Its place in the sort `best`; 0 in the others. */
  readonly score: number;
  /**
   * The path of the last shown comment, while its branch goes on; with `isBefore`, the path of an answer that is not on
   * the page.
   */
  readonly inside: Buffer | null;
  /** The page ends right before the comment instead of beginning after it. */
  readonly isBefore?: true;
}

const SCORE_BYTES = 4;

/** The meaning of a cursor's last byte. */
const AFTER = 0;
const INSIDE = 1;
const BEFORE = 2;

export function writeCursor(cursor: ThreadCursor, postId: string, sort: CommentSort): string {
  const { root, score, inside } = cursor;
  const points = Buffer.alloc(SCORE_BYTES);
  points.writeInt32BE(score);
  const content = Buffer.concat([
    points,
    inside ?? root,
    Buffer.of(cursor.isBefore ? BEFORE : inside ? INSIDE : AFTER),
  ]);
  return writeOpaque(content, `${postId} ${sort}`);
}

/** Throws DomainError `invalid` (field `cursor`) for a damaged cursor, or one of another post or sort. */
export function readCursor(text: string, postId: string, sort: CommentSort): ThreadCursor {
  const content = readOpaque(text, `${postId} ${sort}`);
  const path = content.subarray(SCORE_BYTES, -1);
  if (path.length < STEP || path.length % STEP !== 0) throw invalidCursor();
  const root = path.subarray(0, STEP);
  const [kind, score] = [content.at(-1), content.readInt32BE(0)];
  if (kind === BEFORE) return { root, score, inside: path.length > STEP ? path : null, isBefore: true };
  return { root, score, inside: kind === INSIDE ? path : null };
}
