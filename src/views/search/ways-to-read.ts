import { waysToRead } from '../../../libs/burmese/index.ts';
import { DomainError } from '../../../libs/kernel/index.ts';
import { parseSearch, type Search } from '../../../libs/search/index.ts';

/** What a search may mean, as it can be searched, what is likelier first: Burmese may be typed in Zawgyi. Throws DomainError invalid. */
export function waysOf(q: string, how: { readonly isTyping: boolean }): readonly string[] {
  parseSearch(q, how);
  return waysToRead(q).filter((way) => way === q || isSearch(way));
}

/** In another way it may have too many letters. */
function isSearch(way: string): boolean {
  try {
    return parseSearch(way).all.length > 0;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}

/** The searches as one that has the words of each to mark. */
export function markedBy(searches: readonly Search[]): Search {
  const all = searches.flatMap((search) => search.all);
  return { all, none: [], authors: [], notAuthors: [] };
}
