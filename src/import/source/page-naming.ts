import type { pageAddress } from '../../domain/post/page-address.ts';

/** A page of an export, which an earlier one may have brought. */
export interface PageAsked {
  /** The name of its source, and its id there. */
  readonly site: string;
  readonly id: string;
  /** Addresses that may name it, the likeliest first; each as `pageAddress` gives it. */
  readonly addresses: readonly string[];
}

/** What stands at a page already: a post of this forum that was there before, or a page that is discussed. */
export interface KnownPlace {
  readonly postId: string;
  /** The address of a page of another site; null for a post of this forum. */
  readonly url: string | null;
}

/** What the forum has at these pages, in their order; null for nothing. */
export type PlacesOf = (pages: readonly PageAsked[]) => Promise<readonly (KnownPlace | null)[]>;

/** How the pages of an export are told apart and named. Plain data. */
export interface PageNaming {
  /** What an admin says about the addresses of pages. */
  readonly rules: Required<NonNullable<Parameters<typeof pageAddress>[1]>>;
  /** The language of pages, which no export tells. */
  readonly locale: string;
  /** Where a site stands, by the name that the export gives it; the empty name stands for all others. */
  readonly sites: Readonly<Record<string, string>>;
  /** Bring also pages on this machine, in private networks, of caches and of translators. */
  readonly local: boolean;
}
