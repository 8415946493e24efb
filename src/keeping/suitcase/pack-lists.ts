import type { ArchiveMonth, Page, PostSummary } from '../../../libs/client/index.ts';
import { renderPostAside } from '../../../libs/markdown/index.ts';
import { POSTS_A_PAGE, SITE_PAGES } from '../../../libs/words/index.ts';
import { ListPosts, type PostFilter } from '../../views/post-list/post-list.query-types.ts';
import { GetSite } from '../../views/site/site.query-types.ts';
import { archiveHtml, type ListPage, listHtml, tagsHtml } from '../../web/suitcase/list-pages.tsx';
import { ARCHIVE, monthFolder, numbered, TAGS, tagFolder } from '../../web/suitcase/places.ts';
import { sitePageHtml } from '../../web/suitcase/site-pages.tsx';
import type { SuitcasePages } from './suitcase-pages.ts';

/** The lists of posts: the newest, by month, by tag; and the feeds of those that have some. */
export async function packLists(
  pages: SuitcasePages,
  {
    months,
    tags,
    hasPosts,
  }: { readonly months: readonly ArchiveMonth[]; readonly tags: readonly string[]; readonly hasPosts: boolean },
): Promise<void> {
  // A forum that is only embedded begins with the pages that are discussed.
  if (hasPosts || !pages.sheet.hasPages) await packList(pages, { of: { kind: 'all' }, folder: '', filter: {} });
  await pages.feeds('', () => pages.forum.feeds.ofSite());
  await pages.write(ARCHIVE, archiveHtml(pages.sheet, months));
  for (const { month } of months) {
    await packList(pages, { of: { kind: 'month', month }, folder: `${monthFolder(month)}/`, filter: { month } });
  }
  await pages.write(TAGS, tagsHtml(pages.sheet, tags));
  for (const tag of tags) {
    await packList(pages, { of: { kind: 'tag', tag }, folder: `${tagFolder(tag)}/`, filter: { tag } });
    await pages.feeds(`${tagFolder(tag)}/`, () => pages.forum.feeds.ofTag(tag));
  }
}

async function packList(
  pages: SuitcasePages,
  { of, folder, filter }: { readonly of: ListPage['of']; readonly folder: string; readonly filter: PostFilter },
): Promise<void> {
  const { queries, at } = pages.forum;
  let cursor: string | null = null;
  for (let number = 1; ; number += 1) {
    const { items: posts, next }: Page<PostSummary> = await queries.execute(
      new ListPosts(filter, { limit: POSTS_A_PAGE, cursor }, null, at),
    );
    const html = listHtml(pages.sheet, { of, folder, number, posts, isLast: next === null });
    await pages.write(numbered(folder, number), html);
    if (next === null) return;
    cursor = next;
  }
}

/** The pages about the forum. */
export async function packSitePages(pages: SuitcasePages): Promise<void> {
  const { pages: texts } = await pages.forum.queries.execute(new GetSite());
  for (const page of SITE_PAGES) {
    if (!pages.sheet.pages.has(page)) continue;
    const text = texts[page];
    await pages.write(
      `${page}.html`,
      sitePageHtml(pages.sheet, page, text === null ? null : await renderPostAside(text)),
    );
  }
}
