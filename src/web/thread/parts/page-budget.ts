import type { Comment } from '../../../../libs/client/shapes.ts';

/** The most elements of a page with a discussion, however long that is. */
export const MOST_ELEMENTS = 1_500;
/** The elements around the comments: head, time machine, forms, foot. */
const AROUND = 170;
/** The elements left for comments that come while the page is read. */
const FOR_ARRIVALS = 180;
/** The least number of elements for comments, so that a long post leaves room for some. */
const LEAST = 400;

/** The elements of a comment beside its text, with a member's actions. */
const OF_A_COMMENT = 21;
/** The elements of the list of its answers. */
const OF_ANSWERS = 8;

/** Elements in HTML that the server made. */
export function elementsIn(html: string): number {
  return html.match(/<[a-z]/g)?.length ?? 0;
}

/** The number of a comment's elements on the page, rather too high than too low. */
export function elementsOf({ bodyHtml, replyCount }: Pick<Comment, 'bodyHtml' | 'replyCount'>): number {
  return OF_A_COMMENT + (replyCount > 0 ? OF_ANSWERS : 0) + elementsIn(bodyHtml ?? '');
}

/** The number of these comments that fit on a page beside its post: at least one. */
export function fittingOn(postHtml: string, comments: readonly Pick<Comment, 'bodyHtml' | 'replyCount'>[]): number {
  let room = Math.max(LEAST, MOST_ELEMENTS - AROUND - FOR_ARRIVALS - elementsIn(postHtml));
  const over = comments.findIndex((comment) => {
    room -= elementsOf(comment);
    return room < 0;
  });
  return over === -1 ? comments.length : Math.max(1, over);
}
