import type { QueryBus } from '@nestjs/cqrs';
import type { FeedContents } from '../../../libs/feeds/index.ts';
import type { SiteInForce } from '../../views/site/site.query-types.ts';
import type { Signed } from '../../web/suitcase/verify-page.tsx';
import type { SignedTree } from './signed-tree.ts';

/** What of a forum is packed, and how it is read: all as it stood at one position of the log. */
export interface PackedForum {
  readonly queries: Pick<QueryBus, 'execute'>;
  readonly site: SiteInForce;
  /** The public address, without a final slash. */
  readonly origin: string;
  /** RFC 3339, UTC: the moment that is packed. */
  readonly at: string;
  readonly tree: Pick<SignedTree, 'receipt' | 'checkpoint'>;
  readonly signed: Signed;
  readonly feeds: Feeding;
  /** The programs, the style sheet and the verifier, by their paths in the suitcase. */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
}

/** The feeds of the forum, with its public addresses. */
export interface Feeding {
  readonly ofSite: () => Promise<{ readonly feed: FeedContents }>;
  readonly ofTag: (tag: string) => Promise<{ readonly feed: FeedContents }>;
  readonly ofPost: (slug: string) => Promise<{ readonly feed: FeedContents }>;
}

export interface Packing {
  /** The posts and pages of other sites that are packed, and how many there are. */
  readonly onProgress: (done: number, all: number, comments: number) => void;
  readonly signal: AbortSignal;
}

/** What a suitcase holds. */
export interface Packed {
  readonly posts: number;
  /** Pages of other sites with comments. */
  readonly pages: number;
  /** As the forum counts them: without those whose places alone are kept. */
  readonly comments: number;
  readonly images: number;
  readonly files: number;
  readonly bytes: number;
}
