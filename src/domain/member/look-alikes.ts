import { foldName, madeOnce } from '../../../libs/kernel/index.ts';
import { composed } from '../../../libs/words/index.ts';
import { SIGNS } from '../policy/disguises.ts';
import { confusables } from './confusables.ts';

/** Scripts that are in use today (UAX #31, tables 5 and 7), the most frequent ones here first. */
const SCRIPTS = (
  'Latin Thai Khmer Lao Myanmar Han Hiragana Katakana Hangul Bopomofo Cyrillic Greek Arabic Devanagari Bengali Tamil Telugu ' +
  'Kannada Malayalam Sinhala Gujarati Gurmukhi Oriya Tibetan Hebrew Armenian Georgian Ethiopic Thaana Adlam Balinese Bamum Batak ' +
  'Canadian_Aboriginal Chakma Cham Cherokee Hanifi_Rohingya Javanese Kayah_Li Lepcha Limbu Lisu Mandaic Meetei_Mayek Miao ' +
  'New_Tai_Lue Newa Nko Nyiakeng_Puachue_Hmong Ol_Chiki Osage Saurashtra Sundanese Syloti_Nagri Syriac Tai_Le Tai_Tham Tai_Viet ' +
  'Tifinagh Vai Wancho Yi Mongolian Buginese'
).split(' ');
/** Scripts that are written together: Chinese, Japanese and Korean, each with Latin (UTS #39, "highly restrictive"). */
const TOGETHER = ['Latin Han Hiragana Katakana', 'Latin Han Bopomofo', 'Latin Han Hangul'];
/** Each pattern is made when a name asks for it: most names need the first, and all of them take 10 ms. */
const aloneOrTogether = [...SCRIPTS, ...TOGETHER].map((scripts) =>
  madeOnce(() => {
    const each = scripts.split(' ').map((script) => `\\p{scx=${script}}`);
    return new RegExp(`^[${each.join('')}\\p{scx=Common}\\p{scx=Inherited}]*$`, 'u');
  }),
);

/**
 * True for a name in one script, or in scripts that are written together; signs, digits and marks belong to every
 * script.
 */
export function isOfOneScript(name: string): boolean {
  return aloneOrTogether.some((scripts) => scripts().test(name));
}

const UNSEEN = /[\p{Default_Ignorable_Code_Point}\u2800]/gu;
/** Scripts whose letters nothing joins or parts. */
const UNJOINED = /[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Han}\p{sc=Hangul}\p{Z}]/u;
const JOINERS = ['\u200c', '\u200d'];
/** Whoever turns the direction of writing is told so, since a name without these signs would read otherwise. */
const DIRECTION = /[\u202a-\u202e\u2066-\u2069]/u;
const AS_PICTURE = '\ufe0f';

/** Whether a name holds characters that nobody sees. */
export function hasUnseen(name: string): boolean {
  return name.search(UNSEEN) >= 0;
}

/** The name without the characters that nobody sees, but with those that shape its letters or pictures. */
export function withoutUnseen(name: string): string {
  const characters = Array.from(name);
  return characters.filter((character, at) => !hasUnseen(character) || isShaping(characters, at)).join('');
}

/** A joiner stands between two letters or pictures of scripts that have joiners; a picture is told after a sign alone. */
function isShaping(characters: readonly string[], at: number): boolean {
  const [before, own, after] = [characters[at - 1] ?? ' ', characters[at] ?? '', characters[at + 1] ?? ' '];
  if (DIRECTION.test(own)) return true;
  if (own === AS_PICTURE) return /\p{Extended_Pictographic}/u.test(before);
  return JOINERS.includes(own) && [before, after].every((other) => !UNJOINED.test(other) && !hasUnseen(other));
}

/**
 * The skeletons of a name (UTS #39); names that share a skeleton cannot be told apart. There are two, since a name is
 * folded to be found but read as it is written: `Iinh` looks like `linh` only with its capital letter. Their order is
 * always the same.
 */
export function skeletonsOf(name: string): readonly string[] {
  const seen = name.replaceAll(UNSEEN, '');
  return [...new Set([looks(foldName(seen)), looks(seen)])].sort();
}

/** Marks that stand on letters of any script; those that the letter's own script writes with are part of the letter in NFC. */
const FOREIGN_MARK = /\p{Script=Inherited}/gu;
const MARK = /^\p{Mn}$/u;
/** The most ones of a name that are each read as `i` and as `l`; of more, all are read alike. */
const MOST_ONES = 4;

/**
 * The skeletons of a name for readers who do not notice a stroke or dot that no script writes there, and take a `1` for
 * an `l` or an `i`: `thi̲ef` and `th1ef` are read as `thief`. The marks of Vietnamese, Thai, Khmer or Burmese stay.
 */
export function readingsOf(name: string): readonly string[] {
  const plain = withoutForeignMarks(composed(name, 'NFKC'));
  const read = new Set([name, ...onesRead(plain)]);
  return [...new Set([...read].flatMap(skeletonsOf))];
}

function withoutForeignMarks(name: string): string {
  return drawnOnce(composed(name).replaceAll(FOREIGN_MARK, ''));
}

/** The name without marks that are drawn upon themselves (UTS #39, section 5.4). */
function drawnOnce(name: string): string {
  const characters = Array.from(name);
  return characters.filter((sign, at) => sign !== characters[at - 1] || !MARK.test(sign)).join('');
}

function onesRead(name: string): readonly string[] {
  const [first = '', ...others] = name.split('1');
  if (others.length > MOST_ONES) return ['l', 'i'].map((letter) => name.replaceAll('1', letter));
  return others.reduce<readonly string[]>(
    (read, part) => read.flatMap((before) => [`${before}l${part}`, `${before}i${part}`]),
    [first],
  );
}

/** The look of a name for somebody who skips its signs and spaces; a name that has only these is taken as it is. */
export function looksOfName(name: string): readonly string[] {
  const letters = lettersOf(name);
  return skeletonsOf(letters === '' ? name.trim() : letters);
}

/** Strokes and rings of Chinese, Japanese and Korean that stand for a letter among letters. */
const STROKES = {
  '\u3163': 'l',
  '\u1175': 'l',
  '\u4e28': 'l',
  '\u3147': 'o',
  '\u110b': 'o',
  '\u30ed': 'o',
  '\u53e3': 'o',
};

/** Small capitals, and characters that imitate a letter; `i` and `l` look the same here. */
const AT_A_GLANCE: ReadonlyMap<string, string> = new Map([
  ...Object.entries(STROKES),
  ...Object.entries({ ...SIGNS, '1': 'l', '2': 'z', '!': 'l', i: 'l' }),
  ...Array.from('ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ', (capital, at): [string, string] => [
    capital,
    'abcdefghljklmnopqrstuvwyz'.charAt(at),
  ]),
]);

/**
 * The look of a name at a glance: `bosś`, `8oss` and `B-O-S-S` look like `boss`. This protects the names of staff and
 * the forum's own words. Among other members a mark or a digit makes another name, as in Vietnamese, Czech or French,
 * so `Anna` does not keep `Ánna` from joining. Vowel signs of Thai or Khmer are letters, and stay.
 */
export function glancesOf(name: string): readonly string[] {
  const open = opened(name);
  const readings = [open, Array.from(open, (sign) => AT_A_GLANCE.get(sign) ?? sign).join('')];
  return [...new Set(readings.map((reading) => glance(lettersOf(reading))))];
}

/** The first of the letters A to Z in white on black: in rings, in squares, and as halves of flags. */
const ENCLOSED = [0x1f150, 0x1f170, 0x1f1e6];
const LETTERS = 26;

/** The name with its letters taken out of rings, squares, brackets and flags. */
function opened(name: string): string {
  const letters = Array.from(name, (sign) => {
    const code = sign.codePointAt(0) ?? 0;
    const first = ENCLOSED.find((start) => code >= start && code < start + LETTERS);
    return first === undefined ? sign : String.fromCodePoint('a'.charCodeAt(0) + code - first);
  });
  return composed(letters.join(''), 'NFKC');
}

/** Whether two names look the same at a glance. */
export function looksLikeName(name: string, other: string): boolean {
  const ofOther = glancesOf(other);
  return glancesOf(name).some((glance) => glance !== '' && ofOther.includes(glance));
}

function lettersOf(name: string): string {
  return name.replaceAll(UNSEEN, '').replaceAll(/[^\p{L}\p{M}\p{N}]/gu, '');
}

/** The replacement runs twice, since a letter may look like a small capital, and that like another letter. */
function glance(name: string): string {
  return looks(withoutDisguise(looks(withoutDisguise(foldName(name)))));
}

function withoutDisguise(name: string): string {
  const letters = composed(name, 'NFD').replaceAll(FOREIGN_MARK, '');
  return Array.from(drawnOnce(letters), (letter) => AT_A_GLANCE.get(letter) ?? letter).join('');
}

function looks(name: string): string {
  const look = confusables();
  const letters = Array.from(composed(composed(name, 'NFKC'), 'NFD'), (letter) => look.get(letter) ?? letter);
  return foldName(composed(letters.join(''), 'NFD'));
}
