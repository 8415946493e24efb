import type { Page, PublicLogEntry } from '../../../../libs/client/index.ts';
import { Document } from '../../shell/document.tsx';
import type { Frame } from '../../shell/frame.ts';
import { date } from '../../shell/i18n/moments.ts';
import { logEntryText, reasonText } from './log-words.ts';

interface PublicLogProps {
  readonly frame: Frame;
  readonly page: Page<PublicLogEntry>;
}

function Entry({ entry, frame }: { entry: PublicLogEntry; frame: Frame }) {
  const { translator } = frame;
  const { t } = translator;
  const reason = reasonText(entry.kind, entry.reason, translator);
  return (
    <li>
      {logEntryText(entry, translator)}
      {reason !== '' && <span class="badge">{reason}</span>}
      {entry.undone && <span class="badge">{t('decided.undone')}</span>}{' '}
      <span class="hint">{entry.byPolicy ? t('policy.title') : t('modlog.byModerator')}</span>
    </li>
  );
}

/** The moderation log for readers: day by day, without names, texts, or links to them. */
export function PublicLogPage({ frame, page }: PublicLogProps) {
  const { translator } = frame;
  const { t } = translator;
  const days = [...new Set(page.items.map(({ day }) => day))];
  return (
    <Document frame={frame} title={t('modlog.public')} known={{ path: '/moderation-log' }}>
      <h1>{t('modlog.public')}</h1>
      <p class="lead">{t('modlog.publicText')}</p>
      {page.items.length === 0 && <p class="empty">{t('modlog.publicEmpty')}</p>}
      {days.map((day) => (
        <section key={day} class="public-log" aria-labelledby={`day-${day}`}>
          <h2 id={`day-${day}`}>
            {/* No <time> here: a day has no hour to tell in the reader's zone. */}
            {date(day, { translator, isLocal: false })}
          </h2>
          <ul>
            {page.items
              .filter((entry) => entry.day === day)
              .map((entry, at) => (
                <Entry key={at} entry={entry} frame={frame} />
              ))}
          </ul>
        </section>
      ))}
      {page.next !== null && (
        <nav class="pages" aria-label={t('queue.more')}>
          <a rel="next" href={`/moderation-log?${new URLSearchParams({ cursor: page.next })}`}>
            {t('queue.more')}
          </a>
        </nav>
      )}
    </Document>
  );
}
