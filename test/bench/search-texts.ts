import { readFileSync } from 'node:fs';
import { isRecord } from '../../libs/kernel/index.ts';

/** Words as often as in a language: the n-th most frequent stands for one of n. */
const VOCABULARY = 60_000;
const [CONSONANTS, VOWELS] = ['tnshrdlcmfwpbgkvj', 'eaoiu'];
/** Of a hundred texts so many are in each language; `en` stands for Latin words that nobody has to know. */
const SHARES = { en: 45, vi: 15, th: 15, zh: 10, lo: 5, km: 5, my: 5 } as const;
type Language = keyof typeof SHARES;
const WORDS_OF_TEXT = 30;

/** The same for the same number, between 0 and 1. */
export function chance(number: number): number {
  const x = Math.sin(number * 12.9898) * 43_758.5453;
  return x - Math.floor(x);
}

/** A word of a language by how frequent it is: the first ones are of real texts, the others are put together from them. */
export function wordOf(language: Language, rank: number): string {
  if (language === 'en') return latinWord(rank);
  const known = knownWords().get(language) ?? [];
  let word = '';
  for (let left = rank; ; left = Math.floor(left / known.length) - 1) {
    word += known[left % known.length] ?? '';
    if (left < known.length) return word;
    if (language === 'vi') word += ' ';
  }
}

export function frequentRank(share: number): number {
  return Math.floor(VOCABULARY ** share);
}

export function languageOf(at: number): Language {
  let left = (at * 37) % 100;
  for (const [language, share] of languages()) {
    if (left < share) return language;
    left -= share;
  }
  return 'en';
}

/** A comment of about thirty words; some are three times as long. */
export function textOf(at: number): string {
  const language = languageOf(at);
  const words = Array.from({ length: at % 10 === 0 ? 3 * WORDS_OF_TEXT : WORDS_OF_TEXT }, (_, n) =>
    wordOf(language, frequentRank(chance(at * 31 + n))),
  );
  return words.join(language === 'en' || language === 'vi' ? ' ' : '');
}

export interface Wish {
  readonly q: string;
  readonly in?: 'comments';
  readonly sort?: 'newest';
  readonly from?: string;
  readonly to?: string;
  readonly post?: string;
}

/** Searches as people type them: common and rare words, several, phrases, beginnings, exclusions, parts of scripts without spaces, filters, both orders. */
export function wishOf(at: number, posts: readonly string[]): Wish {
  const post = posts[at % posts.length] ?? '';
  return { q: wordsOf(at), ...(at % 5 === 0 && { sort: 'newest' }), ...FILTERS[at % FILTERS.length]?.(post) };
}

const FILTERS: readonly ((post: string) => Partial<Wish>)[] = [
  () => ({}),
  () => ({ in: 'comments' }),
  () => ({}),
  (post) => ({ post }),
  () => ({}),
  () => ({ from: dayAgo(90), to: dayAgo(0) }),
  () => ({}),
];

function dayAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

function wordsOf(at: number): string {
  const language = languageOf(at * 3);
  const common = (n: number): string => wordOf(language, frequentRank(chance(at * 7 + n)));
  switch (at % 11) {
    case 0:
      return common(1);
    case 1:
      return `${common(1)} ${common(2)}`;
    case 2:
      return `"${stretchOf(textOf(at * 3))}"`;
    case 3:
      return `${latinWord(200 + (at % 5_000)).slice(0, 4)}*`;
    case 4:
      return `${latinWord(at % 400).slice(0, 3)}*`;
    case 5:
      return `${common(1)} -${common(2)}`;
    case 6:
      return wordOf(language, at % 20);
    case 7:
      return `${wordOf(language, at % 12)} ${wordOf(language, 30_000 + (at % 20_000))}`;
    case 8:
      return `"${wordOf(language, at % 15)} ${wordOf(language, at % 13)}"`;
    case 9:
      return `${wordOf('en', at % 300).slice(0, 5)}* ${wordOf('en', at % 30)}`;
    default:
      return wordOf(language, 20_000 + (at % 40_000));
  }
}

function stretchOf(text: string): string {
  return text.includes(' ') ? text.split(' ').slice(4, 6).join(' ') : [...text].slice(9, 16).join('');
}

/** Syllables, so that many words begin alike. */
function latinWord(rank: number): string {
  let text = '';
  for (let left = rank + 1; left > 0; left = Math.floor(left / 85)) {
    text += `${CONSONANTS[left % 17] ?? ''}${VOWELS[left % 5] ?? ''}`;
  }
  return `${text}${CONSONANTS[rank % 7] ?? ''}`;
}

function languages(): readonly (readonly [Language, number])[] {
  return (Object.keys(SHARES) as Language[]).map((language) => [language, SHARES[language]]);
}

let known: ReadonlyMap<string, readonly string[]> | null = null;

/** The words of the texts that searches are tested with, by the first letters of their names. */
function knownWords(): ReadonlyMap<string, readonly string[]> {
  if (known !== null) return known;
  const texts: unknown = JSON.parse(readFileSync(new URL('../search/texts.json', import.meta.url), 'utf8'));
  const words = new Map<string, Set<string>>();
  for (const [name, text] of Object.entries(isRecord(texts) ? texts : {})) {
    const language = name.slice(0, 2);
    const own = words.get(language) ?? new Set<string>();
    words.set(language, own);
    for (const { segment, isWordLike } of new Intl.Segmenter(language, { granularity: 'word' }).segment(String(text))) {
      if (isWordLike === true && /\p{L}/u.test(segment)) own.add(segment.toLowerCase());
    }
  }
  known = new Map([...words].map(([language, own]) => [language, [...own]]));
  return known;
}
