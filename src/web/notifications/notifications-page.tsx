import type { Notification, NotificationList } from '../../../libs/client/index.ts';
import type { NotificationFilter } from '../../views/notifications/notifications.query-types.ts';
import { Document } from '../shell/document.tsx';
import { Done, type DoneAct } from '../shell/done.tsx';
import type { Frame } from '../shell/frame.ts';
import { languageOf } from '../shell/i18n/language-of.ts';
import { PostForm } from '../shell/post-form.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';
import { toldPath, toldWords } from './told-words.ts';

interface NotificationsPageProps {
  readonly frame: Frame;
  readonly list: NotificationList;
  readonly filter: NotificationFilter;
  /** Why staff decided so, in words, by the position of the notification. */
  readonly reasons: ReadonlyMap<string, string>;
  readonly done: DoneAct | null;
}

function Item({ item, reason, frame }: { item: Notification; reason: string | undefined; frame: Frame }) {
  const { translator } = frame;
  const { t } = translator;
  const words = toldWords(item, translator);
  return (
    <li class={item.read ? 'entry' : 'entry unread'} data-position={item.read ? undefined : item.position}>
      <div>
        <h2 dir="auto">
          <a href={toldPath(item)} data-told>
            {words}
          </a>{' '}
          {!item.read && <span class="badge">{t('told.isUnread')}</span>}
        </h2>
        {item.comment?.excerpt && (
          <p class="told-words" dir="auto" lang={item.comment.language ?? languageOf(item.comment.excerpt)}>
            {item.comment.excerpt}
          </p>
        )}
        {reason && (
          <p class="told-words" dir="auto">
            {t('told.reason', { reason })}
          </p>
        )}
        {item.statement && (
          <blockquote class="quoted told-words" dir="auto" lang={languageOf(item.statement)}>
            {item.statement}
          </blockquote>
        )}
        <p class="hint">
          <TimeAgo at={item.at} translator={translator} now={frame.now} />
        </p>
      </div>
      {item.post !== null && (
        <PostForm action="/notifications/attention">
          <input type="hidden" name="post" value={item.post.id} />
          <button class="button quiet" type="submit" aria-label={`${t('told.mute')}: ${item.post.title}`}>
            {t('told.mute')}
          </button>
        </PostForm>
      )}
    </li>
  );
}

/** What the member was told of, newest first. */
export function NotificationsPage({ frame, list, filter, reasons, done }: NotificationsPageProps) {
  const { translator } = frame;
  const { t } = translator;
  const { items, next, unread } = list;
  const newest = items[0];
  const query = filter === 'unread' ? 'filter=unread&' : '';
  const which = (href: string, name: 'told.all' | 'told.unread', isCurrent: boolean) => (
    <a href={href} aria-current={isCurrent ? 'page' : undefined}>
      {t(name)}
    </a>
  );
  return (
    <Document frame={frame} title={t('nav.notifications')} styles={['account.css']} scripts={['inbox.js']}>
      <h1>{t('nav.notifications')}</h1>
      <Done done={done} translator={translator} />
      <nav class="sort" aria-label={t('told.which')}>
        {which('/notifications', 'told.all', filter === 'all')}
        {which('/notifications?filter=unread', 'told.unread', filter === 'unread')}
      </nav>
      <p data-told-new hidden>
        <a href="/notifications">{t('told.new')}</a>
      </p>
      {newest !== undefined && unread > 0 && (
        <PostForm class="mark-read" action="/notifications/read">
          <input type="hidden" name="upTo" value={newest.position} />
          <button class="button" type="submit">
            {t('told.markRead')}
          </button>
        </PostForm>
      )}
      {items.length === 0 && <p class="lead">{t(filter === 'unread' ? 'told.noneUnread' : 'told.none')}</p>}
      <ul class="entries" data-inbox={frame.member?.id} data-unread={unread}>
        {items.map((item) => (
          <Item key={item.position} item={item} reason={reasons.get(item.position)} frame={frame} />
        ))}
      </ul>
      {next !== null && (
        <p>
          <a href={`/notifications?${query}cursor=${encodeURIComponent(next)}`}>{t('told.older')}</a>
        </p>
      )}
      <p class="aside links">
        <a href="/settings/notifications">{t('told.choose')}</a>
        <a href="/settings/attention">{t('attention.title')}</a>
        <a href="/drafts">{t('drafts.title')}</a>
        <a href="/bookmarks">{t('bookmarks.title')}</a>
      </p>
    </Document>
  );
}
