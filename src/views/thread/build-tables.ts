import type { Database, Statement } from 'better-sqlite3';
import { BulkInsert } from '../../../libs/projections/index.ts';
import { idBytes } from '../ids.ts';
import { BuildTallies } from './build-tallies.ts';
import { CommentMemory } from './comment-memory.ts';
import { STATUS } from './thread.schema.ts';
import { type CommentStatements, NEW_COMMENT, prepareComments } from './thread.statements.ts';
import type { Edit, Mark, NewComment, Place, Reaction, Shaded, ThreadTables } from './thread.tables.ts';

/** Comments that a build remembers, about 130 bytes each, before it goes on in the file. */
export const MOST_REMEMBERED = 2_000_000;

interface MemoryPlace extends Place {
  readonly slot: number;
}

/**
 * The tables of a file that nobody reads before it is whole: comments are looked up in memory, not in the file, counts
 * are written once, at the end, and reactions are put in order there.
 */
export class BuildTables implements ThreadTables<MemoryPlace> {
  readonly #db: Database;
  readonly #memory = new CommentMemory();
  readonly #tallies = new BuildTallies();
  /** By their number. */
  readonly #authorIds: string[] = [];
  readonly #comments: CommentStatements;
  readonly #shadow: Statement<unknown[]>;
  readonly #added: BulkInsert;
  readonly #reactions: BulkInsert;

  constructor(db: Database) {
    this.#db = db;
    db.exec('CREATE TABLE staged (member BLOB, post INTEGER, comment INTEGER, kind INTEGER, given INTEGER)');
    this.#comments = prepareComments(db);
    this.#shadow = db.prepare('UPDATE comment SET shadow = ? WHERE n = ?');
    this.#added = new BulkInsert(db, 'comment', NEW_COMMENT);
    this.#reactions = new BulkInsert(db, 'staged', ['member', 'post', 'comment', 'kind', 'given']);
  }

  /** Comments that it has in memory. */
  get remembered(): number {
    return this.#memory.count;
  }

  place(commentId: string): MemoryPlace {
    const slot = this.#memory.slotOf(commentId);
    if (slot === -1) throw new Error(`comment ${commentId} was not posted`);
    const author = this.#memory.authors[slot] ?? -1;
    return {
      slot,
      n: this.#memory.n(slot),
      post: this.#memory.posts[slot] ?? 0,
      author: author === -1 ? null : author,
      shadow: this.#memory.shadows[slot] ?? 0,
    };
  }

  add(comment: NewComment, above: MemoryPlace | null): MemoryPlace {
    const { commentId, n, post, author, authorId, depth, at, revision, sealed } = comment;
    const shadow = above?.shadow ?? 0;
    const place = { post, parent: above?.slot ?? -1, author: author ?? -1, shadow };
    const slot = this.#memory.add({ id: commentId, n, at, ...place });
    const path = this.#memory.pathOf(slot);
    const row = [n, this.#memory.idOf(slot), post, above?.n ?? null, depth, path, author, shadow];
    this.#added.add([...row, at, revision, n, sealed]);
    if (author !== null && authorId !== null) this.#authorIds[author] = authorId;
    return { slot, n, post, author, shadow };
  }

  edit(place: MemoryPlace, { sealed, at, revision, position }: Edit): void {
    this.#write(place);
    this.#comments.edit.run(sealed, at, revision, position, place.n);
  }

  status({ slot }: MemoryPlace): { readonly status: number; readonly hidden: boolean } {
    return { status: this.#memory.statuses[slot] ?? STATUS.visible, hidden: this.#memory.hidden[slot] === 1 };
  }

  setStatus(place: MemoryPlace, status: number, { revision, position }: Mark): void {
    const { slot, n, post, author } = place;
    this.#write(place);
    this.#memory.statuses[slot] = status;
    this.#comments.setStatus.run(status, revision, position, n);
    const waits = status === STATUS.held || status === STATUS.rejected;
    const mark = waits ? this.#comments.hold : this.#comments.release;
    if (author !== null) mark.run(author, post, n);
  }

  setRevision(place: MemoryPlace, revision: bigint): void {
    this.#write(place);
    this.#comments.setRevision.run(revision, place.n);
  }

  shade({ slot, n }: MemoryPlace, hidden: boolean): Shaded {
    this.#added.flush();
    const { shadows, statuses } = this.#memory;
    const branch = this.#memory.branch(slot);
    let shown = 0;
    let visible = 0;
    for (const at of branch) {
      const before = shadows[at] ?? 0;
      const after = before + (hidden ? 1 : -1);
      shadows[at] = after;
      this.#shadow.run(after, this.#memory.n(at));
      const seen = Number(after === 0) - Number(before === 0);
      shown += seen;
      if (statuses[at] === STATUS.visible) visible += seen;
    }
    this.#memory.hidden[slot] = hidden ? 1 : 0;
    this.#comments.setHidden.run(hidden ? 1 : 0, n);
    return { comments: branch.length, shown, visible };
  }

  isBy({ author }: MemoryPlace, memberId: string): boolean {
    return author !== null && this.#authorIds[author] === memberId;
  }

  setReaction({ n, post }: MemoryPlace, { memberId, kind, given }: Reaction): void {
    this.#reactions.add([idBytes(memberId), post, n, kind, given ? 1 : 0]);
  }

  countReaction({ slot }: MemoryPlace, kind: number, by: { readonly count: number; readonly score: number }): void {
    this.#tallies.reaction(slot, kind, by);
  }

  countAnswer({ slot }: MemoryPlace, by: number): void {
    const parent = this.#memory.parents[slot] ?? -1;
    if (parent !== -1) this.#tallies.answer(parent, by);
  }

  flush(): void {
    // Everything is written at the end.
  }

  /** Writes all that was kept back: of a member's reactions to a comment the last word counts. */
  finish(): void {
    this.#added.flush();
    this.#reactions.flush();
    this.#db.exec(`
      INSERT INTO reaction (member, post, comment, kind)
      SELECT member, post, comment, kind FROM (
        SELECT member, post, comment, kind, given, max(rowid) FROM staged GROUP BY member, post, comment, kind
      ) WHERE given = 1;
      DROP TABLE staged;
    `);
    this.#tallies.write(this.#db, this.#memory);
  }

  /** Rows are changed once they are in the file. */
  #write({ slot }: MemoryPlace): void {
    if (slot >= this.#memory.count - this.#added.waiting) this.#added.flush();
  }
}
