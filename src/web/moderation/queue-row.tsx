import type { QueueItem } from '../../../libs/client/moderation-shapes.ts';
import { type QueueListName, REPORT_REASONS } from '../../../libs/client/moderation-words.ts';
import type { Frame } from '../components/frame.ts';
import { languageOf } from '../i18n/language-of.ts';
import { TimeAgo } from '../thread/time-ago.tsx';

/** How much of a comment stands in the list. */
const EXCERPT = 140;

/** Which list, and which page of it; null for the first. */
export interface ListPlace {
  readonly list: QueueListName;
  readonly cursor: string | null;
}

/** All that a row needs of the page around it: the same on the server and in the browser. */
export interface RowFrame extends Pick<Frame, 'translator'> {
  readonly member: { readonly id: string } | null;
  /** The server's clock; null in the browser. */
  readonly now: number | null;
}

interface RowProps {
  readonly item: QueueItem;
  readonly place: ListPlace;
  /** Whose case is open beside the list. */
  readonly current: string | null;
  readonly frame: RowFrame;
}

export function caseHref(commentId: string, { list, cursor }: ListPlace): string {
  return `/moderation/cases/${commentId}?${new URLSearchParams({ list, ...(cursor === null ? {} : { cursor }) })}`;
}

/** A rule that this forum no longer knows is told by its name in the log. */
export function ruleName(rule: string, { t, has }: Frame['translator']): string {
  const key = `rule.${rule}`;
  return has(key) ? t(key) : rule;
}

/** Why it waits, in few words: what a rule caught, or the most frequent complaint. */
function why({ reports, findings, reasons }: QueueItem, translator: Frame['translator']): readonly string[] {
  const { t } = translator;
  const counted = REPORT_REASONS.map(
    (reason) => [reason, reports.filter((one) => one.reason === reason).length] as const,
  );
  return [
    ...findings.map(({ rule }) => ruleName(rule, translator)),
    ...counted.filter(([, count]) => count > 0).map(([reason, count]) => withCount(t(`reason.${reason}`), count)),
    ...(reasons.length > 0 ? [t('queue.fromSource')] : []),
  ];
}

const withCount = (word: string, count: number): string => (count === 1 ? word : `${word} × ${count}`);

/** Whoever else looks at it; one's own look is no news. */
export function claimText({ claim }: Pick<QueueItem, 'claim'>, { translator, member }: RowFrame): string | null {
  return claim === null || claim.by.id === member?.id
    ? null
    : translator.t('desk.claimed', { name: claim.by.displayName });
}

/** One case of the list. Its height is always the same, so that nothing moves when something of it changes. */
export function QueueRow({ item, place, current, frame }: RowProps) {
  const { t } = frame.translator;
  const { comment } = item;
  const text = (comment.body ?? '').replace(/\s+/g, ' ').slice(0, EXCERPT);
  const name = comment.author?.displayName ?? t('comment.somebody');
  const claim = claimText(item, frame);
  return (
    <li class={comment.id === current ? 'row current' : 'row'} data-row={comment.id} data-score={item.score}>
      <label class="pick">
        <input type="checkbox" name="item" value={`${comment.id}:${comment.revision}`} />
        <span class="visually-hidden">{t('queue.pick', { name })}</span>
      </label>
      <a href={caseHref(comment.id, place)} aria-current={comment.id === current ? 'true' : undefined}>
        <span class="row-head">
          <bdi>{name}</bdi>
          <TimeAgo at={item.since} translator={frame.translator} now={frame.now} />
        </span>
        <span class="row-text" dir="auto" lang={languageOf(text)}>
          {text}
        </span>
        <span class="row-why">
          {claim !== null && <span class="row-claim">{claim}</span>}
          {why(item, frame.translator).join(' · ')}
        </span>
      </a>
    </li>
  );
}
