import type { DomainError } from '../../../libs/kernel/index.ts';
import { TEXT_LIMITS, TRANSLATION_REASONS, type TranslationReason } from '../../../libs/words/index.ts';
import { checked, formText, text } from './form-checks.ts';
import type { Translator } from './i18n/translate.ts';
import { oneOf } from './one-of.ts';
import { textIn } from './paths.ts';
import type { TypedRemoval } from './removal-fields.tsx';

/** What a moderator's form that removes a translation asks for; the form of its translator has neither field. */
export function removalIn(form: unknown): { readonly reason: TranslationReason | null; readonly statement: string } {
  return { reason: oneOf(TRANSLATION_REASONS, textIn(form, 'reason')) ?? null, statement: formText(form, 'statement') };
}

/** Such a form as it was sent, for whoever sees it again; a refusal that is about its fields is told at them. */
export function refusedRemoval(form: unknown, { code }: DomainError, translator: Translator): TypedRemoval {
  const typed = { reason: textIn(form, 'reason'), statement: formText(form, 'statement') };
  if (code !== 'invalid') return { ...typed, errors: {} };
  const reason = text({ min: 1, max: TEXT_LIMITS.ownReason.max });
  const statement = text({ ...TEXT_LIMITS.statement, min: 0 });
  return { ...typed, errors: checked(typed, { reason, statement }, translator) };
}
