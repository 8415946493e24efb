import type { Page } from '../../../libs/client/index.ts';
import type { DiscussedSite, ListedPage } from '../../views/post-list/post-list.query-types.ts';
import { postHref, SITES_PATH, siteHref } from '../shell/addresses.ts';
import { Document } from '../shell/document.tsx';
import type { Frame } from '../shell/frame.ts';
import { ShownAddress } from '../shell/shown-address.tsx';

/** The sites whose pages are discussed here. */
export function SitesPage({ frame, sites }: { readonly frame: Frame; readonly sites: readonly DiscussedSite[] }) {
  const { t } = frame.translator;
  return (
    <Document frame={frame} title={t('suitcase.pages')} known={{ path: SITES_PATH }}>
      <h1>{t('suitcase.pages')}</h1>
      {sites.length === 0 ? (
        <p class="empty">{t('sites.empty')}</p>
      ) : (
        <ol class="months">
          {sites.map(({ site, pages }) => (
            <li key={site}>
              <a href={siteHref(site)}>
                <bdi dir="ltr">
                  <ShownAddress url={site} />
                </bdi>{' '}
                <span class="count">{t('sites.pages', { count: pages })}</span>
              </a>
            </li>
          ))}
        </ol>
      )}
      <BackToArchive frame={frame} />
    </Document>
  );
}

interface SitePagesProps {
  readonly frame: Frame;
  readonly site: string;
  readonly pages: Page<ListedPage>;
  readonly isFirst: boolean;
}

/** The discussed pages of one site, each with its discussion here and its own address. */
export function SitePagesPage({ frame, site, pages: { items, next }, isFirst }: SitePagesProps) {
  const { t } = frame.translator;
  return (
    <Document frame={frame} title={site} known={{ path: siteHref(site) }}>
      <h1 class="site-address" dir="ltr">
        <ShownAddress url={site} />
      </h1>
      <ol class="written site-pages">
        {items.map(({ slug, title, locale, url, commentCount }) => (
          <li key={slug}>
            <h2 lang={locale} dir="auto">
              <a href={postHref({ slug })}>{title}</a>
            </h2>
            <p class="post-meta">
              <span>{t('posts.comments', { count: commentCount })}</span>
              <a class="page-address" href={url} rel="noopener nofollow" dir="ltr">
                <ShownAddress url={url} />
              </a>
            </p>
          </li>
        ))}
      </ol>
      {(next !== null || !isFirst) && (
        <nav class="pages" aria-label={t('suitcase.pages')}>
          {!isFirst && <a href={siteHref(site)}>{t('sites.first')}</a>}
          {next !== null && (
            <a rel="next" href={siteHref(site, next)}>
              {t('sites.next')}
            </a>
          )}
        </nav>
      )}
      <p class="aside">
        <a href={SITES_PATH}>{t('suitcase.pages')}</a>
      </p>
    </Document>
  );
}

function BackToArchive({ frame }: { readonly frame: Frame }) {
  return (
    <p class="aside">
      <a href="/archive">{frame.translator.t('archive.title')}</a>
    </p>
  );
}
