import { TEXT_LANGUAGES } from './languages.ts';
import { LOCALES } from './locales.ts';

/** Who may add translations of posts and comments: nobody, editors and moderators, or every member. */
export const TRANSLATION_WRITERS = ['nobody', 'staff', 'members'] as const;
export type TranslationWriters = (typeof TRANSLATION_WRITERS)[number];

/** Who took a translation away: whoever wrote it, the author of a text that was changed since, a moderator, or an erasure of the writer or of the translated text. */
export const TRANSLATION_REMOVERS = ['translator', 'author', 'moderator', 'erasure'] as const;
export type TranslationRemover = (typeof TRANSLATION_REMOVERS)[number];

/**
 * Why a translation is reported or removed: it is wrong, or for a reason of comments. The view of reports stores a place in
 * this list.
 */
export const TRANSLATION_REASONS = [
  'wrong-translation',
  'spam',
  'abuse',
  'off-topic',
  'privacy',
  'illegal',
  'other',
] as const;
export type TranslationReason = (typeof TRANSLATION_REASONS)[number];

/** Where a reader wants a translation of what it does not read: when it asks for it, below the original, or in its place. */
export const TRANSLATION_PLACES = ['asked', 'beside', 'instead'] as const;
export type TranslationPlace = (typeof TRANSLATION_PLACES)[number];
export type PlaceAtOnce = Exclude<TranslationPlace, 'asked'>;

/** The languages that texts are translated into, by the names that their readers know them under (BCP 47). */
export const TRANSLATION_LANGUAGES = {
  ...LOCALES,
  ja: '日本語',
  ko: '한국어',
  ar: 'العربية',
  he: 'עברית',
  fr: 'Français',
  de: 'Deutsch',
  es: 'Español',
  pt: 'Português',
  it: 'Italiano',
  nl: 'Nederlands',
  id: 'Bahasa Indonesia',
  ms: 'Bahasa Melayu',
  tl: 'Tagalog',
} as const;
export type TranslationLanguage = keyof typeof TRANSLATION_LANGUAGES;

export function isTranslationLanguage(value: unknown): value is TranslationLanguage {
  return typeof value === 'string' && Object.hasOwn(TRANSLATION_LANGUAGES, value);
}

/** Those that a text may be told to be in. */
export const TRANSLATION_LANGUAGE_CODES: readonly TranslationLanguage[] = TEXT_LANGUAGES;

/** The earlier texts in one language that are told beside the newest. */
export const MOST_EARLIER_TRANSLATIONS = 20;
