import type { FOUND_KINDS, SEARCH_SORTS } from '../../../libs/words/index.ts';
import type { UnknownNames } from './search.query-types.ts';

/** An author of a search: the accounts of that handle or shown name, and whoever has that name without one. */
export interface SoughtAuthor {
  readonly name: string;
  /** The members' ids in hex. */
  readonly members: readonly string[];
}

/** Where a page ends: `phase` is which of the two lists of a search by relevance it is in, `before` the number below which its stretch begins. */
export interface EntryPlace {
  readonly phase: number;
  readonly before: bigint;
  /** Where its stretch ends, when something of it was given; null for the end of all. */
  readonly until: bigint | null;
  /** The last of its stretch that was given; null for none. */
  readonly rank: { readonly score: number; readonly n: bigint } | null;
}

/** What is asked of the index; ids are in hex. */
export interface EntryAsked {
  /** What the search may mean, what is likelier first; what answers one of them is found. */
  readonly ways: readonly string[];
  readonly isTyping: boolean;
  readonly kinds: readonly (typeof FOUND_KINDS)[number][];
  readonly post: string | null;
  /** The ids of posts as a JSON list; null for all. */
  readonly posts: string | null;
  readonly authors: readonly SoughtAuthor[];
  readonly notAuthors: readonly SoughtAuthor[];
  readonly tag: string | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly sort: (typeof SEARCH_SORTS)[number];
  readonly limit: number;
  readonly after: EntryPlace;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export interface FoundEntry {
  readonly n: bigint;
  readonly id: string;
  readonly kind: number;
  readonly post: string;
}

export interface FoundEntries {
  readonly entries: readonly FoundEntry[];
  readonly next: EntryPlace | null;
}

/** `isTired` when as much was looked at as for one page: the rest is for the next one, however few were found. */
export interface FoundPage extends FoundEntries {
  readonly isTired: boolean;
}

/** The texts of one thing that was found, in Markdown. */
export interface TextsOfFound {
  readonly title: string;
  readonly body: string;
  /** Of a post: shown in place of the text where more of what is looked for stands in it. */
  readonly excerpt?: string;
}

export interface ShownTexts {
  readonly titleHtml: string;
  readonly highlightHtml: string;
}

/** Whether something that readers find is by these authors, and has this tag. */
export interface NamesAsked {
  readonly authors: readonly SoughtAuthor[];
  readonly tag: string | null;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export type SearchQuestion =
  | { readonly kind: 'find'; readonly file: string; readonly asked: EntryAsked }
  | { readonly kind: 'names'; readonly file: string; readonly asked: NamesAsked }
  | {
      readonly kind: 'show';
      readonly ways: readonly string[];
      readonly isTyping: boolean;
      readonly texts: readonly TextsOfFound[];
    };

/** `failed` says why the thread could not answer, for the server's log. */
export type SearchAnswer =
  | { readonly kind: 'found'; readonly found: FoundPage }
  | { readonly kind: 'unknown'; readonly names: UnknownNames }
  | { readonly kind: 'shown'; readonly shown: readonly ShownTexts[] }
  | { readonly kind: 'failed'; readonly reason: string };
