import type { Page, PostSummary } from '../../../libs/client/index.ts';
import { NEWSLETTER_ARCHIVE_PATH, NEWSLETTER_PATH, postHref } from '../shell/addresses.ts';
import { Document } from '../shell/document.tsx';
import type { Frame } from '../shell/frame.ts';
import { date, yearName } from '../shell/i18n/moments.ts';

interface ArchivePageProps {
  readonly frame: Frame;
  readonly issues: Page<PostSummary>;
  /** Whether it is the first page. */
  readonly isFirst: boolean;
}

/** Every issue of the newsletter that has appeared, by year, newest first. */
export function NewsletterArchivePage({ frame, issues, isFirst }: ArchivePageProps) {
  const { translator, site } = frame;
  const { t } = translator;
  const known = isFirst ? { known: { path: NEWSLETTER_ARCHIVE_PATH } } : {};
  return (
    <Document frame={frame} title={t('newsletter.archive')} {...known}>
      <h1>{t('newsletter.archive')}</h1>
      {site.newsletter && (
        <p class="lead">
          <a href={NEWSLETTER_PATH}>{t('newsletter.submit')}</a>
        </p>
      )}
      {issues.items.length === 0 && <p class="empty">{t('issues.none')}</p>}
      {byYear(issues.items, translator.timeZone).map(([year, ofYear]) => (
        <section key={year} aria-labelledby={`year-${year}`}>
          <h2 class="year" id={`year-${year}`}>
            {yearName(year, translator)}
          </h2>
          <ol class="months">
            {ofYear.map((post) => (
              <li key={post.id}>
                <a href={postHref(post)}>
                  <span dir="auto" lang={post.locale}>
                    {post.title}
                  </span>{' '}
                  <span class="count">{date(post.publishedAt, { translator, isLocal: false })}</span>
                </a>
              </li>
            ))}
          </ol>
        </section>
      ))}
      {issues.next !== null && (
        <p>
          <a href={`${NEWSLETTER_ARCHIVE_PATH}?cursor=${encodeURIComponent(issues.next)}`}>{t('posts.older')}</a>
        </p>
      )}
    </Document>
  );
}

function byYear(
  issues: readonly PostSummary[],
  timeZone: string,
): readonly (readonly [string, readonly PostSummary[]])[] {
  const years = new Intl.DateTimeFormat('en', { year: 'numeric', timeZone });
  return [...Map.groupBy(issues, ({ publishedAt }) => years.format(new Date(publishedAt)))];
}
