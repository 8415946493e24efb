import { foldName } from '../../../libs/kernel/index.ts';
import { SIGNS } from '../policy/disguises.ts';
import { CONFUSABLES } from './confusables.ts';

/** Scripts that are in use today (UAX #31, tables 5 and 7), the most frequent ones here first. */
const SCRIPTS = (
  'Latin Thai Khmer Lao Myanmar Han Hiragana Katakana Hangul Bopomofo Cyrillic Greek Arabic Devanagari Bengali Tamil Telugu ' +
  'Kannada Malayalam Sinhala Gujarati Gurmukhi Oriya Tibetan Hebrew Armenian Georgian Ethiopic Thaana Adlam Balinese Bamum Batak ' +
  'Canadian_Aboriginal Chakma Cham Cherokee Hanifi_Rohingya Javanese Kayah_Li Lepcha Limbu Lisu Mandaic Meetei_Mayek Miao ' +
  'New_Tai_Lue Newa Nko Nyiakeng_Puachue_Hmong Ol_Chiki Osage Saurashtra Sundanese Syloti_Nagri Syriac Tai_Le Tai_Tham Tai_Viet ' +
  'Tifinagh Vai Wancho Yi Mongolian Buginese'
).split(' ');
/** Those that are written together: Chinese, Japanese and Korean, each with Latin (UTS #39, "highly restrictive"). */
const TOGETHER = ['Latin Han Hiragana Katakana', 'Latin Han Bopomofo', 'Latin Han Hangul'];
const ALONE_OR_TOGETHER = [...SCRIPTS, ...TOGETHER].map((scripts) => {
  const each = scripts.split(' ').map((script) => `\\p{scx=${script}}`);
  return new RegExp(`^[${each.join('')}\\p{scx=Common}\\p{scx=Inherited}]*$`, 'u');
});

/** True for a name in one script, or in those that are written together; signs, digits and marks are of every script. */
export function isOfOneScript(name: string): boolean {
  return ALONE_OR_TOGETHER.some((scripts) => scripts.test(name));
}

/**
 * What a name looks like (the skeletons of UTS #39): names that share one of these cannot be told apart. Two, since a name is
 * folded to be found, and read as it is written: `Iinh` is `linh` only with its capital letter. In an order that is the same for all.
 */
export function skeletonsOf(name: string): readonly string[] {
  return [...new Set([looks(foldName(name)), looks(name)])].sort();
}

/** What a name looks like to who reads over its signs and spaces; a name of nothing else is taken as it is. */
export function looksOfName(name: string): readonly string[] {
  const letters = name.replaceAll(/[^\p{L}\p{M}\p{N}]/gu, '');
  return skeletonsOf(letters === '' ? name.trim() : letters);
}

/** Small capitals, and what stands for a letter in a name that shall pass for another; `i` and `l` are one bulk decision. */
const AT_A_GLANCE: ReadonlyMap<string, string> = new Map([
  ...Object.entries({ ...SIGNS, '1': 'l', '2': 'z', '!': 'l', i: 'l' }),
  ...Array.from('ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ', (capital, at): [string, string] => [
    capital,
    'abcdefghljklmnopqrstuvwyz'.charAt(at),
  ]),
]);

/**
 * What a name is taken for at a glance: `bosś`, `8oss` and `B-O-S-S` for `boss`. For the names of staff and the words that are
 * the forum's own alone, which nobody may borrow; among other members a mark or a digit makes another name, as it does in
 * Vietnamese, Czech or French, and `Anna` does not keep `Ánna` from joining. Vowel signs of Thai or Khmer are letters, and stay.
 */
export function glancesOf(name: string): readonly string[] {
  const readings = [name, Array.from(name, (sign) => AT_A_GLANCE.get(sign) ?? sign).join('')];
  return [...new Set(readings.map((reading) => glance(reading.replaceAll(/[^\p{L}\p{M}\p{N}]/gu, ''))))];
}

/** Twice, since a letter may look like a small capital, and that like another letter. */
function glance(name: string): string {
  return looks(withoutDisguise(looks(withoutDisguise(foldName(name)))));
}

function withoutDisguise(name: string): string {
  const letters = name.normalize('NFD').replaceAll(/\p{Script=Inherited}/gu, '');
  return Array.from(letters, (letter) => AT_A_GLANCE.get(letter) ?? letter).join('');
}

function looks(name: string): string {
  const letters = Array.from(name.normalize('NFKC').normalize('NFD'), (letter) => CONFUSABLES.get(letter) ?? letter);
  return foldName(letters.join('').normalize('NFD'));
}
