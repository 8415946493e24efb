import { foldName } from '../../../libs/kernel/index.ts';
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

function looks(name: string): string {
  const letters = Array.from(name.normalize('NFKC').normalize('NFD'), (letter) => CONFUSABLES.get(letter) ?? letter);
  return foldName(letters.join('').normalize('NFD'));
}
