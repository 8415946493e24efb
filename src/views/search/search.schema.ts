import { TOKENIZER } from '../../../libs/search/index.ts';

export const KIND = { post: 0, comment: 1 } as const;

/**
 * `item.n` orders by time (`ItemNumbers`); `post` and `author` number all posts and authors. `shown` is 1 for what stands in `entry`: posts, and visible comments; whether its
 * post is out, and the comments above it visible, is asked when somebody searches. `title` is the kept text,
 * `body` the same packed, of a post with its excerpt (`joinedPost`), null when there is no text, and `names` as the index has them: from these the words are made that are taken
 * out of `entry` again. `word` has the long words of `entry`, by which beginnings are found. FTS5 removes them from its own
 * pages ('secure-delete'), and SQLite overwrites what it frees, so that an erased text is in no page of the file.
 * `member_name` has the name that each member shows, in the form of `indexedName`; an index finds it by that. `entry_words` reads `entry` for the digest.
 */
export const SEARCH_SCHEMA = `
  CREATE TABLE item (
    n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, kind INTEGER NOT NULL, post INTEGER NOT NULL, author INTEGER,
    shown INTEGER NOT NULL, title TEXT NOT NULL, body BLOB, names TEXT NOT NULL
  );
  CREATE TABLE post (
    n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, publish_at INTEGER, withdrawn INTEGER NOT NULL DEFAULT 0
  );
  CREATE TABLE author (n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE);
  CREATE TABLE post_tag (post INTEGER NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (post, tag)) WITHOUT ROWID;
  CREATE TABLE member_name (member BLOB PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
  CREATE INDEX member_by_name ON member_name (name);
  CREATE TABLE word (term TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE VIRTUAL TABLE entry USING fts5(words, content = '', columnsize = 0, tokenize = "${TOKENIZER}");
  CREATE VIRTUAL TABLE entry_words USING fts5vocab(entry, row);
  INSERT INTO entry (entry, rank) VALUES ('secure-delete', 1);
`;

/** A `SearchItem` for each row of `item i`. */
export const SEARCH_ITEMS = `
  SELECT i.n, i.id, i.kind, p.id AS post, a.id AS author, i.shown, i.title, i.body, i.names
  FROM item i JOIN post p ON p.n = i.post LEFT JOIN author a ON a.n = i.author`;

export const SEARCH_DIGEST = [
  'SELECT * FROM item ORDER BY n',
  'SELECT * FROM post ORDER BY n',
  'SELECT * FROM author ORDER BY n',
  'SELECT * FROM post_tag ORDER BY post, tag',
  'SELECT * FROM member_name ORDER BY member',
  'SELECT term FROM word ORDER BY term',
  'SELECT term, doc, cnt FROM entry_words ORDER BY term',
] as const;
