import { madeOnce } from '../../../libs/kernel/index.ts';
import { confusables } from '../member/confusables.ts';
import { isUnspaced } from './scripts.ts';

/** Letters that are mixed in to get past a list, though the table of look-alikes says nothing of them or something else. */
const MIXED_IN: Readonly<Record<string, string>> = {
  в: 'b',
  к: 'k',
  м: 'm',
  н: 'h',
  п: 'n',
  т: 't',
  α: 'a',
  ε: 'e',
  η: 'n',
  κ: 'k',
  ν: 'v',
  τ: 't',
  υ: 'u',
  χ: 'x',
  ω: 'w',
  ш: 'w',
  я: 'r',
  ı: 'i',
  ɡ: 'g',
};
/** Small capitals, each above its letter. */
const SMALL_CAPITALS = ['ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ', 'abcdefghijklmnopqrstuvwyz'] as const;
const ONE_LETTER = /^[a-z0-9]$/i;
const OF_ONE_UNIT = /^[\u0080-\uffff]$/u;

interface Letters {
  /** What a letter in lower case may look like, by its small form and by its capital one: `ν` is a v, and `Ν` an N. */
  readonly small: Map<string, string>;
  readonly capital: Map<string, string>;
  /** The same for letters of scripts without spaces, which stand for Latin ones only between Latin ones: `p໐rno`. */
  readonly amongLatin: Map<string, string>;
  /** Letters of scripts that nobody writes a comment in, such as Gothic. */
  readonly ancient: Map<number, string>;
}

const learnt = madeOnce(() => {
  const letters: Letters = {
    small: new Map(Object.entries(MIXED_IN)),
    capital: new Map(),
    amongLatin: new Map([
      ['口', 'o'],
      ['ロ', 'o'],
      ['丨', 'l'],
    ]),
    ancient: new Map(),
  };
  for (const [at, capital] of Array.from(SMALL_CAPITALS[0]).entries())
    letters.small.set(capital, SMALL_CAPITALS[1].charAt(at));
  for (const [letter, look] of confusables()) if (ONE_LETTER.test(look)) learn(letters, letter, look.toLowerCase());
  return {
    ...letters,
    any: new RegExp(`[${[...letters.small.keys(), ...letters.capital.keys()].join('')}]`, 'u'),
    anyAmongLatin: new RegExp(`[${[...letters.amongLatin.keys()].join('')}]`, 'u'),
  };
});

function learn({ small, capital, amongLatin, ancient }: Letters, letter: string, look: string): void {
  if (letter.length > 1) ancient.set(letter.codePointAt(0) ?? 0, look);
  if (!OF_ONE_UNIT.test(letter)) return;
  const lower = letter.toLowerCase();
  const looks = isUnspaced(letter) ? amongLatin : lower === letter ? small : capital;
  if (lower.length === 1 && !looks.has(lower)) looks.set(lower, look);
}

/** The word with Latin letters in place of those that look like them; of the same length. The word itself is left out. */
export function asLatin(word: string): readonly string[] {
  const { any, small, capital } = learnt();
  if (!any.test(word)) return [];
  const readings = [
    replaced(word, (letter) => small.get(letter) ?? capital.get(letter)),
    replaced(word, (letter) => capital.get(letter) ?? small.get(letter)),
  ];
  return readings[0] === readings[1] ? readings.slice(0, 1) : readings;
}

/** The pieces of a word with letters of scripts without spaces between Latin ones (`p໐rno`); of the same length. */
export function latinAmong(pieces: string): string {
  const { anyAmongLatin, amongLatin } = learnt();
  return anyAmongLatin.test(pieces) ? replaced(pieces, (letter) => amongLatin.get(letter)) : pieces;
}

/** The Latin letter that a letter beyond the Basic Multilingual Plane looks like. */
export function ancientLook(code: number): string | undefined {
  return code > 0xffff ? learnt().ancient.get(code) : undefined;
}

function replaced(word: string, look: (letter: string) => string | undefined): string {
  return Array.from(word, (letter) => look(letter) ?? letter).join('');
}
