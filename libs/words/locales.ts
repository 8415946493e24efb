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
export function localeFor(tag: string | undefined): Locale | undefined {
  const language = tag?.trim().toLowerCase().split('-')[0];
  return isLocale(language) ? language : undefined;
}
