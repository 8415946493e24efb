import { leaveOut, MOST_WARNINGS, type ReadingFound } from '../recording/report.ts';
import type { PageNaming } from '../source/page-naming.ts';
import type { Warn } from '../source/source.ts';
import { AT_A_TIME, type Gathered, type GatheredPage } from './gathered.ts';
import { NO_ADDRESS, placed, securedAddress, twinKey } from './page-places.ts';

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
  tellLeftOut(gathered, found);
}

function tellLeftOut({ leftOut }: Gathered, found: ReadingFound): void {
  const [empty, idle] = [leftOut.emptyPages(), leftOut.idlePages()];
  if (empty.count > 0) leaveOut(found, 'posts', 'page without comments', empty);
  if (idle.count > 0) leaveOut(found, 'posts', 'page whose comments are all left out', idle);
  for (const { why, ...left } of leftOut.comments()) {
    if (why === 'pingback') found.pingbacks += left.count;
    else leaveOut(found, 'comments', why, left);
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
  if ('url' in place) {
    const secured = securedAddress(place.url, naming);
    // Both, since the page may be here under the address of before.
    for (const url of secured === null ? [place.url] : [secured, place.url])
      gathered.join(page, twinKey(place.url), url);
    return;
  }
  if (page.article !== null && addresses.length === 0) return gathered.join(page, `topic ${page.key}`, null);
  const why = page.told === 0 && place.why === NO_ADDRESS ? UNTOLD : place.why;
  const at = { line: page.line, column: page.col };
  if (page.told === 0)
    warn(`comments stand under ${page.key || 'no page'}, which the file does not tell; left out`, at);
  const address = place.address || page.key;
  const places = [{ ...at, address }];
  leaveOut(found, 'posts', `page ${why}`, { count: 1, places });
  leaveOut(found, 'comments', `on a page ${why}`, { count: page.comments, places });
  const list = found.pages?.leftOut;
  if (list !== undefined && list.length < MOST_WARNINGS)
    list.push({ ...at, address, reason: why, comments: page.comments });
}
