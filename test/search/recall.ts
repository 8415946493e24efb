/**
 * `node test/search/recall.ts FILE…`: how well words are found in texts whose words people have parted, a text a line, by spaces
 * or, with a space as a word of its own, by `|`. Each word that stands in 2 to 100 of the texts is looked for, in the texts
 * without what parts them: how much of what has it is found, how much of what is found has it as a word of its own, and
 * how many of the first as many as there are, ten at most. Then the same with the dictionary alone.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import Database from 'better-sqlite3';
import {
  indexedWords,
  keptWords,
  matchOf,
  parseSearch,
  ranking,
  TOKENIZER,
  wordsInText,
} from '../../libs/search/index.ts';

const [FEWEST, MOST, FIRST] = [2, 100, 10];

interface Parted {
  readonly text: string;
  readonly words: ReadonlySet<string>;
}

for (const file of process.argv.slice(2)) report(file);

/** `~` and `_` stand between parts of one word in some collections. */
function partedIn(file: string): readonly Parted[] {
  const all = readFileSync(file, 'utf8');
  const sign = all.includes('| |') ? '|' : ' ';
  const lines = all.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const clean = line.replaceAll(/[~_^]/g, '');
    const parts = clean.split(sign);
    return { text: parts.join(''), words: new Set(parts.map((part) => part.trim()).filter(isJoined)) };
  });
}

function isJoined(word: string): boolean {
  const words = wordsInText(word);
  return words.length === 1 && words[0]?.kind === 'joined' && words[0].clusters.length > 1;
}

function report(file: string): void {
  const texts = partedIn(file);
  const db = new Database(':memory:');
  db.exec(`CREATE VIRTUAL TABLE entry USING fts5(words, content = '', tokenize = "${TOKENIZER}")`);
  const add = db.prepare('INSERT INTO entry (rowid, words) VALUES (?, ?)');
  const kept = texts.map(({ text }) => keptWords(text));
  kept.forEach((words, at) => {
    add.run(BigInt(at), indexedWords(words));
  });
  const find = db.prepare<[string], number>('SELECT rowid FROM entry WHERE entry MATCH ? ORDER BY rowid DESC').pluck();
  const sums = { searches: 0, found: 0, right: 0, first: 0, dictionary: 0 };
  for (const [word, having] of wordsOf(texts)) {
    const search = parseSearch(word);
    const found = find.all(matchOf(search, { all: [], none: [] }) ?? '""');
    const exact = find.all(matchOf(search, { all: [], none: [] }, { exact: true }) ?? '""');
    const rankOf = ranking(search);
    const score = (at: number): number =>
      (exact.includes(at) ? 1_000 : 0) + rankOf({ title: '', body: kept[at] ?? '' });
    const best = found.toSorted((a, b) => score(b) - score(a)).slice(0, Math.min(FIRST, having.size));
    const right = found.filter((at) => having.has(at)).length;
    sums.searches += 1;
    sums.found += right / having.size;
    sums.right += found.length === 0 ? 1 : right / found.length;
    sums.first += best.filter((at) => having.has(at)).length / Math.min(FIRST, having.size);
    sums.dictionary += exact.filter((at) => having.has(at)).length / having.size;
  }
  db.close();
  const share = (sum: number): string => `${((100 * sum) / sums.searches).toFixed(1)} %`;
  const { found, right, first, dictionary } = sums;
  process.stdout.write(
    `${basename(file)}: ${texts.length} texts, ${sums.searches} searches; of what has the word ${share(found)} found; ` +
      `of what is found ${share(right)} has it; of the first ${share(first)}; the dictionary alone finds ${share(dictionary)}\n`,
  );
}

function wordsOf(texts: readonly Parted[]): ReadonlyMap<string, ReadonlySet<number>> {
  const places = new Map<string, Set<number>>();
  texts.forEach(({ words }, at) => {
    for (const word of words) places.set(word, (places.get(word) ?? new Set()).add(at));
  });
  return new Map([...places].filter(([, having]) => having.size >= FEWEST && having.size <= MOST));
}
