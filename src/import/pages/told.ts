import type { SourcePlace, Warn } from '../source/source.ts';
import type { SourceComment } from '../source/source-comment.ts';

/** A page of another site that an export tells, or a topic that becomes a post of this forum. */
export interface ToldPage {
  readonly place: SourcePlace;
  /** Its key in the export, which comments name. */
  readonly key: string;
  /** Where it stood: whole addresses or paths, the likeliest first. */
  readonly addresses: readonly string[];
  /** The name of its site in the export; empty for the only one. */
  readonly site?: string;
  readonly title: string;
  /** RFC 3339; null when the export does not say it. */
  readonly at: string | null;
  readonly closed: boolean;
  /** Of a topic without a page: the text that opens it. */
  readonly article?: ToldArticle;
}

export interface ToldArticle {
  readonly html: string;
  readonly byline: string;
  readonly tags: readonly string[];
  readonly slug: string;
}

/** What an export tells, piece by piece: pages and comments in whichever order. */
export type ToldPiece =
  | { readonly kind: 'page'; readonly page: ToldPage }
  | { readonly kind: 'comment'; readonly page: string; readonly comment: SourceComment }
  /** Whose ids it has, where its kind alone does not say it; told before any comment. */
  | { readonly kind: 'site'; readonly site: string }
  /** Likes and dislikes. */
  | { readonly kind: 'votes'; readonly count: number };

export interface ReaderTask {
  readonly file: string;
  /** Where sites stand, by their names in the export. */
  readonly sites: Readonly<Record<string, string>>;
  readonly warn: Warn;
  /** Hears after each piece of the file how many bytes of it were read. */
  readonly onBytes: (bytes: number) => void;
}

/** Reads the export of one system. Throws SourceError where it cannot be read on. */
export type ReadExport = (task: ReaderTask) => AsyncIterable<ToldPiece>;
