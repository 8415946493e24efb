import { DomainError } from '../../../../libs/kernel/index.ts';
import { COMMENT_REMOVALS, REPORT_REASONS, SANCTION_KINDS, TEXT_LIMITS } from '../../../../libs/words/index.ts';
import { type Check, text } from '../../shell/form-checks.ts';
import type { Translator } from '../../shell/i18n/translate.ts';
import { oneOf } from '../../shell/one-of.ts';
import type { AskedSanction } from './sanction-form.tsx';

/** Names of the fields of a sanction's form. */
export const SANCTION_FIELDS = ['kind', 'reason', 'until', 'statement', 'removeComments'];

type Typed = Readonly<Record<string, string>>;

/** Nothing is chosen for the moderator, so kind and reason may be missing; a suspension needs an end in the future. */
export function sanctionChecks({ kind }: Typed): Readonly<Record<string, Check>> {
  const chosen =
    (words: readonly string[]): Check =>
    (value, { t }) =>
      words.includes(value) ? null : t('field.required');
  const until: Check = (value, { t }) => {
    if (kind !== 'suspension') return null;
    const end = momentIn(value);
    if (value.trim() === '') return t('field.required');
    if (end === null) return t('field.time');
    return Date.parse(end) > Date.now() ? null : t('record.past');
  };
  return {
    kind: chosen(SANCTION_KINDS),
    reason: chosen(REPORT_REASONS),
    until,
    statement: text({ ...TEXT_LIMITS.statement, min: 0 }),
  };
}

/**
 * The sanction of the form. The statement of reasons is the moderator's own, or that of the reason in the page's
 * language. Throws DomainError `invalid` for fields that do not pass their checks.
 */
export function sanctionOf(typed: Typed, { t }: Translator): AskedSanction {
  const kind = oneOf(SANCTION_KINDS, typed['kind'] ?? '');
  const reason = oneOf(REPORT_REASONS, typed['reason'] ?? '');
  if (!kind || !reason) throw new DomainError('invalid', 'There is no such sanction.');
  return {
    kind,
    reason,
    until: kind === 'suspension' ? momentIn(typed['until'] ?? '') : null,
    statement: (typed['statement'] ?? '').trim() || t(`statement.${reason}`),
    removeComments: oneOf(COMMENT_REMOVALS, typed['removeComments'] ?? '') ?? 'none',
  };
}

/** The form's times are UTC; null for a malformed one. */
function momentIn(text: string): string | null {
  const at = Date.parse(`${text}Z`);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
