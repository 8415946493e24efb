import { type QueueItem } from '../../../../libs/client/index.ts';
import { QUEUE_LISTS, type QueueListName, REPORT_REASONS } from '../../../../libs/words/index.ts';
import type { QueueCounts } from '../../../views/moderation-queue/queue.query-types.ts';
import type { Frame } from '../../shell/frame.ts';
import { PostForm } from '../../shell/post-form.tsx';
import { sitesOf } from '../site-choice.ts';
import { type ListPlace, placeQuery, QueueRow } from './queue-row.tsx';

export interface QueueShown {
  readonly list: QueueListName;
  readonly items: readonly QueueItem[];
  readonly counts: QueueCounts;
  /** The cursors of this page and of the next one. */
  readonly cursor: string | null;
  readonly next: string | null;
  /** The site whose comments are shown; null for all. */
  readonly site: string | null;
}

export function queueHref({ list, cursor = null, site = null }: Partial<ListPlace> & Pick<ListPlace, 'list'>): string {
  return `/moderation/queue?${placeQuery({ list, cursor, site })}`;
}

/** The three lists with the number of waiting comments in each. */
function Lists({ shown, frame }: { shown: QueueShown; frame: Frame }) {
  const { t, number } = frame.translator;
  return (
    <nav class="sort" aria-label={t('queue.lists')}>
      {QUEUE_LISTS.map((list) => (
        <a
          key={list}
          href={queueHref({ list, site: shown.site })}
          aria-current={list === shown.list ? 'page' : undefined}
        >
          {t(`list.${list}`)}{' '}
          <span class="number" data-count={list}>
            {number(shown.counts[list])}
          </span>
        </a>
      ))}
    </nav>
  );
}

/** One site's comments alone, where the forum serves several. */
function Sites({ shown: { list, site }, frame }: { shown: QueueShown; frame: Frame }) {
  const sites = sitesOf(frame);
  const { t } = frame.translator;
  if (sites.length === 0) return null;
  return (
    <form class="filters site-filter" method="get" action="/moderation/queue">
      <input type="hidden" name="list" value={list} />
      <select name="site" aria-label={t('modlog.site')}>
        <option value="">{t('site.all')}</option>
        {sites.map(([origin, name]) => (
          <option key={origin} value={origin} selected={origin === site}>
            {name}
          </option>
        ))}
      </select>
      <button class="button quiet" type="submit">
        {t('modlog.filter')}
      </button>
    </form>
  );
}

interface ListProps {
  readonly shown: QueueShown;
  readonly current: string | null;
  readonly frame: Frame;
}

/** The bar for bulk decisions: one reason, one action, one press. */
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

/** The list, most urgent first, with a box at each for bulk decisions. */
export function QueueList({ shown, current, frame }: ListProps) {
  const { t } = frame.translator;
  return (
    <section class="queue-list" aria-labelledby="queue-title">
      <div class="queue-head">
        <h1 id="queue-title" tabIndex={-1}>
          {t('queue.title')}
        </h1>
        <button class="pill" type="button" data-news data-key="n" hidden />
      </div>
      <Sites shown={shown} frame={frame} />
      <Lists shown={shown} frame={frame} />
      {shown.items.length === 0 ? (
        <p class="empty">{t(`empty.${shown.list}`)}</p>
      ) : (
        <PostForm action="/moderation/decisions" data-queue>
          <input type="hidden" name="list" value={shown.list} />
          {shown.site !== null && <input type="hidden" name="site" value={shown.site} />}
          <ol class="rows">
            {shown.items.map((item) => (
              <QueueRow key={item.comment.id} item={item} place={shown} current={current} frame={frame} />
            ))}
          </ol>
          <nav class="pages" aria-label={t('queue.more')}>
            {shown.cursor !== null && <a href={queueHref({ ...shown, cursor: null })}>{t('queue.first')}</a>}
            {shown.next !== null && (
              <a rel="next" href={queueHref({ ...shown, cursor: shown.next })}>
                {t('queue.more')}
              </a>
            )}
          </nav>
          <BulkBar shown={shown} frame={frame} />
        </PostForm>
      )}
    </section>
  );
}
