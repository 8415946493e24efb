import type { Database } from 'better-sqlite3';
import { type FoldedRest, type FoldedSize, restOf, type SeenThread } from './folded-shapes.ts';
import type { Root } from './roots.ts';
import { branch, rightAfter } from './thread.page.ts';
import type { CommentRow } from './thread.reads.ts';
import { afterBranch } from './thread.schema.ts';

/** A conversation's shown part, and the part after it. */
interface Begun {
  readonly root: Root;
  shown: readonly CommentRow[];
  next: CommentRow | undefined;
}

/** A page that takes conversations until it is full. */
export class Filling {
  readonly #db: Database;
  readonly #thread: SeenThread;
  readonly #wish: FoldedSize;
  readonly #open: Begun[] = [];
  #count = 0;

  constructor(db: Database, thread: SeenThread, wish: FoldedSize) {
    this.#db = db;
    this.#thread = thread;
    this.#wish = wish;
  }

  /** With as many of its first answers as there is room for; false when there is none. */
  take(root: Root): boolean {
    const room = this.#wish.most - this.#count;
    return room > 0 && this.#add(this.#begun(root, room));
  }

  /** With all of its first answers; false when there is no room for them. The first one always has. */
  takeWhole(root: Root): boolean {
    const { most } = this.#wish;
    const begun = this.#begun(root, most);
    return (this.#count === 0 || this.#count + begun.shown.length <= most) && this.#add(begun);
  }

  #begun(root: Root, most: number): Begun {
    const room = Math.min(most, 1 + this.#wish.answers);
    const values = { post: this.#thread.post.n, from: root.path, end: afterBranch(root.path), limit: room + 1 };
    const found = branch(this.#db, this.#thread.scope, values);
    return { root, shown: found.slice(0, room), next: found[room] };
  }

  #add(begun: Begun): true {
    this.#count += begun.shown.length;
    this.#open.push(begun);
    return true;
  }

  /** Where no other conversation wants the room that is left, those that were cut short take it. */
  useUp(): void {
    for (const one of this.#open) {
      const room = this.#wish.most - this.#count;
      const last = one.shown.at(-1);
      if (room <= 0 || !one.next || !last) continue;
      const values = { post: this.#thread.post.n, from: rightAfter(last.path), end: afterBranch(one.root.path) };
      const found = branch(this.#db, this.#thread.scope, { ...values, limit: room + 1 });
      one.shown = [...one.shown, ...found.slice(0, room)];
      one.next = found[room];
      this.#count += Math.min(room, found.length);
    }
  }

  get conversations(): readonly (readonly CommentRow[])[] {
    return this.#open.map(({ shown }) => shown);
  }

  folds(): readonly FoldedRest[] {
    return this.#open.flatMap(({ root, shown, next }) => {
      const [top] = shown;
      return top && next ? [restOf(this.#db, this.#thread, { top, first: next, score: root.score, shown })] : [];
    });
  }
}
