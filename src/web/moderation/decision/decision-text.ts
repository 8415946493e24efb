import type { Decision } from '../../../../libs/client/moderation-shapes.ts';
import type { Translator } from '../../shell/i18n/translate.ts';

/** A decision in words: "Removed by Mali". */
export function decisionText(
  { action, by, undoes }: Decision,
  { translator: { t } }: { readonly translator: Translator },
): string {
  const name = by?.displayName ?? t('comment.somebody');
  return undoes === null ? t(`decided.${action}`, { name }) : t('decided.undo', { name, what: t(`action.${action}`) });
}
