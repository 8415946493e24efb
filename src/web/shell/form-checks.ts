import { isMailAddress, unseenIn } from '../../../libs/kernel/index.ts';
import { composed, MOST_MARKS, TEXT_LIMITS, type TextLimits, tooManyMarksAt } from '../../../libs/words/index.ts';
import type { FieldErrors } from './fields.tsx';
import type { Translator } from './i18n/translate.ts';
import { textIn } from './paths.ts';

/** Gives the fault of a field's text in the reader's language; null without one. */
export type Check = (text: string, translator: Translator) => string | null;

/** Lengths are in characters (code points after NFC), as the rules count them. */
function lengthOf(text: string, most: number): number {
  return text.length > 4 * most ? text.length : [...composed(text)].length;
}

/**
 * Characters that the rules refuse in every text: control characters other than tab and line feed, and halves of
 * surrogate pairs.
 */
function hasForbiddenCharacters(text: string): boolean {
  return !text.isWellFormed() || /[^\P{Cc}\t\n]/u.test(text);
}

/** A text within its limits; `min` 0 lets it be empty. */
export function text({ min: least, max: most }: Pick<TextLimits, 'min' | 'max'>): Check {
  return (value, { t }) => {
    const length = lengthOf(value.trim(), most);
    if (length === 0 && least > 0) return t('field.required');
    if (length < least) return t('field.tooShort', { least });
    if (length > most) return t('field.tooLong', { most });
    if (tooManyMarksAt(value) !== null) return t('field.marks', { most: MOST_MARKS });
    return hasForbiddenCharacters(value) ? t('field.characters') : null;
  };
}

/** Kept as typed, so white space counts. */
export function password({ min: least, max: most }: Pick<TextLimits, 'min' | 'max'>): Check {
  return (value, { t }) => {
    if (value === '') return t('field.required');
    const length = lengthOf(value, most);
    if (length < least) return t('field.tooShort', { least });
    return length > most ? t('field.tooLong', { most }) : null;
  };
}

const { min: SHORTEST_HANDLE, max: LONGEST_HANDLE } = TEXT_LIMITS.handle;
/** The same for the browser, which checks it before a typed password is sent (the `v` flag of HTML's patterns). */
export const HANDLE_PATTERN = `\\s*[\\p{L}\\p{M}\\p{N}._\\-]{${SHORTEST_HANDLE},${LONGEST_HANDLE}}\\s*`;

export const handle: Check = (value, { t }) => {
  if (value.trim() === '') return t('field.required');
  const { min, max } = TEXT_LIMITS.handle;
  const length = lengthOf(value.trim(), max);
  const isFit = length >= min && length <= max && /^[\p{L}\p{M}\p{N}._-]+$/u.test(composed(value.trim()));
  return isFit ? null : t('field.handle');
};

export const email: Check = (value, { t }) => {
  if (value.trim() === '') return t('field.required');
  const address = value.trim();
  if (unseenIn(address) !== null) return t('field.characters');
  const parts = address.slice(address.indexOf('@') + 1).split('.');
  return isMailAddress(address) && parts.length > 1 && !parts.includes('') ? null : t('field.email');
};

/** Browsers send line breaks as CR LF; the forum keeps LF. */
export function formText(fields: unknown, name: string): string {
  return textIn(fields, name).replace(/\r\n?/g, '\n');
}

/** All wrong fields, by name. */
export function checked(fields: unknown, checks: Readonly<Record<string, Check>>, translator: Translator): FieldErrors {
  const errors: Record<string, string> = {};
  for (const [name, check] of Object.entries(checks)) {
    const wrong = check(formText(fields, name), translator);
    if (wrong !== null) errors[name] = wrong;
  }
  return errors;
}

/** Passwords are not sent back with a refused form, so a right one has to be typed again. */
export function typedAgain(errors: FieldErrors, fields: unknown, { t }: Translator): FieldErrors {
  const again = ['password', 'currentPassword'].filter((name) => textIn(fields, name) !== '' && !errors[name]);
  return { ...errors, ...Object.fromEntries(again.map((name) => [name, t('field.typeAgain')])) };
}

export function isFine(errors: FieldErrors): boolean {
  return Object.keys(errors).length === 0;
}
