import type { Database, Statement } from 'better-sqlite3';
import { idBytes, idText } from '../ids.ts';
import { Recent } from './recent.ts';
import { INDEXES } from './thread.schema.ts';

const REMEMBERED = 100_000;

/** Where a comment stands in its thread. */
export interface Place {
  readonly n: bigint;
  readonly post: number;
  readonly path: Buffer;
  readonly author: number | null;
  readonly authorId: string | null;
  /** Hidden comments among itself and those above. */
  readonly shadow: number;
}

interface PlaceRow {
  readonly n: bigint;
  readonly post: bigint;
  readonly path: Buffer;
  readonly author: bigint | null;
  readonly author_id: Buffer | null;
  readonly shadow: bigint;
}

/** Finds comments by id; those that were posted or answered lately without asking the file. */
export class Places {
  readonly #remembered = new Recent<Place>(REMEMBERED);
  readonly #db: Database;
  readonly #find: Statement<unknown[], PlaceRow>;
  #indexed = false;

  constructor(db: Database) {
    this.#db = db;
    this.#find = db
      .prepare<unknown[], PlaceRow>(
        'SELECT c.n, c.post, c.path, c.author, a.id AS author_id, c.shadow FROM comment c LEFT JOIN author a ON a.n = c.author WHERE c.id = ?',
      )
      .safeIntegers();
  }

  /** Throws when the comment was not posted: the log has it before all that follows upon it. */
  of(commentId: string): Place {
    const remembered = this.#remembered.get(commentId);
    if (remembered) return remembered;
    this.index();
    const row = this.#find.get(idBytes(commentId));
    if (!row) throw new Error(`comment ${commentId} was not posted`);
    const place = {
      n: row.n,
      post: Number(row.post),
      path: row.path,
      author: row.author === null ? null : Number(row.author),
      authorId: row.author_id && idText(row.author_id),
      shadow: Number(row.shadow),
    };
    this.#remembered.set(commentId, place);
    return place;
  }

  add(commentId: string, place: Place): void {
    this.#remembered.set(commentId, place);
  }

  /** Makes the indexes, when a build that has none yet has to look for rows. */
  index(): void {
    if (!this.#indexed) this.#db.exec(INDEXES);
    this.#indexed = true;
  }

  /** After shadows have moved. */
  forget(): void {
    this.#remembered.clear();
  }
}
