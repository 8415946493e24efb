import type { QueueItem } from '../../../../libs/client/moderation-shapes.ts';
import { isRuleName, LIKELY_REASONS, REPORT_REASONS, type ReportReason } from '../../../../libs/words/index.ts';

import type { Translator } from '../../shell/i18n/translate.ts';

/** The most frequent reason is chosen beforehand, so that one key records the usual decision with its reason. */
export function likelyReason({ reports, findings }: Pick<QueueItem, 'reports' | 'findings'>): ReportReason | '' {
  const open = reports.filter(({ outcome }) => outcome === 'open');
  const counted = REPORT_REASONS.map((reason) => ({
    reason,
    weight: open.filter((report) => report.reason === reason).reduce((sum, { weight }) => sum + weight + 0.01, 0),
  }));
  const most = counted.reduce((best, one) => (one.weight > best.weight ? one : best));
  if (most.weight > 0) return most.reason;
  const likely = findings.flatMap(({ rule }) => (isRuleName(rule) ? (LIKELY_REASONS[rule] ?? []) : []));
  return likely[0] ?? '';
}

/** One reason for the whole decision; a key chooses it. */
export function ReasonChoice({ chosen, translator: { t } }: { chosen: string; translator: Translator }) {
  return (
    <fieldset class="reasons">
      <legend>{t('decide.reason')}</legend>
      {['' as const, ...REPORT_REASONS].map((reason, index) => (
        <label key={reason} class="radio">
          <input
            type="radio"
            name="reason"
            value={reason}
            defaultChecked={reason === chosen}
            data-key={String(index)}
          />
          {reason === '' ? t('decide.noReason') : t(`reason.${reason}`)}
        </label>
      ))}
    </fieldset>
  );
}
