import { DomainError } from '../../../libs/kernel/index.ts';
import { ReportedOtherwise } from '../../domain/report/report.commands.ts';
import type { FieldErrors } from './fields.tsx';
import { formText } from './form-checks.ts';
import type { Translator } from './i18n/translate.ts';
import { oneOf } from './one-of.ts';
import { textIn } from './paths.ts';
import { fieldErrorsOf } from './refusals.ts';
import type { TypedReport } from './report-fields.tsx';

/** A form that reports a text, as it was sent. */
export function typedReport(form: unknown): TypedReport {
  return { chosen: textIn(form, 'reason'), note: formText(form, 'note') };
}

/** What it asks for; null without one of these reasons. */
export function reportIn<Reason extends string>(
  form: unknown,
  reasons: readonly Reason[],
): { readonly reason: Reason; readonly note: string | null } | null {
  const { chosen, note } = typedReport(form);
  const reason = oneOf(reasons, chosen);
  return reason === undefined ? null : { reason, note: note.trim() || null };
}

/** Why a report was refused, for its form; `before` says that it was reported for another reason. Throws what is no refusal again, and that the text is gone. */
export function refusedReport(
  error: unknown,
  translator: Translator,
  before: 'complain.before' | 'translation.reportedBefore',
): { readonly errors: FieldErrors; readonly status: number } {
  if (!(error instanceof DomainError) || error.status === 404) throw error;
  const errors =
    error instanceof ReportedOtherwise
      ? { '': translator.t(before, { reason: translator.t(`reason.${error.reason}`) }) }
      : fieldErrorsOf(error, translator);
  return { errors, status: error.status };
}
