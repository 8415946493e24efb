import type { Statement } from 'better-sqlite3';
import { trusted } from '../../../libs/kernel/index.ts';
import { ProcessSeal, scratchDatabase } from '../../../libs/scratch/index.ts';
import type { SourceComment, SourceComments } from '../source/source-comment.ts';
import { GatheredLeftOut } from './gathered-left-out.ts';
import { LIFT, SCHEMA, TELL_PAGE } from './gathered-tables.ts';
import type { ToldArticle, ToldPage, ToldPiece } from './told.ts';

/** A page with comments that may come. */
export interface GatheredPage {
  readonly n: number;
  readonly key: string;
  readonly site: string;
  readonly line: number;
  readonly col: number;
  /** The first comment's place where the export does not tell the page. */
  readonly told: 0 | 1;
  readonly comments: number;
  readonly article: string | null;
}

/** A discussion: one page, or several that are one. */
export interface GatheredThread {
  readonly n: number;
  readonly title: string;
  readonly key: string;
  readonly at: string | null;
  readonly closed: 0 | 1;
  readonly line: number;
  readonly col: number;
  readonly article: string | null;
}

/** So many at a time. */
export const AT_A_TIME = 256;

/**
 * All that an export tells, outside of memory: pages and comments come in whichever order, and most pages of many
 * exports have no comments. What people wrote is sealed with a key that only this process has.
 */
export class Gathered {
  readonly #db = scratchDatabase();
  readonly #seal = new ProcessSeal();
  readonly #statements;
  /** What does not come. */
  readonly leftOut = new GatheredLeftOut(this.#db);

  constructor() {
    this.#db.exec(SCHEMA);
    const prepare = (sql: string): Statement<unknown[]> => this.#db.prepare(sql);
    this.#statements = {
      seePage: prepare(
        "INSERT OR IGNORE INTO page (key, told, title, closed, line, col, site) VALUES (?, 0, '', 0, ?, ?, '')",
      ),
      tellPage: prepare(TELL_PAGE),
      pageOf: this.#db.prepare<[string], number>('SELECT n FROM page WHERE key = ?').pluck(),
      address: prepare('INSERT OR IGNORE INTO address VALUES (?, ?)'),
      comment: prepare(
        'INSERT INTO comment (page, why, at, sealed, id, parent, line, col) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      ),
      count: prepare('UPDATE page SET comments = comments + 1 WHERE n = ?'),
    };
  }

  addPage({ key, addresses, site = '', title, at, closed, place, article }: ToldPage): void {
    const { tellPage, pageOf, address } = this.#statements;
    const text = article === undefined ? null : this.#sealed(article);
    tellPage.run(key, title, at, closed ? 1 : 0, place.line, place.column, site, text);
    const n = pageOf.get(key);
    for (const each of addresses) if (each !== '') address.run(n, each);
  }

  addComment({ page, comment }: Extract<ToldPiece, { kind: 'comment' }>): void {
    const { seePage, pageOf, comment: add, count } = this.#statements;
    const { fate, place, at } = comment;
    seePage.run(page, place.line, place.column);
    const n = pageOf.get(page);
    const why = fate.kind === 'brought' ? null : fate.kind === 'pingback' ? 'pingback' : fate.why;
    add.run(n, why, at, this.#sealed(comment), comment.id, comment.answers, place.line, place.column);
    if (why === null) count.run(n);
  }

  /** Pages with comments that may come, in the file's order, behind the one of that number. */
  pagesAfter(n: number): readonly GatheredPage[] {
    return this.#db
      .prepare<[number], GatheredPage>(
        `SELECT n, key, site, line, col, told, comments, article FROM page WHERE n > ? AND comments > 0 ORDER BY n LIMIT ${AT_A_TIME}`,
      )
      .all(n);
  }

  addressesOf(page: number): readonly string[] {
    return this.#db
      .prepare<[number], string>('SELECT address FROM address WHERE page = ? ORDER BY rowid')
      .pluck()
      .all(page);
  }

  /** Puts a page into the thread of that key; `url` is where it stood, null for a topic. */
  join(page: GatheredPage, key: string, url: string | null): void {
    this.#db.prepare('INSERT OR IGNORE INTO thread (key) VALUES (?)').run(key);
    const thread = this.#db.prepare<[string], number>('SELECT n FROM thread WHERE key = ?').pluck().get(key);
    this.#db.prepare('UPDATE page SET thread = ? WHERE n = ?').run(thread, page.n);
    if (url !== null)
      this.#db
        .prepare('INSERT INTO stood VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET comments = comments + excluded.comments')
        .run(thread, url, page.comments);
  }

  /** To be called when all pages are joined: their comments are then found by thread. */
  settle(): void {
    this.#db.exec(`
      INSERT INTO place SELECT thread, row_number() OVER (PARTITION BY thread ORDER BY comment.n) - 1, comment.n
        FROM comment JOIN page ON page.n = comment.page WHERE thread IS NOT NULL;
      UPDATE thread SET first = (SELECT min(comment.at) FROM place JOIN comment ON comment.n = place.comment WHERE place.thread = thread.n)`);
  }

  /** Answers to comments of other discussions, which go to the top of theirs; the first of them. */
  liftOver(most: number): readonly { readonly parent: string; readonly line: number; readonly column: number }[] {
    this.#db.exec(LIFT);
    return this.#db
      .prepare<[number], { readonly parent: string; readonly line: number; readonly column: number }>(
        'SELECT parent, line, col AS column FROM comment WHERE lifted = 1 ORDER BY n LIMIT ?',
      )
      .all(most);
  }

  threadsAfter(n: number, most: number): readonly GatheredThread[] {
    return this.#db
      .prepare<[number, number], GatheredThread>(
        `SELECT thread.n, max(page.title) AS title, min(page.key) AS key, max(closed) AS closed, min(page.line) AS line,
           page.col, max(page.article) AS article, coalesce(min(min(page.at), first), min(page.at), first) AS at
         FROM thread JOIN page ON page.thread = thread.n
         WHERE thread.n > ? GROUP BY thread.n ORDER BY thread.n LIMIT ?`,
      )
      .all(n, most);
  }

  /** Where the thread's page stood, the likeliest address first: secure ones, then those with most comments. */
  stood(thread: number): readonly string[] {
    return this.#db
      .prepare<[number], string>(
        "SELECT url FROM stood WHERE thread = ? ORDER BY url LIKE 'https:%' DESC, comments DESC, rowid",
      )
      .pluck()
      .all(thread);
  }

  commentsOf(thread: number): SourceComments {
    const length =
      this.#db.prepare<[number], number>('SELECT count(*) FROM place WHERE thread = ?').pluck().get(thread) ?? 0;
    const at = this.#db.prepare<[number, number], SealedRow>(
      'SELECT sealed, lifted FROM comment WHERE n = (SELECT comment FROM place WHERE thread = ? AND at = ?)',
    );
    return new GatheredComments(length, (index) => this.#opened(at.get(thread, index)));
  }

  articleOf({ article }: Pick<GatheredThread, 'n' | 'article'>): ToldArticle | null {
    return article === null ? null : trusted<ToldArticle>(JSON.parse(article));
  }

  /** Where pages stood. */
  hosts(most: number): readonly string[] {
    return this.#db
      .prepare<[number], string>("SELECT DISTINCT substr(key, 1, instr(key || '/', '/') - 1) FROM thread LIMIT ?")
      .pluck()
      .all(most);
  }

  get countOfThreads(): number {
    return this.#db.prepare<[], number>('SELECT count(*) FROM thread').pluck().get() ?? 0;
  }

  close(): void {
    this.#db.close();
  }

  #sealed(value: SourceComment | ToldArticle): Buffer | string {
    const text = JSON.stringify(value);
    return 'html' in value ? text : this.#seal.seal(text);
  }

  #opened(row: SealedRow | undefined): SourceComment {
    if (row === undefined) throw new RangeError('there is no such comment');
    const comment = trusted<SourceComment>(JSON.parse(this.#seal.open(row.sealed)));
    return row.lifted === 1 ? { ...comment, answers: null } : comment;
  }
}

interface SealedRow {
  readonly sealed: Buffer;
  /** It answers a comment of another discussion, and goes to the top. */
  readonly lifted: 0 | 1;
}

class GatheredComments implements SourceComments {
  readonly length: number;
  readonly #at: (index: number) => SourceComment;

  constructor(length: number, at: (index: number) => SourceComment) {
    this.length = length;
    this.#at = at;
  }

  at(index: number): SourceComment {
    return this.#at(index);
  }

  *[Symbol.iterator](): Iterator<SourceComment> {
    for (let index = 0; index < this.length; index += 1) yield this.#at(index);
  }

  close(): void {
    // All threads end together.
  }
}
