import type { Database, Statement } from 'better-sqlite3';
import { REACTION_KINDS } from '../../../libs/words/index.ts';

interface PostTally {
  comments: number;
  shown: number;
  visible: number;
}

/**
 * The counts of posts and authors change with nearly every event: they are added up in memory and written once a batch.
 */
export class Tallies {
  readonly #posts = new Map<number, PostTally>();
  readonly #authors = new Map<number, number>();
  readonly #addToPost: Statement<unknown[]>;
  readonly #addToAuthor: Statement<unknown[]>;

  constructor(db: Database) {
    this.#addToPost = db.prepare(
      'UPDATE post SET comments = comments + ?, shown = shown + ?, visible = visible + ? WHERE n = ?',
    );
    this.#addToAuthor = db.prepare('UPDATE author SET comments = comments + ? WHERE n = ?');
  }

  post(post: number, by: Readonly<Partial<PostTally>>): void {
    let tally = this.#posts.get(post);
    if (!tally) this.#posts.set(post, (tally = { comments: 0, shown: 0, visible: 0 }));
    tally.comments += by.comments ?? 0;
    tally.shown += by.shown ?? 0;
    tally.visible += by.visible ?? 0;
  }

  author(author: number, comments: number): void {
    this.#authors.set(author, (this.#authors.get(author) ?? 0) + comments);
  }

  flush(): void {
    for (const [post, { comments, shown, visible }] of this.#posts) this.#addToPost.run(comments, shown, visible, post);
    for (const [author, comments] of this.#authors) this.#addToAuthor.run(comments, author);
    this.#posts.clear();
    this.#authors.clear();
  }
}

export const TALLY_COLUMNS = ['replies', ...REACTION_KINDS.map((kind) => `r_${kind}`)];
/** Where the reactions begin among them, and where behind them stands what is counted towards `best`. */
export const FIRST_KIND = 1;
export const SCORE_AT = TALLY_COLUMNS.length;
/** Answers are in the order of their age, whatever their reactions. */
export const ADD_SCORE = 'UPDATE comment SET score = score + ? WHERE n = ? AND depth = 0';

/** The same for the comments of a live file. */
export class CommentTallies {
  /** A number for each column, by the comment's `n`. */
  readonly #comments = new Map<bigint, number[]>();
  readonly #add: Statement<unknown[]>;
  readonly #score: Statement<unknown[]>;

  constructor(db: Database) {
    this.#score = db.prepare(ADD_SCORE);
    this.#add = db.prepare(`
      INSERT INTO tally (n, ${TALLY_COLUMNS.join(', ')}) VALUES (?, ${TALLY_COLUMNS.map(() => '?').join(', ')})
      ON CONFLICT (n) DO UPDATE SET
        ${TALLY_COLUMNS.map((column) => `${column} = ${column} + excluded.${column}`).join(', ')}`);
  }

  answer(comment: bigint, by: number): void {
    this.#count(comment, 0, by);
  }

  reaction(comment: bigint, kind: number, { count, score }: { readonly count: number; readonly score: number }): void {
    this.#count(comment, SCORE_AT, score);
    this.#count(comment, FIRST_KIND + kind, count);
  }

  flush(): void {
    const inOrder = [...this.#comments].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [comment, tally] of inOrder) {
      const score = tally[SCORE_AT] ?? 0;
      this.#add.run(comment, ...tally.slice(0, SCORE_AT));
      if (score !== 0) this.#score.run(score, comment);
    }
    this.#comments.clear();
  }

  #count(comment: bigint, column: number, by: number): void {
    let tally = this.#comments.get(comment);
    if (!tally) this.#comments.set(comment, (tally = [...TALLY_COLUMNS.map(() => 0), 0]));
    tally[column] = (tally[column] ?? 0) + by;
  }
}
