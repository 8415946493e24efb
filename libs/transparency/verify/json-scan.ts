/**
 * Walks over canonical JSON (RFC 8785) without building it: for most lines it finds the end of a value in a tenth of
 * the time of parsing and writing again. It works on the bytes of UTF-8, one a character. Unknown forms (numbers with a
 * fraction, names beyond ASCII, escaped surrogates) are left to the slow way.
 */
export const UNKNOWN = -1;

/** Printable bytes except the quote and the backslash. */
const PLAIN = '[ !#-\\[\\]-\\xff]*';
/** The escapes that the canonical form has, and no other. */
const ESCAPE = '\\\\(?:["\\\\bfnrt]|u00(?:0[0-7bef]|1[0-9a-f]))';
/** The characters that may stand between the quotes of a string. */
export const CHARACTERS = `${PLAIN}(?:${ESCAPE}${PLAIN})*`;

const STRING = new RegExp(`"${CHARACTERS}"`, 'y');
const NAME = /"[ !#-[\]-~]*":/y;
const INTEGER = /(?:0|-?[1-9][0-9]{0,14})(?![0-9.eE])/y;
const WORD = /true|false|null/y;

const DEEPEST = 100;
const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** The end of the canonical value that begins at `at`, or UNKNOWN. */
export function endOfValue(text: string, at: number, depth = 0): number {
  switch (text.charCodeAt(at)) {
    case QUOTE:
      return endOf(STRING, text, at);
    case OPEN_OBJECT:
      return depth < DEEPEST ? endOfObject(text, at + 1, depth + 1) : UNKNOWN;
    case OPEN_LIST:
      return depth < DEEPEST ? endOfList(text, at + 1, depth + 1) : UNKNOWN;
    default: {
      const end = endOf(INTEGER, text, at);
      return end === UNKNOWN ? endOf(WORD, text, at) : end;
    }
  }
}

function endOfObject(text: string, first: number, depth: number): number {
  if (text.charCodeAt(first) === CLOSE_OBJECT) return first + 1;
  let before: string | undefined;
  for (let at = first; ; ) {
    const value = endOf(NAME, text, at);
    if (value === UNKNOWN) return UNKNOWN;
    const name = text.slice(at + 1, value - 2);
    if (before !== undefined && !(before < name)) return UNKNOWN;
    before = name;
    const end = endOfValue(text, value, depth);
    if (end === UNKNOWN || text.charCodeAt(end) === CLOSE_OBJECT) return end === UNKNOWN ? UNKNOWN : end + 1;
    if (text.charCodeAt(end) !== COMMA) return UNKNOWN;
    at = end + 1;
  }
}

function endOfList(text: string, first: number, depth: number): number {
  if (text.charCodeAt(first) === CLOSE_LIST) return first + 1;
  for (let at = first; ; ) {
    const end = endOfValue(text, at, depth);
    if (end === UNKNOWN || text.charCodeAt(end) === CLOSE_LIST) return end === UNKNOWN ? UNKNOWN : end + 1;
    if (text.charCodeAt(end) !== COMMA) return UNKNOWN;
    at = end + 1;
  }
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : UNKNOWN;
}
