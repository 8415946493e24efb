import type { ImportReason } from '../../../libs/words/index.ts';
import type { SourcePlace } from './source.ts';

/** The outcome of a comment, by its kind and its state in the source. */
export type Fate =
  | { readonly kind: 'brought'; readonly held: boolean }
  | { readonly kind: 'pingback' }
  | { readonly kind: 'skipped'; readonly why: ImportReason };

/** How a source writes texts: HTML, HTML in which line ends count, Markdown in which HTML may stand, or no markup. */
export type TextForm = 'html' | 'html with lines' | 'markdown' | 'plain';

/** A comment in the words of all sources: what the importer needs to put it into a thread and to record it. */
export interface SourceComment {
  readonly place: SourcePlace;
  /** Its id in the source. */
  readonly id: string;
  /** The id of the comment that it answers; null at the top. */
  readonly answers: string | null;
  readonly fate: Fate;
  readonly author: SourceName;
  /** RFC 3339; null when the source does not say it. */
  readonly at: string | null;
  readonly text: string;
  readonly form: TextForm;
  /** Of two comments with one id, these tell whether they are the same. */
  readonly said: readonly string[];
  /** The id that it had in WordPress, from where it came to the source; another export may tell it too. */
  readonly wordpressId?: string;
}

/** The name, the e-mail address and the page of a commenter, as given; empty where there is none. */
export interface SourceName {
  readonly name: string;
  readonly email: string;
  readonly url: string;
}

/** The comments of one discussion, in the file's order; they may wait outside of memory. */
export interface SourceComments extends Iterable<SourceComment> {
  readonly length: number;
  /** By its place among them. Throws RangeError when there is none. */
  at(index: number): SourceComment;
  /** None is asked for any more. */
  close(): void;
}
