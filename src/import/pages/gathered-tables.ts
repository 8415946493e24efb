/** The tables of all that an export tells. */
export const SCHEMA = `
  CREATE TABLE page (n INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, told INTEGER NOT NULL, title TEXT NOT NULL, at TEXT,
    closed INTEGER NOT NULL, line INTEGER NOT NULL, col INTEGER NOT NULL, site TEXT NOT NULL, article TEXT,
    comments INTEGER NOT NULL DEFAULT 0, thread INTEGER) STRICT;
  CREATE TABLE address (page INTEGER NOT NULL, address TEXT NOT NULL, UNIQUE (page, address)) STRICT;
  CREATE TABLE comment (n INTEGER PRIMARY KEY, page INTEGER NOT NULL, why TEXT, at TEXT, sealed BLOB NOT NULL,
    id TEXT NOT NULL, parent TEXT, lifted INTEGER NOT NULL DEFAULT 0, line INTEGER NOT NULL, col INTEGER NOT NULL) STRICT;
  CREATE INDEX comment_by_id ON comment (id);
  CREATE INDEX comment_by_page ON comment (page);
  CREATE TABLE thread (n INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, first TEXT) STRICT;
  CREATE TABLE stood (thread INTEGER NOT NULL, url TEXT NOT NULL, comments INTEGER NOT NULL, UNIQUE (thread, url)) STRICT;
  CREATE TABLE place (thread INTEGER NOT NULL, at INTEGER NOT NULL, comment INTEGER NOT NULL, PRIMARY KEY (thread, at)) STRICT, WITHOUT ROWID;
  CREATE INDEX page_by_thread ON page (thread)`;

/** A page that comments have named already gets what is told of it. */
export const TELL_PAGE = `
  INSERT INTO page (key, told, title, at, closed, line, col, site, article) VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (key) DO UPDATE SET told = 1, title = excluded.title, at = excluded.at, closed = excluded.closed,
    line = excluded.line, col = excluded.col, site = excluded.site, article = excluded.article`;

/** Lifts comments whose parent is known, and stands in no page of the same discussion. */
export const LIFT = `
  UPDATE comment SET lifted = 1 WHERE parent IS NOT NULL AND page IN (SELECT n FROM page WHERE thread IS NOT NULL)
    AND EXISTS (SELECT 1 FROM comment AS other WHERE other.id = comment.parent)
    AND NOT EXISTS (
      SELECT 1 FROM comment AS other JOIN page AS theirs ON theirs.n = other.page JOIN page AS ours ON ours.n = comment.page
      WHERE other.id = comment.parent AND theirs.thread = ours.thread)`;
