import type { Database } from 'better-sqlite3';
import { BulkInsert } from '../../../libs/projections/index.ts';
import { BuildMarks } from './build-marks.ts';
import { BuildReactions } from './build-reactions.ts';
import { BuildTallies } from './build-tallies.ts';
import { CommentMemory } from './comment-memory.ts';
import { isWaitingStatus, STATUS } from './thread.schema.ts';
import { type CommentStatements, NEW_COMMENT, prepareComments } from './thread.statements.ts';
import type { Edit, NewCommentRow, Reaction, RowMark, Shaded, ThreadTables, TreePlace } from './thread.tables.ts';

/** The comments that a build remembers, about 110 bytes each with their counts, before it goes on in the file. */
export const MOST_REMEMBERED = 2_000_000;

interface MemoryPlace extends TreePlace {
  readonly slot: number;
}

/**
 * The tables of a file that nobody reads before it is complete. Comments are looked up in memory instead of the file.
 * Counts, reactions and later changes of comments are written once, at the end, in the order of their tables.
 */
export class BuildTables implements ThreadTables<MemoryPlace> {
  readonly #db: Database;
  readonly #memory = new CommentMemory();
  readonly #tallies = new BuildTallies(this.#memory);
  /** By their number. */
  readonly #authorIds: string[] = [];
  readonly #comments: CommentStatements;
  readonly #added: BulkInsert;
  readonly #marks: BuildMarks;
  readonly #reactions: BuildReactions;
  /** Slots of the comments whose present text no reader has seen. */
  readonly #unseen = new Set<number>();
  /** Those that changed after the posting, by slot. */
  readonly #languages = new Map<number, string | null>();

  /** `mostReactions` limits the reactions in memory. */
  constructor(db: Database, mostReactions?: number) {
    this.#db = db;
    this.#comments = prepareComments(db);
    this.#added = new BulkInsert(db, 'comment', NEW_COMMENT);
    this.#marks = new BuildMarks(db);
    this.#reactions = new BuildReactions(db, mostReactions);
  }

  /** The comments in memory. */
  get remembered(): number {
    return this.#memory.count;
  }

  place(commentId: string): MemoryPlace {
    const slot = this.#memory.slotOf(commentId);
    if (slot === -1) throw new Error(`comment ${commentId} was not posted`);
    const author = this.#memory.author(slot);
    return {
      slot,
      n: this.#memory.n(slot),
      post: this.#memory.post(slot),
      author: author === -1 ? null : author,
      shadow: this.#memory.shadow(slot),
    };
  }

  add(comment: NewCommentRow, above: MemoryPlace | null): MemoryPlace {
    const { commentId, n, post, author, authorId, depth, at, revision, sealed, language } = comment;
    const shadow = above?.shadow ?? 0;
    const place = { post, parent: above?.slot ?? -1, author: author ?? -1, shadow };
    const slot = this.#memory.add({ id: commentId, n, at, ...place });
    const pathAbove = this.#memory.pathOf(place.parent);
    const row = [n, this.#memory.idOf(slot), post, above?.n ?? null, depth, pathAbove, author, shadow];
    this.#added.add([...row, at, revision, sealed, language]);
    if (author !== null && authorId !== null) this.#authorIds[author] = authorId;
    return { slot, n, post, author, shadow };
  }

  /** An imported author's first text is kept too, by its row. */
  edit({ slot, n, author }: MemoryPlace, edit: Edit): void {
    this.#languages.set(slot, edit.language);
    if (author !== null) return this.#marks.edit(slot, edit);
    const { sealed, at, revision, position } = edit;
    this.#added.flush();
    this.#comments.edit.run(sealed, at, revision, position, n);
    this.#marks.mark(slot, edit);
  }

  setLanguage({ slot }: MemoryPlace, language: string): void {
    this.#languages.set(slot, language);
  }

  status({ slot }: MemoryPlace): { readonly status: number; readonly hidden: boolean } {
    return { status: this.#memory.status(slot), hidden: this.#memory.isHidden(slot) };
  }

  setStatus({ slot, n, post, author }: MemoryPlace, status: number, mark: RowMark): void {
    this.#memory.setStatus(slot, status);
    this.#marks.mark(slot, mark);
    const waits = isWaitingStatus(status);
    const list = waits ? this.#comments.hold : this.#comments.release;
    if (author !== null) list.run(author, post, n);
  }

  claim(commentId: string, by: { readonly author: number; readonly authorId: string }, mark: RowMark): void {
    const { slot, n, post } = this.place(commentId);
    this.#added.flush();
    this.#comments.claim.run(by.author, mark.revision, mark.position, n);
    this.#marks.mark(slot, mark);
    this.#memory.setAuthor(slot, by.author);
    this.#authorIds[by.author] = by.authorId;
    if (isWaitingStatus(this.#memory.status(slot))) this.#comments.hold.run(by.author, post, n);
  }

  setRevision({ slot }: MemoryPlace, revision: bigint): void {
    this.#marks.mark(slot, { revision });
  }

  shade({ slot }: MemoryPlace, hidden: boolean): Shaded {
    const branch = this.#memory.branch(slot);
    let shown = 0;
    let visible = 0;
    for (const at of branch) {
      const before = this.#memory.shadow(at);
      const after = before + (hidden ? 1 : -1);
      this.#memory.setShadow(at, after);
      this.#marks.mark(at);
      const seen = Number(after === 0) - Number(before === 0);
      shown += seen;
      if (this.#memory.status(at) === STATUS.visible) visible += seen;
    }
    this.#memory.setHidden(slot, hidden);
    return { comments: branch.length, shown, visible };
  }

  isUnseen({ slot }: MemoryPlace): boolean {
    return this.#unseen.has(slot);
  }

  setUnseen({ slot }: MemoryPlace, unseen: boolean): void {
    if (unseen) this.#unseen.add(slot);
    else this.#unseen.delete(slot);
  }

  sight({ slot }: MemoryPlace): void {
    if (this.#unseen.size === 0) return;
    for (const at of this.#memory.branch(slot)) {
      if (this.#memory.status(at) === STATUS.visible && this.#memory.shadow(at) === 0) this.#unseen.delete(at);
    }
  }

  isBy({ author }: MemoryPlace, memberId: string): boolean {
    return author !== null && this.#authorIds[author] === memberId;
  }

  setReaction({ n, post }: MemoryPlace, { memberId, kind, given }: Reaction): void {
    this.#reactions.add({ memberId, post, comment: n, kind, given });
  }

  countReaction({ slot }: MemoryPlace, kind: number, by: { readonly count: number; readonly score: number }): void {
    this.#tallies.reaction(slot, kind, by);
  }

  countAnswer({ slot }: MemoryPlace, by: number): void {
    const parent = this.#memory.parent(slot);
    if (parent !== -1) this.#tallies.answer(parent, by);
  }

  flush(): void {
    // Everything is written at the end.
  }

  /** Writes everything that was held back. */
  finish(): void {
    this.#added.flush();
    this.#marks.write(this.#memory);
    this.#reactions.write();
    for (const slot of this.#unseen) this.#comments.keepUnseen.run(this.#memory.post(slot), this.#memory.n(slot));
    const languages = [...this.#languages].sort(([one], [other]) => one - other);
    for (const [slot, language] of languages) this.#comments.setLanguage.run(language, this.#memory.n(slot));
    this.#tallies.write(this.#db);
  }
}
