import { CONFUSABLES } from '../member/confusables.ts';
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

/** What a letter in lower case may look like, by its small form and by its capital one: `ν` is a v, and `Ν` an N. */
const AS_SMALL = new Map(Object.entries(MIXED_IN));
const AS_CAPITAL = new Map<string, string>();
/** The same for letters of scripts without spaces, which stand for Latin ones only between Latin ones: `p໐rno`. */
const AMONG_LATIN = new Map([
  ['口', 'o'],
  ['ロ', 'o'],
  ['丨', 'l'],
]);
/** Letters of scripts that nobody writes a comment in, such as Gothic. */
const ANCIENT = new Map<number, string>();

for (const [at, capital] of Array.from(SMALL_CAPITALS[0]).entries())
  AS_SMALL.set(capital, SMALL_CAPITALS[1].charAt(at));
for (const [letter, look] of CONFUSABLES) if (ONE_LETTER.test(look)) learn(letter, look.toLowerCase());

function learn(letter: string, look: string): void {
  if (letter.length > 1) ANCIENT.set(letter.codePointAt(0) ?? 0, look);
  if (!OF_ONE_UNIT.test(letter)) return;
  const small = letter.toLowerCase();
  const looks = isUnspaced(letter) ? AMONG_LATIN : small === letter ? AS_SMALL : AS_CAPITAL;
  if (small.length === 1 && !looks.has(small)) looks.set(small, look);
}

const ANY = new RegExp(`[${[...AS_SMALL.keys(), ...AS_CAPITAL.keys()].join('')}]`, 'u');
const ANY_AMONG_LATIN = new RegExp(`[${[...AMONG_LATIN.keys()].join('')}]`, 'u');

/** The word with Latin letters in place of those that look like them; of the same length. The word itself is left out. */
export function asLatin(word: string): readonly string[] {
  if (!ANY.test(word)) return [];
  const readings = [
    replaced(word, (letter) => AS_SMALL.get(letter) ?? AS_CAPITAL.get(letter)),
    replaced(word, (letter) => AS_CAPITAL.get(letter) ?? AS_SMALL.get(letter)),
  ];
  return readings[0] === readings[1] ? readings.slice(0, 1) : readings;
}

/** The pieces of a word with letters of scripts without spaces between Latin ones (`p໐rno`); of the same length. */
export function latinAmong(pieces: string): string {
  return ANY_AMONG_LATIN.test(pieces) ? replaced(pieces, (letter) => AMONG_LATIN.get(letter)) : pieces;
}

/** The Latin letter that a letter beyond the Basic Multilingual Plane looks like. */
export function ancientLook(code: number): string | undefined {
  return code > 0xffff ? ANCIENT.get(code) : undefined;
}

function replaced(word: string, look: (letter: string) => string | undefined): string {
  return Array.from(word, (letter) => look(letter) ?? letter).join('');
}
