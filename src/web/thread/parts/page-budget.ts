import type { Comment } from '../../../../libs/client/shapes.ts';

/** Elements of a page with a discussion at most, however long that is. */
export const MOST_ELEMENTS = 1_500;
/** What stands around the comments: head, time machine, forms, foot. */
const AROUND = 170;
/** Elements that are left for what comes while the page is read. */
const FOR_ARRIVALS = 180;
/** A long post leaves room for some comments too. */
const LEAST = 400;

/** Elements of a comment beside its text, with what a member can do with it. */
const OF_A_COMMENT = 21;
/** Those of the list of its answers. */
const OF_ANSWERS = 8;

/** Elements in HTML that the server made. */
export function elementsIn(html: string): number {
  return html.match(/<[a-z]/g)?.length ?? 0;
}

/** How many elements a comment is on the page, rather too many than too few. */
export function elementsOf({ bodyHtml, replyCount }: Pick<Comment, 'bodyHtml' | 'replyCount'>): number {
  return OF_A_COMMENT + (replyCount > 0 ? OF_ANSWERS : 0) + elementsIn(bodyHtml ?? '');
}

/** How many of these comments a page has room for beside its post: one at least. */
export function fittingOn(postHtml: string, comments: readonly Pick<Comment, 'bodyHtml' | 'replyCount'>[]): number {
  let room = Math.max(LEAST, MOST_ELEMENTS - AROUND - FOR_ARRIVALS - elementsIn(postHtml));
  const over = comments.findIndex((comment) => {
    room -= elementsOf(comment);
    return room < 0;
  });
  return over === -1 ? comments.length : Math.max(1, over);
}
