import { DEFAULT_LOCALE, LOCALE_CODES, type Locale, localeFor } from '../../../../libs/words/index.ts';

export { directionOf } from '../../../../libs/translation/index.ts';
export { isLocale, LOCALE_CODES, LOCALES, type Locale } from '../../../../libs/words/index.ts';

/** The ranges of Accept-Language (RFC 9110, 12.5.4), the most wanted first, without refused ones (`q=0`). */
export function acceptedLanguages(header: string | undefined): readonly string[] {
  return (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.split(';');
      const weight = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/.exec(parameter)?.[1]).find(Boolean);
      return { tag: tag.trim(), weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ tag, weight }) => tag !== '' && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}

/** The languages that a forum offers, and the one for readers who want none of them. */
export interface OfferedLanguages {
  readonly locales: readonly Locale[];
  readonly defaultLocale: Locale;
}

const ALL: OfferedLanguages = { locales: LOCALE_CODES, defaultLocale: DEFAULT_LOCALE };

/** The member's choice, or this browser's choice here, or the browser's request, or the forum's own language. */
export function chooseLocale(
  wish: {
    readonly member?: string | undefined;
    readonly cookie?: string | undefined;
    readonly acceptLanguage?: string | undefined;
  },
  { locales, defaultLocale }: OfferedLanguages = ALL,
): Locale {
  const wanted = [wish.member, wish.cookie, ...acceptedLanguages(wish.acceptLanguage)];
  for (const tag of wanted) {
    const locale = localeFor(tag);
    if (locale !== undefined && locales.includes(locale)) return locale;
  }
  return defaultLocale;
}
