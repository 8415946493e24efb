import { isUuid, rememberedLast } from '../../../libs/kernel/index.ts';
import { type LinkedQuote, linkedQuotes } from '../../../libs/markdown/index.ts';

export interface Quoted extends LinkedQuote {
  readonly commentIds: readonly string[];
}

/**
 * The quotations of comments in a post. While an issue is sent it is asked for them every few seconds, so the last post is not
 * read through again until its text is another one.
 */
export const quotesOfComments = rememberedLast((body): readonly Quoted[] =>
  body.includes('#comment-') ? linkedQuotes(body, isOfComment).map(asQuoted) : [],
);

/** The id of the comment that a link leads to; null for every other link. */
function commentOf(link: string): string | null {
  const id = /#comment-([0-9a-f-]{36})$/i.exec(link)?.[1]?.toLowerCase() ?? '';
  return isUuid(id) ? id : null;
}

function isOfComment(link: string): boolean {
  return commentOf(link) !== null;
}

function asQuoted(quote: LinkedQuote): Quoted {
  return { ...quote, commentIds: quote.links.flatMap((link) => commentOf(link) ?? []) };
}
