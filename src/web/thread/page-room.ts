import type { Comment } from '../../../libs/client/index.ts';
import { fittingOn } from './parts/page-budget.ts';

/** How much of a thread a page shows: conversations, comments at all depths, and the first answers of one conversation. */
export const A_PAGE = { limit: 50, most: 50, answers: 10 } as const;

/** A page with as many comments as fit: a shorter one that ends before a comment holds other comments. */
export async function withRoom<Page>(
  postHtml: string,
  {
    sizeOf,
    read,
    itemsOf,
  }: {
    readonly sizeOf: (comment: Comment) => number;
    readonly read: (most: number) => Promise<Page>;
    readonly itemsOf: (page: Page) => readonly Comment[];
  },
): Promise<Page> {
  for (let most: number = A_PAGE.most; ; ) {
    const page = await read(most);
    const fits = fittingOn(postHtml, itemsOf(page), sizeOf);
    if (fits >= itemsOf(page).length || fits >= most) return page;
    most = fits;
  }
}
