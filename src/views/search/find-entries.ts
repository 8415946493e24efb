import type { Database } from 'better-sqlite3';
import { statement } from '../../../libs/projections/index.ts';
import {
  beginsAs,
  eitherOf,
  joinedAs,
  nameMatch,
  parseSearch,
  type RankedText,
  ranking,
  type Search,
  type SoughtWords,
  soughtBy,
  type Vocabulary,
  wordsInOrder,
} from '../../../libs/search/index.ts';
import { authorWord, POSTS_WORD, postWord } from './entry-words.ts';
import { numberFrom } from './item-numbers.ts';
import { KnownWords } from './packed-words.ts';
import type { EntryAsked, EntryPlace, FoundEntries, FoundEntry, FoundPage, SoughtAuthor } from './search-questions.ts';
import { Stretches } from './stretches.ts';

/** Its bytes are in hex: the collector has far more to do for each Buffer. */
interface EntryRow {
  readonly n: bigint;
  readonly id: string;
  readonly kind: bigint;
  readonly post: string;
  readonly title: string;
  readonly body: string;
}

/** Entries that are looked at for one page: some milliseconds. */
const MOST_LOOKED_AT = 2_000;
/** Words with a beginning that are looked for each. */
const MOST_WORDS = 128;
/** How many of the newest are ranked among one another. */
const WINDOW = 40;

const [LEAST, MOST] = [-0x7fff_ffff_ffff_ffffn, 0x7fff_ffff_ffff_ffffn];

const wordsFrom = statement<string>(`SELECT term FROM word WHERE term >= ? AND term < ? LIMIT ${MOST_WORDS + 1}`);
/** After every other letter. */
const LAST_LETTER = '\u{10ffff}';
const known = new KnownWords();

const itemOut = statement<EntryRow>(`
  SELECT i.n, lower(hex(i.id)) AS id, i.kind, lower(hex(p.id)) AS post, i.title, hex(i.body) AS body
  FROM item i JOIN post p ON p.n = i.post
  WHERE i.n = @n AND p.withdrawn = 0 AND p.publish_at <= @now
    AND (@tag IS NULL OR EXISTS (SELECT 1 FROM post_tag t WHERE t.post = p.n AND t.tag = @tag))`);

/**
 * One page of the entries that answer a search, in its order. By relevance, what has the very marks and whole words comes
 * first, then the rest, each forty of the newest by how well they answer: no search reads more than its page needs.
 */
export function findEntries(db: Database, asked: EntryAsked): FoundPage {
  const finding = new Finding(db, asked);
  const found: FoundEntry[] = [];
  let place = asked.after;
  for (;;) {
    const sought = finding.sought[place.phase];
    if (sought === undefined) return { entries: found, next: null, isTired: false };
    const taken =
      asked.sort === 'newest'
        ? finding.newest(sought, place, asked.limit - found.length)
        : finding.best(sought, place, asked.limit - found.length);
    found.push(...taken.entries);
    const isTired = finding.isTired(found.length);
    if (taken.next === null) place = { ...FIRST_ENTRIES, phase: place.phase + 1 };
    else if (found.length >= asked.limit || isTired) return { entries: found, next: taken.next, isTired };
    else place = taken.next;
  }
}

export const FIRST_ENTRIES: EntryPlace = { phase: 0, before: MOST, until: null, rank: null };

class Finding {
  /** What is looked for, one after the other. */
  readonly sought: readonly SoughtWords[];
  readonly #db: Database;
  readonly #asked: EntryAsked;
  readonly #rankOf: (text: RankedText) => number;
  readonly #begins: ((text: string) => boolean) | null;
  /** Of what has the very words. */
  readonly #isJoined: ((text: RankedText) => boolean) | null;
  readonly #posts: ReadonlySet<string> | null;
  readonly #stretches: Stretches;
  readonly #most: bigint;
  #looked = 0;

  constructor(db: Database, asked: EntryAsked) {
    const [search, ...others] = asked.ways.map((way) => parseSearch(way, asked));
    if (search === undefined) throw new Error('a search without a way to read it');
    const vocabulary = vocabularyOf(db);
    this.#db = db;
    this.#asked = asked;
    this.#rankOf = ranking(search);
    this.#begins = beginsAs(search, vocabulary);
    this.#isJoined = joinedAs(search);
    this.#posts = asked.posts === null ? null : new Set(hexIn(asked.posts));
    this.#stretches = new Stretches(db, asked.from === null ? LEAST : numberFrom(asked.from));
    this.#most = asked.to === null ? MOST : numberFrom(asked.to);
    this.sought = phasesOf([search, ...others], asked, vocabulary);
  }

  /** Whether as much was looked at as for one page, which has so many things already. */
  isTired(found: number): boolean {
    return this.#looked >= MOST_LOOKED_AT || this.#stretches.areEnough(found);
  }

  newest(sought: SoughtWords, place: EntryPlace, limit: number): FoundEntries {
    const { rows, next } = this.#rows(sought, place, { most: limit, found: this.#asked.limit - limit });
    return { entries: rows.map(entryOf), next: next === null ? null : { ...place, before: next } };
  }

  best(sought: SoughtWords, place: EntryPlace, limit: number): FoundEntries {
    const { rows, next } = this.#rows(sought, place, { most: WINDOW, found: this.#asked.limit - limit });
    const ranked = rows
      .map((row) => ({ row, text: textOf(row) }))
      .filter(({ text }) => place.phase !== 0 || (this.#isJoined?.(text) ?? true))
      .map(({ row, text }) => ({ row, score: this.#rankOf(text) }))
      .sort((a, b) => b.score - a.score || (a.row.n < b.row.n ? 1 : -1));
    const left = ranked.filter(({ row, score }) => isBehind(place.rank, { score, n: row.n }));
    const taken = left.slice(0, limit);
    const last = taken.at(-1);
    const entries = taken.map(({ row }) => entryOf(row));
    if (taken.length < left.length && last) {
      return { entries, next: { ...place, until: next, rank: { score: last.score, n: last.row.n } } };
    }
    return { entries, next: next === null ? null : { phase: place.phase, before: next, until: null, rank: null } };
  }

  /** The newest before a place that readers may see, and the number before which to go on. A part of a list is read to its end again. */
  #rows(
    sought: SoughtWords,
    { before, until, rank }: EntryPlace,
    { most, found: already }: { readonly most: number; readonly found: number },
  ): { readonly rows: readonly EntryRow[]; readonly next: bigint | null } {
    const rows: EntryRow[] = [];
    const below = before < this.#most ? before : this.#most;
    const isAgain = rank !== null;
    for (const found of this.#stretches.of(sought, below)) {
      if (typeof found === 'object') {
        if (!isAgain && this.isTired(already + rows.length)) return { rows, next: found.end };
        continue;
      }
      if (until !== null && found < until) return { rows, next: until };
      if (rows.length === most) return { rows, next: rows.at(-1)?.n ?? found + 1n };
      if (!isAgain && this.isTired(already + rows.length)) return { rows, next: found + 1n };
      this.#looked += 1;
      const row = this.#row(found);
      if (row) rows.push(row);
    }
    return { rows, next: null };
  }

  /** What readers may see of it, if it answers. */
  #row(n: bigint): EntryRow | null {
    const { now, tag } = this.#asked;
    const row = itemOut(this.#db).safeIntegers().get({ n, now, tag });
    if (!row || !(this.#posts?.has(row.post) ?? true)) return null;
    if (this.#begins === null) return row;
    const { title, body } = textOf(row);
    return this.#begins(` ${wordsInOrder(title)} ${wordsInOrder(body)} `) ? row : null;
  }
}

function textOf({ n, title, body }: EntryRow): RankedText {
  return { title, body: known.of(n, body) };
}

function vocabularyOf(db: Database): Vocabulary {
  const found = new Map<string, readonly string[] | null>();
  return (beginning) => {
    const before = found.get(beginning);
    if (before !== undefined) return before;
    const words = wordsFrom(db).pluck().all(beginning, `${beginning}${LAST_LETTER}`);
    const few = words.length > MOST_WORDS ? null : words;
    found.set(beginning, few);
    return few;
  };
}

function isBehind(last: EntryPlace['rank'], one: { readonly score: number; readonly n: bigint }): boolean {
  if (last === null) return true;
  return one.score < last.score || (one.score === last.score && one.n < last.n);
}

function phasesOf(
  [search, ...others]: readonly [Search, ...Search[]],
  asked: EntryAsked,
  vocabulary: Vocabulary,
): readonly SoughtWords[] {
  const all = [...asked.authors.map(authorMatch), ...wantedOf(asked)];
  const none = [...asked.notAuthors.map(authorMatch), ...unwantedOf(asked)];
  const first = soughtBy(search, { all, none }, { vocabulary });
  if (first === null) return [];
  const wide = others.reduce(
    (sought, other) => eitherOf(sought, soughtBy(other, { all, none }, { vocabulary })),
    first,
  );
  const exact = asked.sort === 'newest' ? null : soughtBy(search, { all, none }, { exact: true, vocabulary });
  return exact === null ? [wide] : [exact, { all: wide.all, none: [...wide.none, exact.all] }];
}

function wantedOf({ kinds, post }: EntryAsked): readonly string[] {
  return [
    ...(kinds.length === 1 && kinds[0] === 'posts' ? [quoted(POSTS_WORD)] : []),
    ...(post === null ? [] : [quoted(postWord(Buffer.from(post, 'hex')))]),
  ];
}

/** Comments are what is no post: FTS5 passes over the few faster than it looks for one in the many. */
function unwantedOf({ kinds }: EntryAsked): readonly string[] {
  return kinds.length === 1 && kinds[0] === 'comments' ? [quoted(POSTS_WORD)] : [];
}

/** Members by their ids, everybody else by the name alone. */
export function authorMatch({ name, members }: SoughtAuthor): string {
  const named = nameMatch(name);
  const known = members.map((member) => quoted(authorWord(Buffer.from(member, 'hex'))));
  return [...known, ...(named === null ? [] : [named])].join(' OR ') || quoted(NOBODY);
}

/** A word that no entry has. */
const NOBODY = 'a:nobody';

function quoted(word: string): string {
  return `"${word}"`;
}

function entryOf({ n, id, kind, post }: EntryRow): FoundEntry {
  return { n, id, kind: Number(kind), post };
}

function hexIn(json: string): readonly string[] {
  const ids: unknown = JSON.parse(json);
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string').map((id) => id.toLowerCase()) : [];
}
