/** What a character may be in a word, as bits. */
export const SIGN = {
  /** Begins a stretch of a script without spaces. */
  beginsRun: 1,
  isInRun: 2,
  /** Begins a word of another script. */
  beginsWord: 4,
  isInWord: 8,
  isPicture: 16,
  /** Two of them are a flag. */
  isHalfFlag: 32,
  /** Belongs to the letter before it. */
  isMark: 64,
} as const;
const KNOWN = 128;

const JOINED = String.raw`\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}々〆ー`;
/** Signs without a look, within a word. */
const INSIDE = String.raw`\p{M}\u00ad\u200b-\u200d\u2060`;
const PATTERNS: readonly (readonly [number, RegExp])[] = [
  [SIGN.beginsRun, new RegExp(`[[${JOINED}]--\\p{N}]`, 'v')],
  [SIGN.isInRun, new RegExp(`[[${JOINED}${INSIDE}]--\\p{N}]`, 'v')],
  [SIGN.beginsWord, new RegExp(`[[\\p{L}\\p{N}]--[[${JOINED}]--\\p{N}]]`, 'v')],
  [SIGN.isInWord, new RegExp(`[[\\p{L}\\p{N}${INSIDE}]--[[${JOINED}]--[\\p{N}\\p{M}]]]`, 'v')],
  [SIGN.isPicture, /\p{Extended_Pictographic}/v],
  [SIGN.isHalfFlag, /\p{RI}/v],
  [SIGN.isMark, /[\p{M}\p{Cf}]/v],
];

/** A text has few different characters, and a pattern that tells them takes five times as long as a look. */
const known = new Uint8Array(0x1_0000);

/** The bits of a code point. */
export function signOf(code: number): number {
  return known[code] || learned(code);
}

function learned(code: number): number {
  const character = String.fromCodePoint(code);
  const bits = PATTERNS.reduce((all, [bit, pattern]) => (pattern.test(character) ? all | bit : all), KNOWN);
  // What has no place there is told anew each time.
  known[code] = bits;
  return bits;
}

/** UTF-16 units of a code point. */
export function unitsOf(code: number): number {
  return code > 0xffff ? 2 : 1;
}

/** Where what has one of these bits ends that begins at `start`. */
export function endOfSigns(text: string, bits: number, start: number): number {
  let at = start;
  while (at < text.length) {
    const code = text.codePointAt(at) ?? 0;
    if ((signOf(code) & bits) === 0) break;
    at += unitsOf(code);
  }
  return at;
}
