import type { Database, Statement } from 'better-sqlite3';
import { idBytes, idText } from '../ids.ts';
import { Recent } from '../recent.ts';
import { CommentTallies } from './tallies.ts';
import { afterBranch, C_PATH, isWaitingStatus, PATH, pathStep, STATUS } from './thread.schema.ts';
import { type CommentStatements, NEW_COMMENT, prepareComments } from './thread.statements.ts';
import type { Edit, NewCommentRow, Reaction, RowMark, Shaded, ThreadTables, TreePlace } from './thread.tables.ts';

/** Of more, each is looked up by its id when somebody answers it, edits it or reacts to it. */
const REMEMBERED = 4_096;
/** What stands above a top-level comment. */
const TOP = Buffer.alloc(0);

interface FilePlace extends TreePlace {
  /** A character for each byte: a short Buffer would keep the whole run of memory that it was cut from. */
  readonly path: string;
  readonly parent: bigint | null;
  readonly authorId: string | null;
}

interface PlaceRow {
  readonly n: bigint;
  readonly post: bigint;
  readonly path: Buffer;
  readonly parent: bigint | null;
  readonly author: bigint | null;
  readonly author_id: Buffer | null;
  readonly shadow: bigint;
}

/**
 * The tables of a file that is read while it is written; comments that were posted or answered a short time ago are
 * remembered.
 */
export class LiveTables implements ThreadTables<FilePlace> {
  readonly #comments: CommentStatements;
  readonly #sql: ReturnType<typeof prepareLive>;
  readonly #tallies: CommentTallies;
  readonly #remembered = new Recent<FilePlace>(REMEMBERED);

  constructor(db: Database) {
    this.#comments = prepareComments(db);
    this.#sql = prepareLive(db);
    this.#tallies = new CommentTallies(db);
  }

  place(commentId: string): FilePlace {
    const remembered = this.#remembered.get(commentId);
    if (remembered) return remembered;
    const row = this.#sql.find.get(idBytes(commentId));
    if (!row) throw new Error(`comment ${commentId} was not posted`);
    const place = {
      n: row.n,
      post: Number(row.post),
      path: row.path.toString('latin1'),
      parent: row.parent,
      author: row.author === null ? null : Number(row.author),
      authorId: row.author_id && idText(row.author_id),
      shadow: Number(row.shadow),
    };
    this.#remembered.set(commentId, place);
    return place;
  }

  add(comment: NewCommentRow, above: FilePlace | null): FilePlace {
    const { commentId, n, post, author, authorId, depth, at, revision, sealed, language } = comment;
    const step = pathStep(at, n);
    const pathAbove = above === null ? TOP : bytesOf(above);
    const path = pathAbove.toString('latin1') + step.toString('latin1');
    const [parent, shadow] = [above?.n ?? null, above?.shadow ?? 0];
    const place = [n, idBytes(commentId), post, parent, depth, pathAbove, author, shadow];
    this.#sql.add.run(...place, at, revision, sealed, language);
    const added = { n, post, path, parent, author, authorId, shadow };
    this.#remembered.set(commentId, added);
    return added;
  }

  edit({ n }: FilePlace, { sealed, at, revision, position, language }: Edit): void {
    this.#comments.edit.run(sealed, at, revision, position, n);
    this.#comments.setLanguage.run(language, n);
  }

  setLanguage({ n }: FilePlace, language: string): void {
    this.#comments.setLanguage.run(language, n);
  }

  status(place: FilePlace): { readonly status: number; readonly hidden: boolean } {
    const row = this.#sql.statusOf.get(place.n);
    if (!row) throw new Error(`there is no comment ${place.n}`);
    return { status: row.status, hidden: row.hidden === 1 };
  }

  setStatus({ n, post, author }: FilePlace, status: number, { revision, position }: RowMark): void {
    this.#comments.setStatus.run(status, revision, position, n);
    const waits = isWaitingStatus(status);
    const mark = waits ? this.#comments.hold : this.#comments.release;
    if (author !== null) mark.run(author, post, n);
  }

  claim(commentId: string, by: { readonly author: number; readonly authorId: string }, mark: RowMark): void {
    const place = this.place(commentId);
    this.#comments.claim.run(by.author, mark.revision, mark.position, place.n);
    if (isWaitingStatus(this.status(place).status)) this.#comments.hold.run(by.author, place.post, place.n);
    this.#remembered.set(commentId, { ...place, ...by });
  }

  setRevision({ n }: FilePlace, revision: bigint): void {
    this.#comments.setRevision.run(revision, n);
  }

  shade(place: FilePlace, hidden: boolean): Shaded {
    const { n, post } = place;
    const path = bytesOf(place);
    const branch = [post, path, afterBranch(path)] as const;
    const before = this.#sql.countBranch.get(...branch);
    const { changes } = this.#sql.shade.run(hidden ? 1 : -1, ...branch);
    this.#comments.setHidden.run(hidden ? 1 : 0, n);
    this.#remembered.clear();
    const after = this.#sql.countBranch.get(...branch);
    if (!before || !after) throw new Error('a branch was not counted');
    return { comments: changes, shown: after.shown - before.shown, visible: after.visible - before.visible };
  }

  isUnseen({ n, post }: FilePlace): boolean {
    return this.#sql.isUnseen.get(post, n) !== undefined;
  }

  setUnseen({ n, post }: FilePlace, unseen: boolean): void {
    (unseen ? this.#comments.keepUnseen : this.#comments.forgetUnseen).run(post, n);
  }

  sight(place: FilePlace): void {
    const path = bytesOf(place);
    this.#sql.sight.run(place.post, path, afterBranch(path));
  }

  isBy({ authorId }: FilePlace, memberId: string): boolean {
    return authorId === memberId;
  }

  setReaction({ n, post }: FilePlace, { memberId, kind, given }: Reaction): void {
    (given ? this.#sql.react : this.#sql.withdraw).run(idBytes(memberId), post, n, kind);
  }

  countReaction({ n }: FilePlace, kind: number, by: { readonly count: number; readonly score: number }): void {
    this.#tallies.reaction(n, kind, by);
  }

  countAnswer({ parent }: FilePlace, by: number): void {
    if (parent !== null) this.#tallies.answer(parent, by);
  }

  flush(): void {
    this.#tallies.flush();
  }
}

function bytesOf({ path }: FilePlace): Buffer {
  return Buffer.from(path, 'latin1');
}

function prepareLive(db: Database) {
  const find: Statement<unknown[], PlaceRow> = db.prepare(`
    SELECT c.n, c.post, ${C_PATH} AS path, c.parent, c.author, a.id AS author_id, c.shadow
    FROM comment c LEFT JOIN author a ON a.n = c.author WHERE c.id = ?`);
  return {
    find: find.safeIntegers(),
    add: db.prepare<unknown[]>(
      `INSERT INTO comment (${NEW_COMMENT.join(', ')}) VALUES (${NEW_COMMENT.map(() => '?').join(', ')})`,
    ),
    statusOf: db.prepare<unknown[], { readonly status: number; readonly hidden: number }>(
      'SELECT status, hidden FROM comment WHERE n = ?',
    ),
    shade: db.prepare<unknown[]>(
      `UPDATE comment SET shadow = shadow + ? WHERE post = ? AND ${PATH} >= ? AND ${PATH} < ?`,
    ),
    countBranch: db.prepare<unknown[], { readonly shown: number; readonly visible: number }>(`
      SELECT count(*) AS shown, coalesce(sum(status = ${STATUS.visible}), 0) AS visible FROM comment
      WHERE post = ? AND ${PATH} >= ? AND ${PATH} < ? AND shadow = 0`),
    isUnseen: db.prepare<unknown[]>('SELECT 1 FROM unseen_text WHERE post = ? AND comment = ?'),
    sight: db.prepare<unknown[]>(`
      DELETE FROM unseen_text WHERE post = ? AND comment IN (SELECT c.n FROM unseen_text u JOIN comment c ON c.n = u.comment
        WHERE ${C_PATH} >= ? AND ${C_PATH} < ? AND c.shadow = 0 AND c.status = ${STATUS.visible})`),
    react: db.prepare<unknown[]>('INSERT OR IGNORE INTO reaction (member, post, comment, kind) VALUES (?, ?, ?, ?)'),
    withdraw: db.prepare<unknown[]>('DELETE FROM reaction WHERE member = ? AND post = ? AND comment = ? AND kind = ?'),
  };
}
