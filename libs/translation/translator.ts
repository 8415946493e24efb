/** A text with `{placeholders}`, or one for each plural category of the language, chosen by `count`. */
export type Message = string | Readonly<Record<string, string>>;
export type Messages = Readonly<Record<string, Message>>;
export type Parameters = Readonly<Record<string, string | number>>;

/** A reader's language, bound: texts, numbers and moments. The server and the browser use the same. */
export interface TranslatorOf<Key extends string> {
  readonly locale: string;
  readonly t: (key: Key, parameters?: Parameters) => string;
  /** Whether there is a text under this key. */
  readonly has: (key: string) => key is Key;
  readonly number: (value: number) => string;
  /** A text with its ASCII digits in the language's own. */
  readonly digits: (text: string) => string;
}

/** Languages with digits of their own, listed here since not every browser knows them. */
const DIGITS: Readonly<Record<string, string>> = { my: '၀၁၂၃၄၅၆၇၈၉' };

/** Writes ASCII digits in a text as the language does. */
export function digitsIn(locale: string): (text: string) => string {
  const own = DIGITS[locale];
  return (text) => (own ? text.replace(/\d/g, (digit) => own[Number(digit)] ?? digit) : text);
}

/**
 * Numbers among the parameters are written in the language's digits. A missing key shows itself, since a page with one
 * odd word is better than none; a test compares all files.
 */
export function translatorOf<Key extends string>(locale: string, messages: Messages): TranslatorOf<Key> {
  // The first of each in a process takes some milliseconds, and many texts have no number.
  let numbers: Intl.NumberFormat | undefined;
  let plurals: Intl.PluralRules | undefined;
  const digits = digitsIn(locale);
  const number = (value: number): string => {
    numbers ??= new Intl.NumberFormat(locale, { numberingSystem: 'latn' });
    return digits(numbers.format(value));
  };

  const textOf = (message: Message | undefined, parameters: Parameters): string | undefined => {
    if (message === undefined || typeof message === 'string') return message;
    const count = typeof parameters['count'] === 'number' ? parameters['count'] : 0;
    plurals ??= new Intl.PluralRules(locale);
    return message[plurals.select(count)] ?? message['other'];
  };
  const t = (key: Key, parameters: Parameters = {}): string => {
    const text = textOf(messages[key], parameters);
    if (text === undefined) return key;
    return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
      const value = parameters[name];
      if (value === undefined) return placeholder;
      return typeof value === 'number' ? number(value) : value;
    });
  };
  const has = (key: string): key is Key => Object.hasOwn(messages, key);
  return { locale, t, has, number, digits };
}
