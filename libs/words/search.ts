/** What a search may find. */
export const FOUND_KINDS = ['posts', 'comments'] as const;
export type FoundKind = (typeof FOUND_KINDS)[number];

/** The orders of what was found. */
export const SEARCH_SORTS = ['relevance', 'newest'] as const;
export type SearchSort = (typeof SEARCH_SORTS)[number];

/** Characters of a search. */
export const MOST_SEARCH_CHARACTERS = 1_000;
