/** Scripts that one language alone is written in, or that one is by far the likeliest for. */
const SCRIPTS = [
  [/\p{Script=Thai}/u, 'th'],
  [/\p{Script=Khmer}/u, 'km'],
  [/\p{Script=Lao}/u, 'lo'],
  [/\p{Script=Myanmar}/u, 'my'],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  [/\p{Script=Hangul}/u, 'ko'],
  [/\p{Script=Han}/u, 'zh'],
  [/\p{Script=Arabic}/u, 'ar'],
  [/\p{Script=Hebrew}/u, 'he'],
  // The last range is Unicode's block of Vietnamese letters with marks, from Ạ to ỹ.
  [/[ăđơư\u1ea0-\u1ef9]/iu, 'vi'],
] as const;

/** The languages that a character may tell, in the order in which they are asked. */
export const SCRIPT_LANGUAGES = SCRIPTS.map(([, language]) => language);

export interface Letters {
  readonly letters: number;
  readonly latin: number;
  /** The characters that tell each of SCRIPT_LANGUAGES, marks too. */
  readonly told: readonly number[];
}

const [TOLD, LATIN, LETTER, KNOWN] = [0x0f, 0x20, 0x40, 0x80];

/** What each character of the first plane tells, once it was met. */
let met: Uint8Array | null = null;

/** Reads a text once, and makes nothing of its letters. */
export function countLetters(text: string): Letters {
  met ??= new Uint8Array(0x1_0000);
  const told = SCRIPTS.map(() => 0);
  let letters = 0;
  let latin = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.codePointAt(at) ?? 0;
    if (code > 0xffff) at += 1;
    const tells = met[code] || whatIs(code);
    met[code] = tells;
    if ((tells & LETTER) !== 0) letters += 1;
    if ((tells & LATIN) !== 0) latin += 1;
    if ((tells & TOLD) !== 0) told[(tells & TOLD) - 1] = (told[(tells & TOLD) - 1] ?? 0) + 1;
  }
  return { letters, latin, told };
}

function whatIs(code: number): number {
  const letter = String.fromCodePoint(code);
  const told = SCRIPTS.findIndex(([script]) => script.test(letter)) + 1;
  const latin = /\p{Script=Latin}/u.test(letter) ? LATIN : 0;
  return KNOWN | (/\p{L}/u.test(letter) ? LETTER : 0) | latin | told;
}
