import type { SourcePlace } from '../source/source.ts';
import type { WxrTerms } from './wxr-terms.ts';

/** The values of one element's children by their usual names (`wp:post_id`); each trimmed, the first of each name. */
export type Fields = ReadonlyMap<string, string>;

export interface WxrCategory {
  /** `category`, `post_tag` or another taxonomy; null where WXR 1.0 wrote none. */
  readonly domain: string | null;
  readonly nicename: string | null;
  readonly name: string;
}

export interface WxrComment {
  readonly place: SourcePlace;
  readonly fields: Fields;
}

/** The comments of one item, in the file's order; they may wait outside of memory. */
export interface WxrComments extends Iterable<WxrComment> {
  readonly length: number;
  /** By its place among them. Throws RangeError when there is none. */
  at(index: number): WxrComment;
  /** None is asked for any more. */
  close(): void;
}

/** One `<item>`: a post, page, attachment, menu entry or whatever a plugin keeps as one. */
export interface WxrItem {
  readonly place: SourcePlace;
  readonly fields: Fields;
  readonly categories: readonly WxrCategory[];
  readonly comments: WxrComments;
}

/** The channel's statements about itself before its first item. */
export interface WxrSite {
  readonly fields: Fields;
  /** Display names by login. */
  readonly authors: ReadonlyMap<string, string>;
  readonly terms: Pick<WxrTerms, 'nicenames'>;
}
