import type { Database, Statement } from 'better-sqlite3';
import type { ReactionKind } from '../../domain/reaction/reaction.events.ts';

/** What the projection needs to know of a comment; integers are bigints, since `n` is a position. */
export interface CommentRow {
  readonly n: bigint;
  readonly post: bigint;
  readonly parent: bigint | null;
  readonly path: Buffer;
  readonly author: bigint | null;
  readonly status: bigint;
  readonly hidden: bigint;
  readonly shadow: bigint;
}
type Place = Pick<CommentRow, 'n' | 'post' | 'shadow'>;

export type ThreadStatements = ReturnType<typeof prepareThread>;

/** The projection's statements, each prepared once. */
export function prepareThread(db: Database) {
  const get = <Row>(sql: string) => db.prepare<unknown[], Row>(sql).safeIntegers();
  const reactions = new Map<ReactionKind, Statement<unknown[], Place>>();
  return {
    publishPost: db.prepare('UPDATE post SET publish_at = ? WHERE n = ?'),
    withdrawPost: db.prepare('UPDATE post SET withdrawn = 1 WHERE n = ?'),
    changeDiscussion: db.prepare('UPDATE post SET state = ?, slow_mode = ?, pinned = ? WHERE n = ?'),
    countPost: db.prepare('UPDATE post SET comments = comments + ?, shown = shown + ?, visible = visible + ? WHERE n = ?'),
    countAuthor: db.prepare('UPDATE author SET comments = comments + ? WHERE n = ?'),
    addComment: db.prepare(`
      INSERT INTO comment (n, id, post, parent, depth, path, author, shadow, created_at, revision, position, sealed)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    answerTo: get<Pick<CommentRow, 'n' | 'path' | 'shadow'>>(
      'UPDATE comment SET replies = replies + 1 WHERE id = ? RETURNING n, path, shadow',
    ),
    // An imported author's name lies in the first text alone, so that text is kept.
    editComment: get<Place>(`
      UPDATE comment SET byline = CASE WHEN author IS NULL THEN coalesce(byline, sealed) END,
        sealed = ?, edited_at = ?, revision = ?, position = ? WHERE id = ? RETURNING n, post, shadow`),
    commentById: get<CommentRow>(
      'SELECT n, post, parent, path, author, status, hidden, shadow FROM comment WHERE id = ?',
    ),
    setStatus: db.prepare('UPDATE comment SET status = ?, revision = ?, position = ? WHERE n = ?'),
    setHidden: db.prepare('UPDATE comment SET hidden = ? WHERE n = ?'),
    countReplies: db.prepare('UPDATE comment SET replies = replies + ? WHERE n = ?'),
    shade: db.prepare('UPDATE comment SET shadow = shadow + ? WHERE post = ? AND path >= ? AND path < ?'),
    countBranch: get<{ shown: bigint; visible: bigint }>(`
      SELECT count(*) AS shown, coalesce(sum(status = 0), 0) AS visible FROM comment
      WHERE post = ? AND path >= ? AND path < ? AND shadow = 0`),
    addChange: db.prepare('INSERT INTO thread_change (post, position, kind, comment, at) VALUES (?, ?, ?, ?, ?)'),
    forgetChange: db.prepare('DELETE FROM thread_change WHERE post = ? AND position = ?'),
    react: (kind: ReactionKind): Statement<unknown[], Place> => {
      const known = reactions.get(kind);
      if (known) return known;
      const sql = get<Place>(`
        UPDATE comment SET r_${kind} = r_${kind} + ?, score = score + CASE WHEN author IS ? THEN 0 ELSE ? END
        WHERE id = ? RETURNING n, post, shadow`);
      reactions.set(kind, sql);
      return sql;
    },
  };
}
