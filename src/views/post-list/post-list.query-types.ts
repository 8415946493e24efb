import { Query } from '@nestjs/cqrs';
import type { ArchiveMonth, Page, PageMoves, Post, PostSummary } from '../../../libs/client/index.ts';
import { changesOf } from '../../../libs/projections/index.ts';
import type { WrittenPostKind } from '../../../libs/words/index.ts';
import type { PageRules } from '../../domain/post/page-rules.ts';
import type { Viewer } from '../viewer.ts';

export interface PostFilter {
  /** `2015-10`, in UTC. */
  readonly month?: string;
  readonly tag?: string;
  /** Words in title or body. */
  readonly q?: string;
  /** The member who wrote them. */
  readonly authorId?: string;
  readonly kind?: WrittenPostKind;
  /** Those that are withdrawn, and no others; only editors find any. */
  readonly withdrawn?: true;
}

/** Newest first; scheduled and withdrawn ones for editors only. `now` decides what is published already. */
export class ListPosts extends Query<Page<PostSummary>> {
  constructor(
    readonly filter: PostFilter,
    readonly page: { readonly limit: number; readonly cursor: string | null },
    readonly viewer: Viewer,
    readonly now: string,
  ) {
    super();
  }
}

/** The language of a post, whoever may see it (BCP 47); null where there is no such post. */
export class GetPostLocale extends Query<string | null> {
  constructor(readonly postId: string) {
    super();
  }
}

/** A post as a newsletter tells of it. */
export interface PeriodPost extends Pick<PostSummary, 'slug' | 'title' | 'publishedAt' | 'commentCount'> {
  /** The beginning of its excerpt or text in plain words. */
  readonly head: string;
}

/** The articles that readers see, published from one moment until before another (milliseconds since 1970), the first published first. */
export class ListPeriodPosts extends Query<readonly PeriodPost[]> {
  constructor(
    readonly from: number,
    readonly until: number,
    readonly limit: number,
  ) {
    super();
  }
}

/** The present place of the thing at an old address. */
export interface Moved {
  /** The path of a page of the forum, with a fragment where the thing is a part of it. */
  readonly path: string;
  /** True when it is the same thing for good; false for a substitute until the forum has such a thing itself. */
  readonly lasts: boolean;
}

/** Null when this viewer may see nothing there. */
export class FindMoved extends Query<Moved | null> {
  constructor(
    /** Path and query, as asked for. */
    readonly address: string,
    readonly viewer: Viewer,
    readonly now: string,
  ) {
    super();
  }
}

/** The time at which the next scheduled post is published, in milliseconds since 1970; null when none is scheduled. */
export class GetNextOut extends Query<number | null> {
  constructor(readonly now: string) {
    super();
  }
}

export class GetArchive extends Query<readonly ArchiveMonth[]> {
  constructor(readonly now: string) {
    super();
  }
}

/** A published post in the list of all addresses. */
export interface PostAddress {
  readonly slug: string;
  /** RFC 3339, UTC: when its text changed last. */
  readonly changedAt: string;
}

/** The published posts, the first published first; pages of other sites are left out, as in every list. */
export class ListPostAddresses extends Query<readonly PostAddress[]> {
  constructor(
    readonly now: string,
    readonly page: { readonly limit: number; readonly offset: number },
  ) {
    super();
  }
}

/** A post that everybody can read, with the page of another site whose discussion it is. */
export interface ListedPost {
  /** Its place in the log. */
  readonly n: number;
  readonly slug: string;
  readonly title: string;
  readonly locale: string;
  /** Milliseconds since 1970. */
  readonly publishedAt: number;
  readonly isPage: boolean;
  /** Of the page of another site; null for a page whose address is not known. */
  readonly url: string | null;
  /** Visible ones. */
  readonly commentCount: number;
}

/** The posts that everybody can read and the discussions of pages of other sites, in the order in which the log has them. */
export class ListPublicPosts extends Query<readonly ListedPost[]> {
  constructor(
    readonly now: string,
    /** `after` is the `n` of the last one had. */
    readonly page: { readonly after: number; readonly limit: number },
  ) {
    super();
  }
}

/** A site whose pages are discussed here, by its origin, such as `https://blog.example`. */
export interface DiscussedSite {
  readonly site: string;
  readonly pages: number;
}

/** In the order of their addresses; 200 at most. `now` decides what is published already. */
export class ListSites extends Query<readonly DiscussedSite[]> {
  constructor(readonly now: string) {
    super();
  }
}

/** A page of another site that is discussed here. */
export type ListedPage = Pick<ListedPost, 'slug' | 'title' | 'locale' | 'commentCount'> & { readonly url: string };

/** The discussed pages of a site in the order of their addresses. Throws DomainError invalid (cursor). */
export class ListSitePages extends Query<Page<ListedPage>> {
  constructor(
    readonly site: string,
    readonly page: { readonly limit: number; readonly cursor: string | null },
    readonly now: string,
  ) {
    super();
  }
}

/** The tags of published posts, as their addresses have them, in the order of their letters. */
export class ListTags extends Query<readonly string[]> {
  constructor(
    readonly now: string,
    readonly limit: number,
  ) {
    super();
  }
}

/** The post by id or slug. Throws DomainError post_not_found, also for a post that this viewer may not see. */
export class GetPost extends Query<Post> {
  constructor(
    readonly idOrSlug: string,
    readonly viewer: Viewer,
    readonly now: string,
  ) {
    super();
  }
}

/** A page of another site that nobody has commented on. */
export interface UnwrittenPage {
  /** As `pageId` and `pageSlug` give them. */
  readonly id: string;
  readonly slug: string;
  readonly url: string;
  readonly title: string;
  readonly locale: string;
}

/**
 * The post of a page, or the one that its first comment would make; then it is remembered for those who ask by its id.
 * Throws DomainError post_not_found for a page whose post was withdrawn.
 */
export class GetPage extends Query<Post> {
  constructor(
    readonly page: UnwrittenPage,
    readonly viewer: Viewer,
    readonly now: string,
  ) {
    super();
  }
}

/** The further discussions of a page, which stood at other addresses of it; those that readers may see. */
export class GetOtherDiscussions extends Query<readonly OtherDiscussion[]> {
  constructor(
    readonly url: string,
    readonly now: string,
  ) {
    super();
  }
}

export interface OtherDiscussion {
  readonly slug: string;
  readonly title: string;
  readonly commentCount: number;
}

/** What these rules would do to the recorded pages of other sites. */
export class GetPageMoves extends Query<PageMoves> {
  constructor(readonly rules: PageRules) {
    super();
  }
}

/** Visible comments by the addresses of these pages; those that are not published, or not there, are left out. */
export class CountComments extends Query<ReadonlyMap<string, number>> {
  constructor(readonly urls: readonly string[]) {
    super();
  }
}

/** Visible comments of these posts by their ids; posts that readers do not see are left out. */
export class CountCommentsUnder extends Query<ReadonlyMap<string, number>> {
  constructor(readonly postIds: readonly string[]) {
    super();
  }
}

/** Null for a post that is recorded or whose page has another discussion by now, and for one that nobody has looked for on this node. */
export class GetUnwrittenPage extends Query<UnwrittenPage | null> {
  constructor(readonly postId: string) {
    super();
  }
}

/** The post list's message after a commit: the post that changed, or whose discussion changed. */
export interface PostProjected {
  readonly changedPostId: string;
}

export const postListChanges = changesOf<PostProjected>('post-list');

/** The posts whose texts show an image, by the ids of the images: one each, the newest. Reads every text that has an image. */
export class FindPostsWithImages extends Query<ReadonlyMap<string, { readonly slug: string; readonly title: string }>> {
  constructor(readonly imageIds: readonly string[]) {
    super();
  }
}
