/** The languages of the interface, by the names that their readers know them under. */
export const LOCALES = {
  en: 'English',
  vi: 'Tiếng Việt',
  th: 'ไทย',
  km: 'ខ្មែរ',
  lo: 'ລາວ',
  my: 'မြန်မာ',
  zh: '中文',
} as const;

export type Locale = keyof typeof LOCALES;
export const LOCALE_CODES: readonly Locale[] = ['en', 'vi', 'th', 'km', 'lo', 'my', 'zh'];
export const DEFAULT_LOCALE: Locale = 'en';

export function isLocale(value: unknown): value is Locale {
  return typeof value === 'string' && Object.hasOwn(LOCALES, value);
}

/** `zh-Hant-TW` → `zh`; undefined for a language that the interface does not have. */
function supported(tag: string | undefined): Locale | undefined {
  const language = tag?.trim().toLowerCase().split('-')[0];
  return isLocale(language) ? language : undefined;
}

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

/** The member's choice, or this browser's choice here, or the browser's request, or English. */
export function chooseLocale(wish: {
  readonly member?: string | undefined;
  readonly cookie?: string | undefined;
  readonly acceptLanguage?: string | undefined;
}): Locale {
  const wanted = [wish.member, wish.cookie, ...acceptedLanguages(wish.acceptLanguage)];
  for (const tag of wanted) {
    const locale = supported(tag);
    if (locale !== undefined) return locale;
  }
  return DEFAULT_LOCALE;
}

const RIGHT_TO_LEFT = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ks', 'ps', 'sd', 'ug', 'ur', 'yi']);

export function directionOf(locale: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(locale.toLowerCase().split('-')[0] ?? '') ? 'rtl' : 'ltr';
}
