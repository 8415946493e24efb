import type { Decision } from '../../../../libs/client/moderation-shapes.ts';
import type { Translator } from '../../shell/i18n/translate.ts';
import type { RowFrame } from './queue-words.ts';

/** A decision in words: "Removed by Mali". */
export function decisionText(
  { action, by, undoes }: Decision,
  { translator: { t } }: { readonly translator: Translator },
): string {
  const name = by?.displayName ?? t('comment.somebody');
  return undoes === null ? t(`decided.${action}`, { name }) : t('decided.undo', { name, what: t(`action.${action}`) });
}

/** Words for a decision that came too late because its moderator decided in another window; null for all else. */
export function decidedElsewhere(
  { code }: { readonly code: string },
  first: Pick<Decision, 'by'> | null,
  { translator, member }: Pick<RowFrame, 'translator' | 'member'>,
): string | null {
  const isOwn = member !== null && first?.by?.id === member.id;
  return code === 'already_decided' && isOwn ? translator.t('decide.elsewhere') : null;
}
