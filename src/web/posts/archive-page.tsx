import type { ArchiveMonth } from '../../../libs/client/index.ts';
import { SITES_PATH } from '../shell/addresses.ts';
import { Document } from '../shell/document.tsx';
import type { Frame } from '../shell/frame.ts';
import { monthName, yearName } from '../shell/i18n/moments.ts';
import type { Translator } from '../shell/i18n/translate.ts';
import { FindPosts } from './find-posts.tsx';

function byYear(months: readonly ArchiveMonth[]): readonly (readonly [string, readonly ArchiveMonth[]])[] {
  return [...Map.groupBy(months, ({ month }) => month.slice(0, 4))];
}

/** Every month with posts, with how many. */
export function ArchivePage({
  frame,
  months,
  hasSites,
}: {
  readonly frame: Frame;
  readonly months: readonly ArchiveMonth[];
  /** Whether pages of other sites are discussed here. */
  readonly hasSites: boolean;
}) {
  const { translator } = frame;
  const { t } = translator;
  return (
    <Document frame={frame} title={t('archive.title')} known={{ path: '/archive' }}>
      <h1>{t('archive.title')}</h1>
      <FindPosts frame={frame} />
      {hasSites && (
        <p>
          <a href={SITES_PATH}>{t('suitcase.pages')}</a>
        </p>
      )}
      <Months months={months} translator={translator} />
    </Document>
  );
}

/** By year, with the number of posts of each month. */
export function Months({ months, translator }: { months: readonly ArchiveMonth[]; translator: Translator }) {
  const { t } = translator;
  return (
    <>
      {months.length === 0 && <p class="empty">{t('archive.empty')}</p>}
      {byYear(months).map(([year, ofYear]) => (
        <section key={year} aria-labelledby={`year-${year}`}>
          <h2 class="year" id={`year-${year}`}>
            {yearName(year, translator)}
          </h2>
          <ol class="months">
            {ofYear.map(({ month, count }) => (
              <li key={month}>
                <a href={`/archive/${month.replace('-', '/')}`}>
                  <span>{monthName(month, translator)}</span> <span class="count">{t('archive.posts', { count })}</span>
                </a>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}
