import { composed } from '../../../libs/words/index.ts';
import { asLatin, latinAmong } from './look-alike-letters.ts';
import { isUnspaced } from './scripts.ts';

/** Digits and signs that stand for letters. */
export const SIGNS = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'l',
  '+': 't',
};
/** Both readings, for signs that stand for two letters. */
const READINGS: readonly Readonly<Record<string, string>>[] = [SIGNS, { ...SIGNS, '1': 'l', '!': 'l', '|': 'i' }];

const HAS_SIGN = /[0134578@$!|+9]/u;
const HAS_LETTER = /\p{L}/u;
const LONG_RUN = /(\p{L})\1{2,}/gu;
/** The form of most words: a word that matches is no disguise, unless a letter is drawn out. */
const PLAIN = /^[a-z]+$/;
const PLAIN_RUN = /(.)\1\1/;
const MARKED = /[^\p{ASCII}]/u;
/** Marks, and the letters that are written like marks: strokes, dots and the long line of Arabic. */
const MARKS = /[\p{M}\u02b0-\u02ff\u0640\ua700-\ua721\ua788-\ua78a]+/gu;
/** Letters with a stroke, which Unicode does not take apart. */
const STROKES: Readonly<Record<string, string>> = {
  ƀ: 'b',
  đ: 'd',
  ɇ: 'e',
  ǥ: 'g',
  ħ: 'h',
  ɨ: 'i',
  ɉ: 'j',
  ł: 'l',
  ø: 'o',
  ɍ: 'r',
  ŧ: 't',
  ʉ: 'u',
  ɏ: 'y',
  ƶ: 'z',
};
/** A d with a stroke put through it, and the letter of Icelandic that looks the same in capitals. */
const STRUCK_D = /d[\u0335\u0336]|ð/gu;
/** What is laid over letters; no language has it. */
const OVERLAYS = /[\u0334-\u0338]/gu;
const OVERLAID = /[\u0334-\u0338ð]/u;
/** Words whose only mark makes them others: Italian ends in a grave accent (`casinò`), and the `ñ` of Spanish is a letter. */
const MARKED_WORD = /^(?:[a-z]+[aeiou]\u0300|[a-z]*n\u0303[a-z]*)$/u;
const STRUCK = /[ƀđɇǥħɨɉłøɍŧʉɏƶ]/u;
/** One Vietnamese syllable without its marks. In Vietnamese a mark makes another word, not a disguise. */
const VIETNAMESE_SYLLABLE =
  /^(?:b|c|ch|d|đ|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|q|r|s|t|th|tr|v|x)?[aeiouy]{1,3}(?:c|ch|m|n|ng|nh|p|t)?$/u;

/** The forms of words that were looked at last, since a language has its words again and again. */
const lately = new Map<string, readonly string[]>();
const MOST_LATELY = 20_000;
/** UTF-16 units. */
const LONGEST_LATELY = 24;

/**
 * The words that a folded word may disguise, itself first: letters of other scripts, digits and signs for letters,
 * letters drawn out (`viiiagra`), marks where no language puts them (`vïágrà`).
 */
export function undisguised(word: string): readonly string[] {
  if (PLAIN.test(word) && !PLAIN_RUN.test(word)) return [word];
  const known = lately.get(word);
  if (known !== undefined) return known;
  const forms = isUnspaced(word) ? [word] : formsOf(word);
  if (lately.size >= MOST_LATELY) lately.clear();
  if (word.length <= LONGEST_LATELY) lately.set(word, forms);
  return forms;
}

function formsOf(word: string): readonly string[] {
  const forms = new Set([word]);
  if (MARKED.test(word)) {
    if (OVERLAID.test(word)) add(forms, withStrokes, withoutOverlays);
    add(forms, withoutStrangeMarks);
    for (const form of [...forms]) for (const latin of latinUnderMarks(form)) forms.add(latin);
  }
  if (HAS_LETTER.test(word) && hasSign(forms)) add(forms, ...READINGS.map(replaceAll));
  if (LONG_RUN.test(word))
    add(
      forms,
      (form) => form.replace(LONG_RUN, '$1'),
      (form) => form.replace(LONG_RUN, '$1$1'),
    );
  return [...forms];
}

/**
 * The text with letters in place of signs. The length stays the same, so places in it stay valid. The text itself comes
 * first.
 */
export function withLettersForSigns(text: string): readonly string[] {
  const among = latinAmong(text);
  const latin = new Set([text, among, ...asLatin(among)]);
  const read = [...latin].flatMap((form) =>
    HAS_SIGN.test(form) ? READINGS.map((signs) => replaceAll(signs)(form)) : [],
  );
  return [...new Set([...latin, ...read])];
}

function hasSign(forms: Iterable<string>): boolean {
  for (const form of forms) if (HAS_SIGN.test(form)) return true;
  return false;
}

function add(forms: Set<string>, ...changes: readonly ((form: string) => string)[]): void {
  for (const form of [...forms]) for (const change of changes) forms.add(change(form));
}

function replaceAll(letters: Readonly<Record<string, string>>): (form: string) => string {
  return (form) => Array.from(form, (character) => letters[character] ?? character).join('');
}

function latinUnderMarks(word: string): readonly string[] {
  return [...asLatin(word), ...asLatin(composed(word, 'NFD')).map((form) => composed(form))];
}

function withStrokes(word: string): string {
  return composed(word.replace(STRUCK_D, 'đ'));
}

function withoutOverlays(word: string): string {
  return composed(word.replace(OVERLAYS, ''));
}

function withoutStrangeMarks(word: string): string {
  if (MARKED_WORD.test(composed(word, 'NFD'))) return word;
  const bare = bareOf(word);
  if (VIETNAMESE_SYLLABLE.test(bare)) return word;
  return STRUCK.test(bare) ? Array.from(bare, (letter) => STROKES[letter] ?? letter).join('') : bare;
}

function bareOf(word: string): string {
  return composed(composed(word, 'NFD').replace(MARKS, ''));
}

/** Whether it could be a Vietnamese syllable, with its marks or without. */
export function isSyllable(word: string): boolean {
  return VIETNAMESE_SYLLABLE.test(bareOf(word));
}

/** A Vietnamese syllable without its marks (`đảo` → `dao`); null for a word that is none. */
export function unmarkedSyllable(word: string): string | null {
  const bare = bareOf(word);
  return VIETNAMESE_SYLLABLE.test(bare) ? bare.replaceAll('đ', 'd') : null;
}
