import { Query } from '@nestjs/cqrs';
import type { FoundText, Page } from '../../../libs/client/index.ts';
import { DomainError, type Position } from '../../../libs/kernel/index.ts';
import { changesOf } from '../../../libs/projections/index.ts';
import type { FOUND_KINDS, SEARCH_SORTS } from '../../../libs/words/index.ts';

/** The words of a text came, went, or are found by fewer or more. */
export type WordsChanged = 'words';
export const searchChanges = changesOf<WordsChanged>('search');

export interface SearchFilter {
  readonly kinds: readonly (typeof FOUND_KINDS)[number][];
  /** The post, or the post of the comments, by its id or slug. */
  readonly post?: string;
  /** A handle, the whole name that a member shows, or a name of somebody without an account. */
  readonly author?: string;
  readonly tag?: string;
  /** An origin, or OWN_SITE. */
  readonly site?: string;
  /** Milliseconds since 1970; `to` itself is left out. */
  readonly from?: number;
  readonly to?: number;
}

export interface TextsWish {
  readonly q: string;
  /** The last word may go on. */
  readonly isTyping: boolean;
  readonly filter: SearchFilter;
  readonly sort: (typeof SEARCH_SORTS)[number];
  readonly limit: number;
  readonly cursor: string | null;
}

/**
 * Posts and comments that everybody can read now, by their words, however the viewer stands. A page may have fewer than
 * `limit` and still a next one, since only so much is looked at for one. What was written up to `after` is found; anything newer may
 * take a moment, since no write waits for its words. Throws DomainError invalid (`q`, `cursor`), busy, not_caught_up, and
 * SearchBeingBuilt.
 */
export class SearchTexts extends Query<Page<FoundText>> {
  constructor(
    readonly wish: TextsWish,
    readonly now: string,
    readonly after: Position | null = null,
  ) {
    super();
  }
}

/** Of what a search names, what nothing has. */
export interface UnknownNames {
  readonly authors: readonly string[];
  readonly tag: string | null;
}

/** Whether somebody who wrote has each name of a search, and a post its tag. Throws DomainError invalid (`q`), busy, and SearchBeingBuilt. */
export class FindUnknownNames extends Query<UnknownNames> {
  constructor(
    readonly wish: Pick<TextsWish, 'q' | 'isTyping' | 'filter'>,
    readonly now: string,
  ) {
    super();
  }
}

/** When to ask again, in seconds. */
const AGAIN_S = 10;

/** There is no index yet: after an upgrade it is built beside everything else. */
export class SearchBeingBuilt extends DomainError {
  /** Of the building, from 0 to 99. */
  readonly percent: number;

  constructor(percent: number) {
    super('not_caught_up', `The search is being built: ${percent} %. All else can be used meanwhile.`, [], AGAIN_S);
    this.percent = percent;
  }
}
