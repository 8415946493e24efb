import type { Database } from 'better-sqlite3';

export type PostStatements = ReturnType<typeof preparePosts>;
export type CommentStatements = ReturnType<typeof prepareComments>;

/** The statements about posts, which are named by their number; each is prepared once. */
export function preparePosts(db: Database) {
  return {
    publish: db.prepare<unknown[]>('UPDATE post SET publish_at = ? WHERE n = ?'),
    addTextStep: db.prepare<unknown[]>('INSERT INTO text_step (post, comment, position, code) VALUES (?, ?, ?, ?)'),
    withdraw: db.prepare<unknown[]>('UPDATE post SET withdrawn = ? WHERE n = ?'),
    changeDiscussion: db.prepare<unknown[]>(`
      UPDATE post SET state = coalesce(?, state), slow_mode = coalesce(?, slow_mode),
        pinned = CASE WHEN ? THEN ? ELSE pinned END WHERE n = ?`),
    ask: db.prepare<unknown[]>('UPDATE post SET asks = ? WHERE n = ?'),
    accept: db.prepare<unknown[]>('UPDATE post SET accepted = ? WHERE n = ?'),
    takeBack: db.prepare<unknown[]>('UPDATE post SET accepted = NULL WHERE n = ? AND accepted = ?'),
    feature: db.prepare<unknown[]>('INSERT OR IGNORE INTO featured (post, comment) VALUES (?, ?)'),
    unfeature: db.prepare<unknown[]>('DELETE FROM featured WHERE post = ? AND comment = ?'),
  };
}

/** The statements about later changes of a comment; comments are named by `n`, a position, which is always a bigint. */
export function prepareComments(db: Database) {
  return {
    // Only the first text holds an imported author's name, so that text is kept.
    edit: db.prepare<unknown[]>(`
      UPDATE comment SET byline = CASE WHEN author IS NULL THEN coalesce(byline, sealed) END,
        sealed = ?, edited_at = ?, revision = ?, position = ? WHERE n = ?`),
    claim: db.prepare<unknown[]>('UPDATE comment SET author = ?, revision = ?, position = ? WHERE n = ?'),
    setStatus: db.prepare<unknown[]>('UPDATE comment SET status = ?, revision = ?, position = ? WHERE n = ?'),
    setRevision: db.prepare<unknown[]>('UPDATE comment SET revision = ? WHERE n = ?'),
    setLanguage: db.prepare<unknown[]>('UPDATE comment SET language = ? WHERE n = ?'),
    setHidden: db.prepare<unknown[]>('UPDATE comment SET hidden = ? WHERE n = ?'),
    keepUnseen: db.prepare<unknown[]>('INSERT OR IGNORE INTO unseen_text (post, comment) VALUES (?, ?)'),
    forgetUnseen: db.prepare<unknown[]>('DELETE FROM unseen_text WHERE post = ? AND comment = ?'),
    hold: db.prepare<unknown[]>('INSERT OR IGNORE INTO held (author, post, n) VALUES (?, ?, ?)'),
    release: db.prepare<unknown[]>('DELETE FROM held WHERE author = ? AND post = ? AND n = ?'),
  };
}

export const NEW_COMMENT = [
  'n',
  'id',
  'post',
  'parent',
  'depth',
  'above',
  'author',
  'shadow',
  'created_at',
  'revision',
  'sealed',
  'language',
];
