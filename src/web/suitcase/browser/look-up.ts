import { trusted } from '../../../../libs/kernel/boundaries.ts';
import {
  hasName,
  hasTerm,
  indexedName,
  indexedWords,
  keptWords,
  ranking,
  type Search,
  wordsToLookUp,
} from '../../../../libs/search/index.ts';
import { type Shelf, type ShelvedText, shardOf, shelfFile, textsFile } from '../shards.ts';

/** The index beside the page. */
export interface Shelves {
  /** The number of the first text of each file with texts. */
  readonly starts: readonly number[];
  /** Gives the contents of a file of the index. */
  readonly take: (file: string) => Promise<unknown>;
}

/** Texts that are read at once, the newest that have all words. */
const MOST_READ = 300;
/** Of these, how many are read until somebody asks for more, though few of them answer. */
const MOST_AT_ONCE = 3_000;
/** Results that come at once. */
export const MOST_SHOWN = 100;

/** What a search has found so far, of which the first are on the page, and the texts that were not read yet. */
export interface FoundSoFar {
  readonly search: Search;
  readonly texts: readonly ShelvedText[];
  readonly shown: number;
  readonly older: readonly number[];
}

/** The first results. The files with the words say which texts have them all. */
export async function searchFor(search: Search, shelves: Shelves): Promise<FoundSoFar> {
  const older = await numbersOf(wordsToLookUp(search), shelves);
  return further({ search, texts: [], shown: 0, older }, shelves);
}

/** Reads on until a page more can be shown, or enough was read for now. */
export async function further({ search, texts, shown, older }: FoundSoFar, shelves: Shelves): Promise<FoundSoFar> {
  const most = shown + MOST_SHOWN;
  let [all, left] = [texts, older];
  while (all.length < most && left.length > 0 && older.length - left.length < MOST_AT_ONCE) {
    const next = await lookUp(search, left, shelves);
    [all, left] = [[...all, ...next.found], next.older];
  }
  return { search, texts: all, shown: Math.min(most, all.length), older: left };
}

export function isNothing(found: FoundSoFar): boolean {
  return found.shown === 0 && !isMore(found);
}

export function isMore({ texts, shown, older }: FoundSoFar): boolean {
  return shown < texts.length || older.length > 0;
}

/** The names of a search that nobody has who wrote something here; a name is left out where more would have to be read to know. */
export async function unknownAuthors(
  { authors }: Pick<Search, 'authors'>,
  shelves: Shelves,
): Promise<readonly string[]> {
  const ofEach = await Promise.all(
    authors.map((name) => searchFor({ all: [], none: [], authors: [name], notAuthors: [] }, shelves)),
  );
  return authors.filter((_, at) => ofEach.slice(at, at + 1).every(isNothing));
}

/** Of the newest of these texts, those that a search finds, the best first, of equals the newest; and what is left to read. */
async function lookUp(
  search: Search,
  numbers: readonly number[],
  shelves: Shelves,
): Promise<{ readonly found: readonly ShelvedText[]; readonly older: readonly number[] }> {
  const texts = await textsOf(numbers.slice(-MOST_READ), shelves);
  return { found: ranked(search, texts), older: numbers.slice(0, -MOST_READ) };
}

function ranked(search: Search, texts: readonly ShelvedText[]): readonly ShelvedText[] {
  const rank = ranking(search);
  return texts
    .flatMap((text) => {
      const [kind, , title, , , , body, , , , excerpt = ''] = text;
      const head = kind === 'p' ? keptWords(title) : '';
      // Two spaces: no phrase goes from one to the other.
      const bodies = [keptWords(excerpt), keptWords(body)];
      const indexed = [head, ...bodies].map(indexedWords).join('  ');
      return isFound(search, text, indexed)
        ? [{ text, score: rank({ title: head, body: bodies.join('  ').trim() }) }]
        : [];
    })
    .reverse()
    .sort((a, b) => b.score - a.score)
    .map(({ text }) => text);
}

function isFound(search: Search, [, , , name, handle]: ShelvedText, indexed: string): boolean {
  const names = indexedName(`${name} ${handle}`);
  return (
    search.all.every((term) => hasTerm(term, indexed)) &&
    !search.none.some((term) => hasTerm(term, indexed)) &&
    search.authors.every((author) => hasName(author, names)) &&
    !search.notAuthors.some((author) => hasName(author, names))
  );
}

/** The texts that are listed under all of these words. */
async function numbersOf(words: ReadonlySet<string>, { take }: Shelves): Promise<readonly number[]> {
  const lists = await Promise.all([...words].map(async (word) => listOf(await take(shelfFile(shardOf(word))), word)));
  const [shortest, ...others] = lists.sort((a, b) => a.length - b.length);
  const sets = others.map((list) => new Set(list));
  return (shortest ?? []).filter((number) => sets.every((set) => set.has(number)));
}

function listOf(shelf: unknown, word: string): readonly number[] {
  // Its writer is the program that wrote this page. A word may have the name of what every object has.
  const gaps = Object.hasOwn(Object(shelf), word) ? (trusted<Shelf>(shelf)[word] ?? []) : [];
  let at = 0;
  return gaps.map((gap) => (at += gap));
}

async function textsOf(numbers: readonly number[], { starts, take }: Shelves): Promise<readonly ShelvedText[]> {
  const chunkOf = (number: number): number => starts.findLastIndex((start) => start <= number);
  const chunks = new Map(
    await Promise.all(
      [...new Set(numbers.map(chunkOf))].map(async (chunk) => [chunk, await take(textsFile(chunk))] as const),
    ),
  );
  return numbers.flatMap((number) => {
    const chunk = chunkOf(number);
    const text: ShelvedText | undefined = Object(chunks.get(chunk))[number - (starts[chunk] ?? 0)];
    return text === undefined ? [] : [text];
  });
}
