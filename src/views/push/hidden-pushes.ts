import type { Database } from 'better-sqlite3';
import type { RecordedEvent } from '../../../libs/event-store/index.ts';
import { idBytes } from '../ids.ts';
import { isOneOf } from '../stored.ts';
import { STANDING_TYPES, standingAfterStored } from '../thread/door/standing.ts';

const POST_TYPES = ['PostWithdrawn.v1', 'PostBroughtBack.v1'] as const;
/** A comment that is posted was told of by no push. */
const COMMENT_TYPES = STANDING_TYPES.filter((type) => type !== 'CommentPosted.v1');
export const HIDING_TYPES = [...POST_TYPES, ...COMMENT_TYPES] as const;

/** For how long a push can be withdrawn, in milliseconds: an older one was read, put away or forgotten. */
export const KEPT_FOR_MS = 3 * 86_400_000;

/** A push that told of what readers find no more is due again: it is sent in its own place. Gives whether one is. */
export function withdrawPushes(db: Database): (event: RecordedEvent) => boolean {
  const hide = db.prepare('INSERT OR REPLACE INTO hidden (id, at) VALUES (?, ?)');
  const show = db.prepare('DELETE FROM hidden WHERE id = ?');
  const again = (column: 'comment' | 'post') =>
    db.prepare(`
      UPDATE push SET state = 'waiting', next_at = @at, reading = NULL
      WHERE id IN (SELECT push FROM pushed WHERE ${column} = @id) AND state = 'sent' AND changed_at >= @since`);
  const ofComment = again('comment');
  const ofPost = again('post');
  return (event) => {
    if (!isOneOf(event, HIDING_TYPES)) return false;
    const at = Date.parse(event.recordedAt);
    if (isOneOf(event, POST_TYPES)) {
      const id = idBytes(event.data.postId);
      if (event.type === 'PostBroughtBack.v1') {
        show.run(id);
        return false;
      }
      hide.run(id, at);
      return ofPost.run({ id, at, since: at - KEPT_FOR_MS }).changes > 0;
    }
    if (!isOneOf(event, COMMENT_TYPES)) return false;
    const status = standingAfterStored(event);
    if (status === null) return false;
    const id = idBytes(event.data.commentId);
    if (status === 'visible') {
      show.run(id);
      return false;
    }
    hide.run(id, at);
    return ofComment.run({ id, at, since: at - KEPT_FOR_MS }).changes > 0;
  };
}
