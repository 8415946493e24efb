import type { Database } from 'better-sqlite3';
import type { ImportReason } from '../../../libs/words/index.ts';
import { type LeftOut, type LeftOutPlace, MOST_PLACES } from '../recording/left-out.ts';

/** What of a gathered export does not come, and where the first of it stand; asked when its pages are joined. */
export class GatheredLeftOut {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Pages without any comment. */
  emptyPages(): LeftOut {
    return this.#pages('n NOT IN (SELECT page FROM comment)');
  }

  /** Pages all of whose comments are left out. */
  idlePages(): LeftOut {
    return this.#pages('n IN (SELECT page FROM comment)');
  }

  /** Comments of pages that do not come, which are left out by themselves, by reason. */
  comments(): readonly (LeftOut & { readonly why: ImportReason | 'pingback' })[] {
    const reasons = this.#db
      .prepare<[], { readonly why: ImportReason | 'pingback'; readonly count: number }>(
        `SELECT why, count(*) AS count FROM comment WHERE why IS NOT NULL AND ${ELSEWHERE} GROUP BY why`,
      )
      .all();
    const places = this.#db.prepare<[string, number], LeftOutPlace>(
      `SELECT line, col AS "column" FROM comment WHERE why = ? AND ${ELSEWHERE} ORDER BY n LIMIT ?`,
    );
    return reasons.map(({ why, count }) => ({ why, count, places: places.all(why, MOST_PLACES) }));
  }

  #pages(which: string): LeftOut {
    const from = `FROM page WHERE told = 1 AND comments = 0 AND ${which}`;
    const count = this.#db.prepare<[], number>(`SELECT count(*) ${from}`).pluck().get() ?? 0;
    const places = this.#db
      .prepare<[number], LeftOutPlace>(
        `SELECT line, col AS "column", coalesce((SELECT address FROM address WHERE page = page.n LIMIT 1), key) AS address
         ${from} ORDER BY n LIMIT ?`,
      )
      .all(MOST_PLACES);
    return { count, places };
  }
}

const ELSEWHERE = 'page IN (SELECT n FROM page WHERE thread IS NULL)';
