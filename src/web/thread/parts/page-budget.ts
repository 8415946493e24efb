import type { Comment, Post } from '../../../../libs/client/shapes.ts';
import { isModerator } from '../../../../libs/words/index.ts';
import type { ThreadPageInfo } from './context.ts';

/** The most elements of a page with a discussion, however long that is. */
export const MOST_ELEMENTS = 1_500;
/** Elements around the comments: head, time machine, forms, foot. */
const AROUND = 140;
/** Elements that are left for what comes while the page is read. */
const FOR_ARRIVALS = 130;
/** A long post leaves room for some comments too. */
const LEAST = 400;
/** Elements of a post that stands whole on each page of its discussion; a longer one does on the first page alone. */
const SHORT_POST = 150;

/** Elements of a comment beside its text and the reactions to it, with what its reader can do with it. */
const OF_A_COMMENT = { visitor: 17, member: 24, moderator: 26 } as const;
/** Those that tell of a translation of it. */
const OF_A_TRANSLATION = 7;
/** Those of the list of its answers. */
const OF_ANSWERS = 8;

type Counted = Pick<Comment, 'bodyHtml' | 'replyCount' | 'reactions' | 'translations'>;

/** How many elements a comment is on a reader's page, rather too many than too few. */
export type Sizing = (comment: Counted) => number;

export function sizingFor(viewer: Pick<NonNullable<ThreadPageInfo['viewer']>, 'roles'> | null): Sizing {
  const own = OF_A_COMMENT[viewer === null ? 'visitor' : isModerator(viewer.roles) ? 'moderator' : 'member'];
  return ({ bodyHtml, replyCount, reactions, translations = [] }) => {
    const given = Object.values(reactions).filter((count) => count > 0).length;
    const translated = OF_A_TRANSLATION * translations.length;
    return own + given + translated + (replyCount > 0 ? OF_ANSWERS : 0) + elementsIn(bodyHtml ?? '');
  };
}

/** Elements in HTML that the server made. */
export function elementsIn(html: string): number {
  return html.match(/<[a-z]/g)?.length ?? 0;
}

/** The part of a post that stands on a page of its discussion, as HTML. */
export function postHtmlOn(
  { cursor }: Pick<ThreadPageInfo, 'cursor'>,
  { bodyHtml, excerptHtml }: Pick<Post, 'bodyHtml' | 'excerptHtml'>,
): string {
  return cursor === null || elementsIn(bodyHtml) <= SHORT_POST ? bodyHtml : excerptHtml;
}

/** How many of these comments a page has room for beside its post: one at least. */
export function fittingOn<One extends Counted>(
  postHtml: string,
  comments: readonly One[],
  sizeOf: (comment: One) => number,
): number {
  let room = Math.max(LEAST, MOST_ELEMENTS - AROUND - FOR_ARRIVALS - elementsIn(postHtml));
  const over = comments.findIndex((comment) => {
    room -= sizeOf(comment);
    return room < 0;
  });
  return over === -1 ? comments.length : Math.max(1, over);
}
