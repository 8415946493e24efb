import type { Sanction } from '../../../libs/client/index.ts';
import { LOCALE_CODES } from './i18n/locales.ts';
import type { Translator } from './i18n/translate.ts';
import { languageIn } from './message-files.ts';

/**
 * The statement of a sanction as this reader is told it: the sentence of a reason in the reader's own language, whatever
 * language the moderator chose it in, and a moderator's own words as they are. Null where nobody can show it.
 */
export function toldStatement(
  { statement, reason }: Pick<Sanction, 'statement' | 'reason'>,
  { t }: Pick<Translator, 't'>,
): string | null {
  const key = `statement.${reason}` as const;
  const isBuiltIn = LOCALE_CODES.some((locale) => languageIn(locale).messages[key] === statement);
  return isBuiltIn ? t(key) : statement;
}
