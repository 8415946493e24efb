import { createHash } from 'node:crypto';
import type { CommentSort } from '../../../libs/client/index.ts';
import { DomainError } from '../../../libs/kernel/index.ts';

/** Where the page before ended: after a whole top-level comment, or (`inside`) after one of the answers below it. */
export interface ThreadCursor {
  /** Path of the top-level comment. */
  readonly root: Buffer;
  /** Its place in the sort `best`; 0 in the others. */
  readonly score: number;
  /** Path of the last comment that was shown, while its branch goes on. */
  readonly inside: Buffer | null;
}

const ROOT_BYTES = 16;
const SCORE_BYTES = 4;
const CHECK_BYTES = 4;
/** Answers of imported threads may go deeper than the forum's own. */
const MOST_BYTES = 16_384;

/** Opaque to those who carry it; bound to its post and sort by a short check, which keeps no secret. */
export function writeCursor({ root, score, inside }: ThreadCursor, postId: string, sort: CommentSort): string {
  const points = Buffer.alloc(SCORE_BYTES);
  points.writeInt32BE(score);
  const content = Buffer.concat([points, root, inside?.subarray(ROOT_BYTES) ?? Buffer.alloc(0), Buffer.of(inside ? 1 : 0)]);
  return Buffer.concat([content, check(content, postId, sort)]).toString('base64url');
}

/** Throws DomainError `invalid` (field `cursor`) for one that is bent, or of another post or sort. */
export function readCursor(text: string, postId: string, sort: CommentSort): ThreadCursor {
  const bytes = text.length <= MOST_BYTES ? Buffer.from(text, 'base64url') : Buffer.alloc(0);
  const content = bytes.subarray(0, -CHECK_BYTES);
  const path = content.subarray(SCORE_BYTES, -1);
  const sound =
    path.length >= ROOT_BYTES &&
    path.length % ROOT_BYTES === 0 &&
    bytes.toString('base64url') === text &&
    check(content, postId, sort).equals(bytes.subarray(-CHECK_BYTES));
  if (!sound) throw invalidCursor();
  return {
    root: path.subarray(0, ROOT_BYTES),
    score: content.readInt32BE(0),
    inside: content.at(-1) === 1 ? path : null,
  };
}

function check(content: Buffer, postId: string, sort: CommentSort): Buffer {
  return createHash('sha256').update(`${postId} ${sort} `).update(content).digest().subarray(0, CHECK_BYTES);
}

export function invalidCursor(): DomainError {
  const message = 'is none that this list gave: leave it out to start at the first page';
  return new DomainError('invalid', `The cursor ${message}.`, [{ field: 'cursor', message }]);
}
