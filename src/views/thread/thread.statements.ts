import type { Database } from 'better-sqlite3';

export interface StatusRow {
  readonly status: bigint;
  readonly hidden: bigint;
  readonly unseen: bigint;
  readonly parent: bigint | null;
}

export type ThreadStatements = ReturnType<typeof prepareThread>;

/** The projection's statements, each prepared once; comments are named by `n`, a position, which is always a bigint. */
export function prepareThread(db: Database) {
  return {
    publishPost: db.prepare<unknown[]>('UPDATE post SET publish_at = ? WHERE n = ?'),
    withdrawPost: db.prepare<unknown[]>('UPDATE post SET withdrawn = 1 WHERE n = ?'),
    changeDiscussion: db.prepare<unknown[]>(`
      UPDATE post SET state = coalesce(?, state), slow_mode = coalesce(?, slow_mode),
        pinned = CASE WHEN ? THEN ? ELSE pinned END WHERE n = ?`),
    addComment: db.prepare<unknown[]>(`
      INSERT INTO comment (n, id, post, parent, depth, path, author, shadow, created_at, revision, position, sealed)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    // An imported author's name lies in the first text alone, so that text is kept.
    editComment: db.prepare<unknown[]>(`
      UPDATE comment SET byline = CASE WHEN author IS NULL THEN coalesce(byline, sealed) END,
        sealed = ?, edited_at = ?, revision = ?, position = ? WHERE n = ?`),
    statusOf: db
      .prepare<unknown[], StatusRow>('SELECT status, hidden, unseen, parent FROM comment WHERE n = ?')
      .safeIntegers(),
    setStatus: db.prepare<unknown[]>('UPDATE comment SET status = ?, revision = ?, position = ? WHERE n = ?'),
    setRevision: db.prepare<unknown[]>('UPDATE comment SET revision = ? WHERE n = ?'),
    rememberHidden: db.prepare<unknown[]>('UPDATE comment SET unseen = hidden WHERE n = ?'),
    hold: db.prepare<unknown[]>('INSERT OR IGNORE INTO held (author, post, n) VALUES (?, ?, ?)'),
    release: db.prepare<unknown[]>('DELETE FROM held WHERE author = ? AND post = ? AND n = ?'),
    react: db.prepare<unknown[]>('INSERT OR IGNORE INTO reaction (member, post, comment, kind) VALUES (?, ?, ?, ?)'),
    withdrawReaction: db.prepare<unknown[]>(
      'DELETE FROM reaction WHERE member = ? AND post = ? AND comment = ? AND kind = ?',
    ),
    setHidden: db.prepare<unknown[]>('UPDATE comment SET hidden = ? WHERE n = ?'),
    shade: db.prepare<unknown[]>('UPDATE comment SET shadow = shadow + ? WHERE post = ? AND path >= ? AND path < ?'),
    countBranch: db.prepare<unknown[], { readonly shown: number; readonly visible: number }>(`
      SELECT count(*) AS shown, coalesce(sum(status = 0), 0) AS visible FROM comment
      WHERE post = ? AND path >= ? AND path < ? AND shadow = 0`),
    addChange: db.prepare<unknown[]>(
      'INSERT INTO thread_change (post, position, kind, comment, at) VALUES (?, ?, ?, ?, ?)',
    ),
    forgetChange: db.prepare<unknown[]>('DELETE FROM thread_change WHERE post = ? AND position = ?'),
  };
}
