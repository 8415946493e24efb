import type { Database } from 'better-sqlite3';
import { idBytes } from '../ids.ts';
import type { StoredOf } from '../stored.ts';

export const POST_DRAFT_TYPES = ['PostDraftKept.v1', 'PostDraftDropped.v1'] as const;
const STREAM = 'post-draft-';

/**
 * `post_draft` has the unpublished text of each post, sealed, with its place in the log (`n`), its time, whoever began
 * it (`member`) and kept it last (`editor`); null for one that was dropped, after which the next one of the post has another
 * number. `post_draft_key` names those whose keys still exist.
 */
export const POST_DRAFT_SCHEMA = `
  CREATE TABLE post_draft (
    post BLOB PRIMARY KEY, id BLOB NOT NULL, member BLOB NOT NULL, editor BLOB NOT NULL,
    dropped INTEGER NOT NULL DEFAULT 0, n INTEGER NOT NULL, at INTEGER NOT NULL, sealed BLOB
  ) WITHOUT ROWID;
  CREATE INDEX post_draft_n ON post_draft (n) WHERE sealed IS NOT NULL;
  CREATE INDEX post_draft_member ON post_draft (member) WHERE sealed IS NOT NULL;
  CREATE TABLE post_draft_key (id BLOB PRIMARY KEY, member BLOB NOT NULL) WITHOUT ROWID;
  CREATE INDEX post_draft_key_member ON post_draft_key (member);
`;

export const POST_DRAFT_DIGEST = ['SELECT * FROM post_draft ORDER BY post', 'SELECT * FROM post_draft_key ORDER BY id'];

/** Folds the unpublished texts of posts, which all editors share. */
export class PostDraftsProjection {
  readonly #keep;
  readonly #drop;
  readonly #holdKey;
  readonly #loseKey;
  readonly #forget;

  constructor(db: Database) {
    this.#keep = db.prepare(`
      INSERT INTO post_draft (post, id, member, editor, n, at, sealed) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (post) DO UPDATE SET id = excluded.id, member = excluded.member, editor = excluded.editor,
        n = excluded.n, at = excluded.at, sealed = excluded.sealed`);
    this.#drop = db.prepare(
      'UPDATE post_draft SET sealed = NULL, dropped = dropped + 1, n = ? WHERE post = ? AND id = ? AND sealed IS NOT NULL',
    );
    this.#holdKey = db.prepare('INSERT OR IGNORE INTO post_draft_key (id, member) VALUES (?, ?)');
    this.#loseKey = db.prepare('DELETE FROM post_draft_key WHERE id = ?');
    this.#forget = db.prepare(
      'UPDATE post_draft SET sealed = NULL, dropped = dropped + 1 WHERE member = ? AND sealed IS NOT NULL',
    );
  }

  follow(event: StoredOf<(typeof POST_DRAFT_TYPES)[number]>): void {
    const { postId, draftId, memberId } = event.data;
    const [post, id, member] = [idBytes(postId), idBytes(draftId), idBytes(memberId)];
    if (event.type === 'PostDraftDropped.v1') {
      this.#drop.run(event.position, post, id);
      return;
    }
    const at = Date.parse(event.occurredAt);
    this.#keep.run(post, id, member, idBytes(event.actor), event.position, at, event.sealed);
    this.#holdKey.run(id, member);
  }

  keyDestroyed(stream: string): void {
    if (stream.startsWith(STREAM)) this.#loseKey.run(idBytes(stream.slice(STREAM.length)));
  }

  memberErased(memberId: string): void {
    this.#forget.run(idBytes(memberId));
  }
}
