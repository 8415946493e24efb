import { MOST_WARNINGS, type ReadingFound, skip } from '../recording/report.ts';
import type { PageNaming } from '../source/page-naming.ts';
import type { Warn } from '../source/source.ts';
import { AT_A_TIME, type Gathered, type GatheredPage } from './gathered.ts';
import { NO_ADDRESS, placed, twinKey } from './page-places.ts';

const UNTOLD = 'that the file does not tell';

/** Puts the pages that have comments into discussions: those that are one page into one. Tells what is left out. */
export function joinPages(
  gathered: Gathered,
  naming: PageNaming,
  { found, warn }: { found: ReadingFound; warn: Warn },
): void {
  let after = 0;
  for (let pages = gathered.pagesAfter(after); pages.length > 0; pages = gathered.pagesAfter(after)) {
    for (const page of pages) {
      join(page, gathered, naming, { found, warn });
      after = page.n;
    }
    if (pages.length < AT_A_TIME) break;
  }
  gathered.settle();
  for (const { parent, ...at } of gathered.liftOver(MOST_WARNINGS))
    warn(`the comment answers ${parent}, which stands on another page; put at the top`, at);
  const { empty, leftOut } = gathered.idlePages();
  if (empty > 0) skip(found.postsSkipped, 'page without comments', empty);
  if (leftOut > 0) skip(found.postsSkipped, 'page whose comments are all left out', leftOut);
  for (const { why, count } of gathered.leftOutAnyway()) {
    if (why === 'pingback') found.pingbacks += count;
    else skip(found.commentsSkipped, why, count);
  }
}

function join(
  page: GatheredPage,
  gathered: Gathered,
  naming: PageNaming,
  { found, warn }: { found: ReadingFound; warn: Warn },
): void {
  const addresses = gathered.addressesOf(page.n);
  const place = placed(addresses, page.site, naming);
  if ('url' in place) return gathered.join(page, twinKey(place.url), place.url);
  if (page.article !== null && addresses.length === 0) return gathered.join(page, `topic ${page.key}`, null);
  const why = page.told === 0 && place.why === NO_ADDRESS ? UNTOLD : place.why;
  const at = { line: page.line, column: page.col };
  if (page.told === 0)
    warn(`comments stand under ${page.key || 'no page'}, which the file does not tell; left out`, at);
  skip(found.postsSkipped, `page ${why}`);
  skip(found.commentsSkipped, `on a page ${why}`, page.comments);
  const list = found.pages?.leftOut;
  const address = place.address || page.key;
  if (list !== undefined && list.length < MOST_WARNINGS)
    list.push({ ...at, address, reason: why, comments: page.comments });
}
