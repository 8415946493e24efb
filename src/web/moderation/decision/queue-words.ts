import type { QueueItem } from '../../../../libs/client/moderation-shapes.ts';
import { REPORT_REASONS } from '../../../../libs/words/index.ts';
import type { MessageKey, Translator } from '../../shell/i18n/translate.ts';

/** The parts of the page that a row needs, the same on the server and in the browser. */
export interface RowFrame {
  readonly translator: Translator;
  readonly member: { readonly id: string } | null;
  /** The server's clock; null in the browser. */
  readonly now: number | null;
}

/** The name of a rule; an unknown rule keeps its name in the log. */
export function ruleName(rule: string, { t, has }: Translator): string {
  const key = `rule.${rule}`;
  return has(key) ? t(key) : rule;
}

/** What a rule does, in a sentence; an unknown one has none. */
export function ruleMeaning(rule: string, { t, has }: Translator): string | null {
  const key = `rule.does.${rule}`;
  return has(key) ? t(key) : null;
}

/** The reason why it waits, in few words: what a rule caught, or the most frequent report. */
export function whyIn(
  item: Pick<QueueItem, 'reports' | 'findings' | 'reasons' | 'heldBy'>,
  translator: Translator,
): readonly string[] {
  const { t } = translator;
  const { reports, findings, reasons } = item;
  const counted = REPORT_REASONS.map(
    (reason) => [reason, reports.filter((one) => one.reason === reason).length] as const,
  );
  return [
    ...findings.map(({ rule }) => ruleName(rule, translator)),
    ...counted.filter(([, count]) => count > 0).map(([reason, count]) => withCount(t(`reason.${reason}`), count)),
    ...reasons.map((reason) => t(reasonKey(reason))),
    ...heldOnArrival(item).map((rule) => ruleName(rule, translator)),
  ];
}

/** The rules about a guest who arrives that caught the comment, which are not among the findings in its text. */
export function heldOnArrival({ heldBy, findings }: Pick<QueueItem, 'heldBy' | 'findings'>): readonly string[] {
  return heldBy.filter((rule) => !findings.some((finding) => finding.rule === rule));
}

const withCount = (word: string, count: number): string => (count === 1 ? word : `${word} × ${count}`);

/** The other moderator who looks at it; one's own look is not shown. */
export function claimText(
  { claim }: Pick<QueueItem, 'claim'>,
  { translator, member }: Omit<RowFrame, 'now'>,
): string | null {
  return claim === null || claim.by.id === member?.id
    ? null
    : translator.t('queue.claimed', { name: claim.by.displayName });
}

/** Why a comment waits, besides rules and reports. */
export function reasonKey(reason: string): MessageKey {
  return reason === 'guest' ? 'queue.guest' : 'queue.fromSource';
}
