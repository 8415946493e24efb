import type { Database } from 'better-sqlite3';
import { type Entry, type SearchItem, searchEntryOf } from './entry-words.ts';
import { FreePages } from './free-pages.ts';
import { SEARCH_ITEMS } from './search.schema.ts';

/** Words that the list is known to have, in memory. */
const MOST_LISTED = 20_000;

/** The index of words, and the list of those long words that it has, by which beginnings are found. */
export class LiveIndex {
  readonly #add;
  readonly #remove;
  readonly #addWord;
  readonly #removeWord;
  readonly #isThere;
  /** Most words come again and again. Those of erased texts leave it as they leave the list. */
  readonly #listed = new Set<string>();
  /** Long words of what was taken out: another text may still have them. */
  readonly #perhapsGone = new Set<string>();

  constructor(db: Database) {
    this.#add = db.prepare('INSERT INTO entry (rowid, words) VALUES (?, ?)');
    this.#remove = db.prepare(`INSERT INTO entry (entry, rowid, words) VALUES ('delete', ?, ?)`);
    this.#addWord = db.prepare('INSERT OR IGNORE INTO word (term) VALUES (?)');
    this.#removeWord = db.prepare('DELETE FROM word WHERE term = ?');
    this.#isThere = db.prepare<[string], number>('SELECT 1 FROM entry WHERE entry MATCH ? LIMIT 1').pluck();
  }

  add(n: bigint, { words, longWords }: Entry): void {
    this.#add.run(n, words);
    for (const word of longWords) this.#list(word);
  }

  /** Contentless tables take the words again that they were given. */
  remove(n: bigint, { words, longWords }: Entry): void {
    this.#remove.run(n, words);
    for (const word of longWords) this.#perhapsGone.add(word);
  }

  /** Before a commit: asked once for all, since FTS5 writes what it holds in memory before it answers. */
  flush(): void {
    for (const word of this.#perhapsGone) {
      if (this.#isThere.get(`"${word}"`) !== undefined) continue;
      this.#removeWord.run(word);
      this.#listed.delete(word);
    }
    this.#perhapsGone.clear();
  }

  #list(word: string): void {
    if (this.#listed.has(word)) return;
    this.#addWord.run(word);
    if (this.#listed.size >= MOST_LISTED) this.#listed.clear();
    this.#listed.add(word);
  }
}

/** Rows that are read at a time. */
const AT_ONCE = 1_000;
/** Bytes of words in memory before FTS5 writes them: fewer parts to merge. */
const [BUILD_HASH, USUAL_HASH] = [33_554_432n, 1_048_576n];

/** FTS5's own, of which `MOST_PARTS` is so many that none are merged before all are. */
const [USUAL_MERGE, USUAL_PARTS, MOST_PARTS] = [4n, 16n, 1_999n];
/** Pages that are merged at a time. */
const MERGED = 4_000n;

/** Fills the empty index from the items, and leaves it in one part: a word is then looked up once, and not in each. Gives how much of it is done, from 0 to 1. */
export function* fillIndex(db: Database): Generator<number> {
  const set = db.prepare('INSERT INTO entry (entry, rank) VALUES (?, ?)');
  set.run('hashsize', BUILD_HASH);
  set.run('automerge', 0n);
  set.run('crisismerge', MOST_PARTS);
  const index = new LiveIndex(db);
  const next = db
    .prepare<unknown[], SearchItem>(`
      ${SEARCH_ITEMS} WHERE i.n > ? AND i.shown = 1 AND i.body IS NOT NULL ORDER BY i.n LIMIT ${AT_ONCE}`)
    .safeIntegers();
  const all = Number(db.prepare('SELECT count(*) FROM item').pluck().get());
  let read = 0;
  let after = -0x7fff_ffff_ffff_ffffn;
  for (let rows = next.all(after); rows.length > 0; rows = next.all(after)) {
    for (const row of rows) index.add(row.n, searchEntryOf(row));
    after = rows.at(-1)?.n ?? after;
    read += rows.length;
    yield read / all;
  }
  set.run('hashsize', USUAL_HASH);
  const changes = db.prepare<[], number>('SELECT total_changes()').pluck();
  // A negative number takes all parts; a merge that had nothing to do changes one row.
  for (let before = 0, pages = -MERGED; (changes.get() ?? 0) > before + 1; pages = MERGED) {
    yield 1;
    before = changes.get() ?? 0;
    set.run('merge', pages);
  }
  set.run('automerge', USUAL_MERGE);
  set.run('crisismerge', USUAL_PARTS);
  // The pages of the parts that were merged.
  for (const free = new FreePages(db); free.giveBack(); ) yield 1;
}
