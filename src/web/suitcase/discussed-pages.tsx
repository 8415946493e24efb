import type { ListedPost } from '../../views/post-list/post-list.query-types.ts';
import { postHref } from '../shell/addresses.ts';
import { ShownAddress } from '../shell/shown-address.tsx';
import { HOME, hostFolder, numbered, ownHref, PAGES, PAGES_FOLDER } from './places.ts';
import { type Sheet, SheetPage, sheetHtml } from './sheet.tsx';

/** A page of another site that is discussed. */
export type DiscussedPage = Pick<ListedPost, 'slug' | 'title' | 'locale' | 'url' | 'commentCount'>;

/** One page of the list of those of a site. */
export interface PagesOfSite {
  /** Its folder, with a slash at its end. */
  readonly folder: string;
  readonly host: string;
  /** From 1 on. */
  readonly number: number;
  readonly pages: readonly DiscussedPage[];
  readonly isLast: boolean;
  /** True for the first page of a forum without posts of its own. */
  readonly isHome: boolean;
}

/** The site of a page; empty where its address is not known. */
export function hostOf(url: string | null): string {
  return URL.parse(url ?? '')?.host ?? '';
}

/** The discussed pages of a site, each with its address. */
export function pagesHtml(sheet: Sheet, { folder, host, number, pages, isLast, isHome }: PagesOfSite): string {
  const { t } = sheet.frame.translator;
  const title = folder === PAGES_FOLDER ? t('suitcase.pages') : host || t('suitcase.pages');
  return sheetHtml(
    <SheetPage sheet={sheet} title={isHome ? null : title} file={isHome ? HOME : numbered(folder, number)}>
      <h1 dir="auto">{title}</h1>
      <ol class="discussed">
        {pages.map((page) => (
          <Discussed key={page.slug} page={page} sheet={sheet} />
        ))}
      </ol>
      {(number > 1 || !isLast) && (
        <nav class="pages" aria-label={t('posts.pages')}>
          {number > 1 && <a href={ownHref(numbered(folder, number - 1))}>{t('thread.previousPage')}</a>}
          {!isLast && (
            <a rel="next" href={ownHref(numbered(folder, number + 1))}>
              {t('thread.nextPage')}
            </a>
          )}
        </nav>
      )}
      {folder !== PAGES_FOLDER && (
        <p class="aside">
          <a href={ownHref(PAGES)}>{t('suitcase.pages')}</a>
        </p>
      )}
    </SheetPage>,
  );
}

function Discussed({ page, sheet }: { page: DiscussedPage; sheet: Sheet }) {
  const { t } = sheet.frame.translator;
  const { slug, title, locale, url, commentCount: count } = page;
  return (
    <li>
      <a class="discussed-title" href={postHref({ slug })} lang={locale} dir="auto">
        {title}
      </a>{' '}
      <span class="count">{t('posts.comments', { count })}</span>
      <DiscussedAt url={url} />
    </li>
  );
}

/** Where a page of another site stands. */
export function DiscussedAt({ url }: { url: string | null }) {
  if (url === null) return null;
  return (
    <a class="page-address" href={url} rel="noopener nofollow" dir="ltr">
      <ShownAddress url={url} />
    </a>
  );
}

/** The sites whose pages are discussed. */
export function sitesHtml(
  sheet: Sheet,
  {
    sites,
    isHome,
  }: { readonly sites: readonly { readonly host: string; readonly count: number }[]; readonly isHome: boolean },
): string {
  const { t } = sheet.frame.translator;
  return sheetHtml(
    <SheetPage sheet={sheet} title={isHome ? null : t('suitcase.pages')} file={isHome ? HOME : PAGES}>
      <h1>{t('suitcase.pages')}</h1>
      <ul class="discussed">
        {sites.map(({ host, count }) => (
          <li key={host}>
            <a class="discussed-title" href={ownHref(numbered(hostFolder(host), 1))} dir="auto">
              {host || t('suitcase.pages')}
            </a>{' '}
            <span class="count">{count}</span>
          </li>
        ))}
      </ul>
    </SheetPage>,
  );
}
