import type { Database, Statement } from 'better-sqlite3';
import type { RecordedEvent } from '../../../libs/event-store/index.ts';
import { isRecord } from '../../../libs/kernel/index.ts';
import { BulkInsert } from '../../../libs/projections/index.ts';

/** The tables that nearly each comment adds a row to, with the columns of a row. */
const COLUMNS = {
  comment: ['id', 'post', 'parent', 'author', 'shown', 'at'],
  told: ['member', 'n', 'kind', 'post', 'comment', 'at'],
  follow: ['member', 'post', 'follows', 'since', 'mail', 'push'],
} as const;

type Bytes = Buffer | null;
export type CommentValues = readonly [Buffer, number, Bytes, number | null, bigint, number];
export type ToldValues = readonly [Buffer, bigint, 'reply' | 'mention', Buffer, Buffer, number];
export type FollowValues = readonly [Buffer, Buffer, 1, bigint, string | null, number | null];

/** Adds rows, unless there is one of the same key. */
export interface Adding {
  comment(commentId: string, row: CommentValues): void;
  /** Of a comment that was not added by the same event. */
  told(row: ToldValues): void;
  /** Of the comment that was added last. */
  toldFirst(row: ToldValues): void;
  follow(row: FollowValues): void;
  /** Before somebody reads who follows and is told by mail or push. */
  flushTold(): void;
}

/** For a live file: whatever is asked next finds the row. */
export function addAtOnce(db: Database): Adding {
  const into = (table: keyof typeof COLUMNS): Statement<unknown[]> => {
    const columns = COLUMNS[table];
    const values = columns.map(() => '?').join(', ');
    return db.prepare(`INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${values})`);
  };
  const [comment, told, follow] = [into('comment'), into('told'), into('follow')];
  return {
    comment: (_, row) => void comment.run(...row),
    told: (row) => void told.run(...row),
    toldFirst: (row) => void told.run(...row),
    follow: (row) => void follow.run(...row),
    flushTold: () => undefined,
  };
}

/** Comments whose rows may wait; then all are written. */
const MOST_WAITING = 1_024;

/** For a build: many rows with one statement, which wait until an event concerns them. */
export class AddTogether implements Adding {
  readonly #atOnce: Adding;
  readonly #comments: BulkInsert;
  readonly #told: BulkInsert;
  readonly #follows: BulkInsert;
  readonly #waiting = new Set<string>();
  #tells = false;

  constructor(db: Database) {
    const into = (table: keyof typeof COLUMNS): BulkInsert => new BulkInsert(db, table, COLUMNS[table], 'OR IGNORE');
    this.#atOnce = addAtOnce(db);
    this.#comments = into('comment');
    this.#told = into('told');
    this.#follows = into('follow');
  }

  comment(commentId: string, row: CommentValues): void {
    if (this.#waiting.size === MOST_WAITING) this.flush();
    this.#waiting.add(commentId);
    this.#comments.add(row);
  }

  told(row: ToldValues): void {
    this.#atOnce.told(row);
  }

  toldFirst(row: ToldValues): void {
    this.#told.add(row);
  }

  follow(row: FollowValues): void {
    const [, , , , mail, push] = row;
    this.#tells ||= mail !== null || push === 1;
    this.#follows.add(row);
  }

  flushTold(): void {
    if (!this.#tells) return;
    this.#tells = false;
    this.#follows.flush();
  }

  /** Before the event is folded: another comment than those that wait is asked for by itself, and a new one asks for none. */
  before({ type, data }: RecordedEvent): void {
    if (type === 'CommentPosted.v1') return;
    const commentId = isRecord(data) ? data.commentId : null;
    if (typeof commentId !== 'string' || this.#waiting.has(commentId)) this.flush();
  }

  flush(): void {
    this.#comments.flush();
    this.#told.flush();
    this.#follows.flush();
    this.#waiting.clear();
    this.#tells = false;
  }
}
