import type { ImportSource, OldTagName } from '../../domain/post/post.events.ts';
import type { InlineImages } from '../images/inline-images.ts';

/** A post, or a page of another site, as its source tells it, in the forum's words. */
export interface ImportedPost {
  readonly postId: string;
  readonly source: ImportSource;
  readonly title: string;
  readonly slug: string;
  readonly body: string;
  readonly excerpt: string | null;
  readonly tags: readonly string[];
  readonly locale: string;
  /** Null when the source does not say it. */
  readonly publishAt: string | null;
  readonly byline: string | null;
  /** True where the source takes no more comments. */
  readonly closed: boolean;
  /** Where the source showed it, and the files that belonged to it there. */
  readonly addresses: readonly string[];
  readonly attachments: readonly string[];
  /** The names of its tags in addresses there. */
  readonly tagNames: readonly OldTagName[];
  readonly inline: InlineImages;
  /** Where a featured image was that the export does not hold; null when it holds it, or there is none. */
  readonly lostImage: string | null;
  /** The address of a page of another site, as `pageAddress` gives it; absent for a post of this forum. */
  readonly url?: string;
}
