/** What a word can stand behind: nothing, a space, a sign that is no letter, or what ends a syllable in Zawgyi. */
const BEHIND =
  '(?<=^|[\\s"\'(*>\\[_“”‘’/|,\\u104a\\u104b\\u102b-\\u102e\\u1030\\u1032\\u1036\\u1038\\u1039\\u1094\\u1095])';
/** The vowel e before its consonant, or before the medial ra, which Zawgyi has before it too. */
const VOWEL_BEFORE = `${BEHIND}\\u1031[\\u1000-\\u1021\\u103b\\u106a\\u106b\\u107e-\\u1084\\u108f\\u1090]`;
/** In Unicode it is the medial ya, which is behind its consonant. */
const MEDIAL_BEFORE = `${BEHIND}\\u103b[\\u1000-\\u1021]`;
/** In Unicode it puts one consonant below another. Texts that are cut off may end with it: so only after the endings of most sentences. */
const KILLED =
  '\\u1039(?=[\\s\\u1037\\u1038\\u104a\\u104b\\u1094\\u1095.,!?;:)"”’])|[\\u102b\\u102c\\u1037\\u1094\\u1095]\\u1039|[\\u1010\\u1019]\\u101a\\u1039$';

/** Other forms of na and ra with a sign that belongs to a letter: in Unicode they are a tone and a digit. A Mon vowel with the number 4 or 5 of Shan. */
const OTHER_FORMS =
  '\\u108f[\\u102d-\\u1030\\u1032\\u1039\\u103c\\u103d]|\\u1090[\\u103c\\u103d]|[\\u1033\\u1034][\\u1094\\u1095]';

const ZAWGYI = new RegExp([VOWEL_BEFORE, MEDIAL_BEFORE, KILLED, OTHER_FORMS].join('|'), 'u');

/** The vowel e behind its consonant; consonants that are killed where Zawgyi has a medial ya, which these never have; a kinzi; signs without a place in Zawgyi. */
const UNICODE =
  /[\u1000-\u1021\u103b-\u103e]\u1031[\u102b\u102c\u1037\u1038]|[\u1004\u1009\u100a\u1010\u1012\u1014\u101a]\u103a(?![\u102b-\u1034])|[\u102b\u102c\u1037\u105a\u1061-\u1064]\u103a|\u103a\u1039|[\u103e\u103f]/u;

/**
 * Whether a line has its signs in an order that no language can have in Unicode, and the font Zawgyi has, and nowhere one of
 * Unicode's. What letters it has tells nothing: those that Burmese has in Zawgyi alone are Mon, Karen or Shan.
 */
export function isOrderedForZawgyi(line: string): boolean {
  return ZAWGYI.test(line) && !UNICODE.test(line);
}
