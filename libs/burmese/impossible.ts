const CONSONANT = '[\\u1000-\\u1021\\u103f]';
/** Pāli’s five rows of consonants: of a row alone can one stand below another. */
const ROWS = ['\\u1000-\\u1004', '\\u1005-\\u100a', '\\u100b-\\u100f', '\\u1010-\\u1014', '\\u1015-\\u1019'];
/** What can stand above another: a consonant of its row, itself, any below the letter sa, the kinzi above all, and Sanskrit’s tma and dma. */
const STACKED = [
  ...ROWS.map((row) => `(?<=[${row}])\\u1039(?=[${row}])`),
  '(?<=[\\u1010\\u1012])\\u1039(?=\\u1019)',
  '(?<=[\\u101e\\u103a])\\u1039(?=[\\u1000-\\u1021])',
  ...['\\u101a', '\\u101b', '\\u101c', '\\u101d', '\\u101f', '\\u1020'].map((one) => `(?<=${one})\\u1039(?=${one})`),
].join('|');

const STACKS = new RegExp(STACKED, 'gu');
/** The vowel e and the medial ra before their consonant, or letters that Burmese has in Zawgyi alone. */
const BEFORE = new RegExp(
  `(?<!${CONSONANT}|[\\u1023-\\u102a\\u103a-\\u103e])[\\u1031\\u103b]|[\\u1033\\u1034\\u105a\\u1060-\\u1097]`,
  'u',
);

/**
 * Whether a line of Burmese has an order or a letter that it cannot have in Unicode, and has in the font Zawgyi. A right word
 * with one consonant below another (ဝတ္ထု) reads as likely in both, and has none.
 */
export function cannotBeUnicode(line: string): boolean {
  return BEFORE.test(line) || line.replace(STACKS, '').includes('\u1039');
}
