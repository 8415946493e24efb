/** Letters of other scripts that look like Latin ones and are mixed in to get past a list. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  а: 'a',
  в: 'b',
  с: 'c',
  ԁ: 'd',
  е: 'e',
  һ: 'h',
  і: 'i',
  ј: 'j',
  к: 'k',
  ӏ: 'l',
  м: 'm',
  п: 'n',
  о: 'o',
  р: 'p',
  ԛ: 'q',
  ѕ: 's',
  т: 't',
  у: 'y',
  ѵ: 'v',
  ԝ: 'w',
  х: 'x',
  α: 'a',
  ε: 'e',
  ι: 'i',
  κ: 'k',
  ν: 'v',
  ο: 'o',
  ρ: 'p',
  τ: 't',
  υ: 'u',
  χ: 'x',
  ı: 'i',
  ɡ: 'g',
};
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

const HAS_LOOKALIKE = new RegExp(`[${Object.keys(LOOKALIKES).join('')}]`, 'u');
const HAS_SIGN = /[0134578@$!|+9]/u;
const HAS_LETTER = /\p{L}/u;
const LONG_RUN = /(\p{L})\1{2,}/gu;
/** The form of most words: a word that matches is no disguise, unless a letter is drawn out. */
const PLAIN = /^[a-z]+$/;
const PLAIN_RUN = /(.)\1\1/;
const MARKED = /[^\p{ASCII}]/u;
const MARKS = /\p{M}+/gu;
/** One Vietnamese syllable without its marks. In Vietnamese a mark makes another word, not a disguise. */
const VIETNAMESE_SYLLABLE =
  /^(?:b|c|ch|d|đ|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|q|r|s|t|th|tr|v|x)?[aeiouy]{1,3}(?:c|ch|m|n|ng|nh|p|t)?$/u;

/**
 * The words that a folded word may disguise, itself first: letters of other scripts, digits and signs for letters,
 * letters drawn out (`viiiagra`), marks where no language puts them (`vïágrà`).
 */
export function undisguised(word: string): readonly string[] {
  if (PLAIN.test(word) && !PLAIN_RUN.test(word)) return [word];
  const forms = new Set([word]);
  if (HAS_LOOKALIKE.test(word)) add(forms, replaceAll(LOOKALIKES));
  if (MARKED.test(word)) add(forms, withoutStrangeMarks);
  if (HAS_SIGN.test(word) && HAS_LETTER.test(word)) add(forms, ...READINGS.map(replaceAll));
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
  const latin = HAS_LOOKALIKE.test(text) ? replaceAll(LOOKALIKES)(text) : text;
  return [
    ...new Set([text, latin, ...(HAS_SIGN.test(latin) ? READINGS.map((signs) => replaceAll(signs)(latin)) : [])]),
  ];
}

function add(forms: Set<string>, ...changes: readonly ((form: string) => string)[]): void {
  for (const form of [...forms]) for (const change of changes) forms.add(change(form));
}

function replaceAll(letters: Readonly<Record<string, string>>): (form: string) => string {
  return (form) => Array.from(form, (character) => letters[character] ?? character).join('');
}

function withoutStrangeMarks(word: string): string {
  const bare = word.normalize('NFD').replace(MARKS, '').normalize('NFC');
  return VIETNAMESE_SYLLABLE.test(bare) ? word : bare;
}

/** A Vietnamese syllable without its marks (`đảo` → `dao`); null for a word that is none. */
export function unmarkedSyllable(word: string): string | null {
  const bare = word.normalize('NFD').replace(MARKS, '').normalize('NFC');
  return VIETNAMESE_SYLLABLE.test(bare) ? bare.replaceAll('đ', 'd') : null;
}
