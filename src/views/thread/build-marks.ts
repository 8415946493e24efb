import type { Database } from 'better-sqlite3';
import { BulkInsert } from '../../../libs/projections/index.ts';
import type { CommentMemory } from './comment-memory.ts';
import { grown } from './grown.ts';
import type { Edit, RowMark } from './thread.tables.ts';

const FIRST_CAPACITY = 1_024;
/** The mark of a comment that no event has touched. */
const NOTHING = -1n;

/**
 * The changes of the comments of a build after they were posted. They are written once for each comment, at the end and
 * in the order of the table, since the row of each event would lie on another page. Texts wait in the file.
 */
export class BuildMarks {
  readonly #db: Database;
  readonly #texts: BulkInsert;
  #lastText = 0;
  readonly #marks = new Map<number, number>();
  #slots = new Uint32Array(FIRST_CAPACITY);
  #revisions = new BigInt64Array(FIRST_CAPACITY);
  #positions = new BigInt64Array(FIRST_CAPACITY);
  /** The last edit: the row of its text, 0 for none, and its time in milliseconds since 1970. */
  #edits = new Uint32Array(FIRST_CAPACITY);
  #times = new Float64Array(FIRST_CAPACITY);

  constructor(db: Database) {
    this.#db = db;
    db.exec('CREATE TABLE edited (n INTEGER PRIMARY KEY, sealed BLOB)');
    this.#texts = new BulkInsert(db, 'edited', ['n', 'sealed']);
  }

  /** Marks that the comment's row differs from what was written when it was posted. */
  mark(slot: number, { revision = NOTHING, position = NOTHING }: Partial<RowMark> = {}): number {
    const known = this.#marks.get(slot);
    const mark = known ?? this.#add(slot);
    if (revision > (this.#revisions[mark] ?? 0n)) this.#revisions[mark] = revision;
    if (position > (this.#positions[mark] ?? 0n)) this.#positions[mark] = position;
    return mark;
  }

  edit(slot: number, { sealed, at, revision, position }: Edit): void {
    const mark = this.mark(slot, { revision, position });
    this.#lastText += 1;
    this.#texts.add([this.#lastText, sealed]);
    this.#edits[mark] = this.#lastText;
    this.#times[mark] = at;
  }

  /** All comments must be in the file already. */
  write(comments: CommentMemory): void {
    this.#texts.flush();
    const set = `status = ?, hidden = ?, shadow = ?, revision = max(revision, ?), position = nullif(max(coalesce(position, n), ?), n)`;
    const change = this.#db.prepare<unknown[]>(`UPDATE comment SET ${set} WHERE n = ?`);
    const rewrite = this.#db.prepare<unknown[]>(
      `UPDATE comment SET ${set}, edited_at = ?, sealed = (SELECT sealed FROM edited WHERE n = ?) WHERE n = ?`,
    );
    for (const slot of this.#slots.slice(0, this.#marks.size).sort()) {
      const mark = this.#marks.get(slot) ?? 0;
      const state = [comments.status(slot), comments.isHidden(slot) ? 1 : 0, comments.shadow(slot)];
      const row = [...state, this.#revisions[mark], this.#positions[mark]];
      const edit = this.#edits[mark] ?? 0;
      if (edit === 0) change.run(...row, comments.n(slot));
      else rewrite.run(...row, this.#times[mark], edit, comments.n(slot));
    }
    this.#db.exec('DROP TABLE edited');
  }

  #add(slot: number): number {
    const mark = this.#marks.size;
    if (mark === this.#slots.length) this.#grow();
    this.#marks.set(slot, mark);
    this.#slots[mark] = slot;
    this.#revisions[mark] = NOTHING;
    this.#positions[mark] = NOTHING;
    return mark;
  }

  #grow(): void {
    const capacity = 2 * this.#slots.length;
    this.#slots = grown(this.#slots, new Uint32Array(capacity));
    this.#revisions = grown(this.#revisions, new BigInt64Array(capacity));
    this.#positions = grown(this.#positions, new BigInt64Array(capacity));
    this.#edits = grown(this.#edits, new Uint32Array(capacity));
    this.#times = grown(this.#times, new Float64Array(capacity));
  }
}
