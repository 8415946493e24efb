/** What is looked for: expressions of which a row has all, and lists of which it has none as a whole. */
export interface SoughtWords {
  readonly all: readonly string[];
  readonly none: readonly (readonly string[])[];
}

/** No text is longer. */
const ANYWHERE = 1_000_000_000;

/**
 * As an FTS5 expression. With `within` only rows that have one of these words: FTS5 then reads no other ones, which it cannot be
 * kept from by their numbers.
 */
export function expressionOf({ all, none }: SoughtWords, within: readonly string[] | null = null): string {
  const wanted = together(all, within);
  if (none.length === 0) return wanted;
  const unwanted = none.map((one) => `(${together(one, isReadAtOnce(one) ? null : within)})`);
  return `(${wanted}) NOT (${unwanted.join(' OR ')})`;
}

/** What answers one of two searches, and is left out by neither. */
export function eitherOf(one: SoughtWords, other: SoughtWords | null): SoughtWords {
  if (other === null) return one;
  const ways = [one.all, other.all].map((all) => `(${together(all, null)})`);
  return { all: [ways.join(' OR ')], none: [...one.none, ...other.none] };
}

/** Whether each row that FTS5 reads for it is an answer, so that it never reads long for nothing. */
export function isReadAtOnce(all: readonly string[]): boolean {
  return all.length === 1 && all.every((one) => !SEVERAL_WORDS.test(one));
}

/** The words of all expressions; null where one is for whatever begins so. */
export function everyWordOf({ all, none }: SoughtWords): readonly string[] | null {
  const words = new Set<string>();
  for (const one of [...all, ...none.flat()]) {
    if (one.includes('" *')) return null;
    for (const [, string = ''] of one.matchAll(STRINGS)) for (const word of string.split(' ')) words.add(word);
  }
  return [...words];
}

/** The words that each answer has. */
export function neededWords({ all }: Pick<SoughtWords, 'all'>): readonly string[] {
  return [...new Set(all.filter((one) => STRING.test(one)).flatMap((one) => one.slice(1, -1).split(' ')))];
}

const STRINGS = /"([^"]*)"/g;
/** A string of several words. */
const SEVERAL_WORDS = /"[^" ]+ [^"]*"/;
/** A string alone. */
const STRING = /^"[^"]*"$/;

/** Strings with phrases among them are a NEAR group: FTS5 compares the places of words only where all stand, and so in half the time. */
function together(all: readonly string[], within: readonly string[] | null): string {
  const strings = all.filter((one) => STRING.test(one));
  const others = all.filter((one) => !STRING.test(one)).map((one) => `(${one})`);
  if (!strings.some((one) => SEVERAL_WORDS.test(one))) {
    const bound = within === null ? [] : [`(${within.map((word) => `"${word}"`).join(' OR ')})`];
    return [...strings, ...bound, ...others].join(' AND ');
  }
  const groups = within === null ? [near(strings)] : within.map((word) => near([...strings, `"${word}"`]));
  return [`(${groups.join(' OR ')})`, ...others].join(' AND ');
}

function near(strings: readonly string[]): string {
  return strings.length === 1 ? strings.join('') : `NEAR(${strings.join(' ')}, ${ANYWHERE})`;
}
