import { invalid } from './text.ts';

const LANGUAGE_TAG = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u;
const LONGEST = 35;

/** Checks the form of a BCP 47 language tag (`en`, `zh-Hans`). Throws DomainError `invalid`. */
export function localeOf(locale: string): string {
  if (!LANGUAGE_TAG.test(locale) || locale.length > LONGEST) {
    throw invalid('locale', 'must be a language tag such as en or zh-Hans');
  }
  return locale;
}
