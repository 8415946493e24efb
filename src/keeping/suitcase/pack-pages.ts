import type { ListedPost } from '../../views/post-list/post-list.query-types.ts';
import { type DiscussedPage, hostOf, pagesHtml, sitesHtml } from '../../web/suitcase/discussed-pages.tsx';
import { HOME, hostFolder, numbered, PAGES, PAGES_FOLDER } from '../../web/suitcase/places.ts';
import type { SuitcasePages } from './suitcase-pages.ts';

/** Pages of other sites in one list. */
const A_PAGE = 100;

interface Discussed {
  readonly pages: readonly ListedPost[];
  /** Of a forum that is only embedded, their list is the first page of all. */
  readonly isHome: boolean;
}

/** The list of discussed pages of other sites, the newest discussion first: by site where there are several. */
export async function packPages(to: SuitcasePages, { pages, isHome }: Discussed): Promise<void> {
  if (pages.length === 0) return;
  const sites = Map.groupBy(pages.toReversed(), ({ url }) => hostOf(url));
  const isOne = sites.size === 1;
  for (const [host, ofHost] of sites) {
    const folder = isOne ? PAGES_FOLDER : hostFolder(host);
    await packSite(to, { folder, host, pages: ofHost, isHome: isHome && isOne });
  }
  if (isOne) return;
  const counted = [...sites].map(([host, { length }]) => ({ host, count: length }));
  counted.sort((a, b) => b.count - a.count);
  await to.write(PAGES, sitesHtml(to.sheet, { sites: counted, isHome: false }));
  if (isHome) await to.write(HOME, sitesHtml(to.sheet, { sites: counted, isHome }));
}

interface OfSite {
  readonly folder: string;
  readonly host: string;
  readonly pages: readonly DiscussedPage[];
  readonly isHome: boolean;
}

async function packSite(to: SuitcasePages, { pages, isHome, ...site }: OfSite): Promise<void> {
  const last = Math.ceil(pages.length / A_PAGE);
  for (let number = 1; number <= last; number += 1) {
    const shown = pages.slice((number - 1) * A_PAGE, number * A_PAGE);
    const list = { ...site, number, pages: shown, isLast: number === last, isHome: false };
    await to.write(numbered(site.folder, number), pagesHtml(to.sheet, list));
    if (isHome && number === 1) await to.write(HOME, pagesHtml(to.sheet, { ...list, isHome }));
  }
}
