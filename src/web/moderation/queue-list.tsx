import { QUEUE_LISTS, type QueueItem, type QueueListName, REPORT_REASONS } from '../../../libs/client/index.ts';
import type { QueueCounts } from '../../views/moderation-queue/queue.query-types.ts';
import type { Frame } from '../components/frame.ts';
import { languageOf } from '../i18n/language-of.ts';
import { TimeAgo } from '../thread/time-ago.tsx';

/** How much of a comment stands in the list. */
const EXCERPT = 140;

export interface QueueShown {
  readonly list: QueueListName;
  readonly items: readonly QueueItem[];
  readonly counts: QueueCounts;
  /** Of this page, and of the one after it. */
  readonly cursor: string | null;
  readonly next: string | null;
}

export function queueHref(list: QueueListName, cursor: string | null = null): string {
  return `/moderation/queue?${new URLSearchParams({ list, ...(cursor === null ? {} : { cursor }) })}`;
}

export function caseHref(commentId: string, { list, cursor }: Pick<QueueShown, 'list' | 'cursor'>): string {
  return `/moderation/cases/${commentId}?${new URLSearchParams({ list, ...(cursor === null ? {} : { cursor }) })}`;
}

/** The three lists with how much waits in each. */
function Lists({ shown, frame }: { shown: QueueShown; frame: Frame }) {
  const { t, number } = frame.translator;
  return (
    <nav class="sort" aria-label={t('queue.lists')}>
      {QUEUE_LISTS.map((list) => (
        <a key={list} href={queueHref(list)} aria-current={list === shown.list ? 'page' : undefined}>
          {t(`list.${list}`)} <span class="number">{number(shown.counts[list])}</span>
        </a>
      ))}
    </nav>
  );
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

/** A rule that this forum no longer knows is told by its name in the log. */
export function ruleName(rule: string, { t, has }: Frame['translator']): string {
  const key = `rule.${rule}`;
  return has(key) ? t(key) : rule;
}

function Row({ item, shown, current, frame }: RowProps) {
  const { t } = frame.translator;
  const { comment } = item;
  const text = (comment.body ?? '').replace(/\s+/g, ' ').slice(0, EXCERPT);
  const name = comment.author?.displayName ?? t('comment.somebody');
  return (
    <li class={comment.id === current ? 'row current' : 'row'} data-row={comment.id}>
      <label class="pick">
        <input type="checkbox" name="item" value={`${comment.id}:${comment.revision}`} />
        <span class="visually-hidden">{t('queue.pick', { name })}</span>
      </label>
      <a href={caseHref(comment.id, shown)} aria-current={comment.id === current ? 'true' : undefined}>
        <span class="row-head">
          <bdi>{name}</bdi>
          <TimeAgo at={item.since} translator={frame.translator} now={frame.now} />
        </span>
        <span class="row-text" dir="auto" lang={languageOf(text)}>
          {text}
        </span>
        <span class="row-why">{why(item, frame.translator).join(' · ')}</span>
      </a>
    </li>
  );
}

interface RowProps {
  readonly item: QueueItem;
  readonly shown: QueueShown;
  readonly current: string | null;
  readonly frame: Frame;
}

/** What many are ruled on with: one reason, one action, one press. */
function BulkBar({ shown, frame }: { shown: QueueShown; frame: Frame }) {
  const { t } = frame.translator;
  const actions =
    shown.list === 'rejected' ? (['restore', 'remove'] as const) : (['approve', 'reject', 'remove'] as const);
  const keys = { approve: 'A', restore: 'A', reject: 'R', remove: 'X' } as const;
  return (
    <fieldset class="bulk">
      <legend>
        {t('queue.bulk')} <span class="number" data-picked />
      </legend>
      <select name="reason" aria-label={t('decide.reason')}>
        <option value="">{t('decide.noReason')}</option>
        {REPORT_REASONS.map((reason) => (
          <option key={reason} value={reason}>
            {t(`reason.${reason}`)}
          </option>
        ))}
      </select>
      {actions.map((action) => (
        <button key={action} class="button quiet" type="submit" name="action" value={action} data-key={keys[action]}>
          {t(`action.${action}`)} <kbd>⇧{keys[action]}</kbd>
        </button>
      ))}
    </fieldset>
  );
}

/** The list: most urgent first, with a box at each for ruling on many at once. */
export function QueueList({ shown, current, frame }: Omit<RowProps, 'item'>) {
  const { t } = frame.translator;
  return (
    <section class="queue-list" aria-labelledby="queue-title">
      <h1 id="queue-title">{t('queue.title')}</h1>
      <Lists shown={shown} frame={frame} />
      {shown.items.length === 0 ? (
        <p class="empty">{t(`empty.${shown.list}`)}</p>
      ) : (
        <form method="post" action="/moderation/decisions" data-desk>
          <input type="hidden" name="list" value={shown.list} />
          <ol class="rows">
            {shown.items.map((item) => (
              <Row key={item.comment.id} item={item} shown={shown} current={current} frame={frame} />
            ))}
          </ol>
          <nav class="pages" aria-label={t('queue.more')}>
            {shown.cursor !== null && <a href={queueHref(shown.list)}>{t('queue.first')}</a>}
            {shown.next !== null && (
              <a rel="next" href={queueHref(shown.list, shown.next)}>
                {t('queue.more')}
              </a>
            )}
          </nav>
          <BulkBar shown={shown} frame={frame} />
        </form>
      )}
    </section>
  );
}
