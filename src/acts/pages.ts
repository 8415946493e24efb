import type { QueryBus } from '@nestjs/cqrs';
import type { PageCounts, Post, WishedPage } from '../../libs/client/index.ts';
import { DomainError, deriveId } from '../../libs/kernel/index.ts';
import { MOST_PAGES_COUNTED, plainTitle } from '../../libs/words/index.ts';
import type { Asking } from '../access/asking.ts';
import { commandMeta, type Principal, viewerOf } from '../access/principal.ts';
import type { PostPublishing } from '../commands/publish-post.ts';
import type { TakingPart } from '../commands/taking-part.ts';
import {
  originsOf,
  type PageAddress,
  pageAddress,
  pageId,
  pageInWords,
  pageSlug,
} from '../domain/post/page-address.ts';
import { invalid } from '../domain/text.ts';
import {
  CountComments,
  GetOtherDiscussions,
  GetPage,
  GetUnwrittenPage,
  type OtherDiscussion,
  type UnwrittenPage,
} from '../views/post-list/post-list.query-types.ts';
import type { SiteInMemory } from '../views/site/site.query-types.ts';
import type { ForumWrites } from './forum-writes.ts';
import { slowStart } from './slow-start.ts';

export interface PagesParts {
  readonly publishing: PostPublishing;
  readonly writes: ForumWrites;
  readonly takingPart: TakingPart;
  readonly queries: Pick<QueryBus, 'execute'>;
  readonly site: Pick<SiteInMemory, 'now'>;
}

/** The clocks of two nodes differ by less, so a page's first comment is never from before its post. */
const CLOCKS_DIFFER_MS = 60_000;

/**
 * The pages of other sites that are discussed here. A page is recorded with its first comment: until then it costs the
 * log nothing, however many addresses somebody invents.
 */
export class Pages {
  readonly #parts: PagesParts;

  constructor(parts: PagesParts) {
    this.#parts = parts;
  }

  /** Whether pages of this origin are discussed here and may show their discussions. */
  allows(origin: string): boolean {
    return this.#parts.site.now().embedOrigins.includes(origin);
  }

  /**
   * The origins whose pages may show the discussion of the page that stands at an address: its own, and those from which an
   * alias leads there. Another allowed site may not, so that nobody signs in there for a discussion that is not its own.
   */
  hostsOf(address: string): readonly string[] {
    const { embedOrigins, pageAliases } = this.#parts.site.now();
    const hosts = originsOf(address, { pageAliases });
    return embedOrigins.filter((host) => hosts.includes(host));
  }

  /** The same for an address as it was asked for; none for what is no page of an allowed site. */
  hostsFor(given: string): readonly string[] {
    const address = this.#placeOf(given);
    return address === null ? [] : this.hostsOf(address);
  }

  /** The origin of a page, wherever it has moved. Throws DomainError as `address`. */
  origin(url: string): string {
    const { origin } = pageAddress(url);
    if (this.allows(origin)) return origin;
    throw foreignOrigin(origin);
  }

  /** Where a page stands now. Throws DomainError `invalid`, `foreign_origin` for a site that is not allowed. */
  address(url: string): PageAddress {
    const address = pageAddress(url, this.#parts.site.now());
    if (this.allows(address.origin)) return address;
    throw foreignOrigin(address.origin);
  }

  /** The post of a page, recorded or not. Throws DomainError as `address`, and post_not_found for a withdrawn one. */
  async find({ url: given, title }: WishedPage, principal: Principal | null): Promise<Post> {
    const address = this.address(given);
    const id = pageId(address);
    const locale = this.#parts.site.now().defaultLocale;
    const name = plainTitle(title ?? '') || (await this.#unwritten(id))?.title || plainTitle(pageInWords(address));
    const page = { id, slug: pageSlug(address), url: address.url, title: name, locale };
    return this.#parts.queries.execute(new GetPage(page, viewerOf(principal), new Date().toISOString()));
  }

  /**
   * Visible comments by address, as given: one, or a list of MOST_PAGES_COUNTED at most. What is no page of an allowed site
   * has none. Throws DomainError `invalid` for more.
   */
  async counts(given: unknown): Promise<PageCounts> {
    const urls = (Array.isArray(given) ? given : [given]).filter((url) => typeof url === 'string');
    if (urls.length === 0 || urls.length > MOST_PAGES_COUNTED)
      throw invalid('url', `must be 1 to ${MOST_PAGES_COUNTED} addresses`);
    const places = urls.map((url) => this.#placeOf(url));
    const counts = await this.#parts.queries.execute(new CountComments(places.filter((place) => place !== null)));
    return { counts: Object.fromEntries(urls.map((url, at) => [url, counts.get(places[at] ?? '') ?? 0])) };
  }

  /** The discussions of the same page that stood at other addresses of it, beside the page's own. */
  others({ url = '' }: Pick<Post, 'url'>): Promise<readonly OtherDiscussion[]> {
    return this.#parts.queries.execute(new GetOtherDiscussions(url, new Date().toISOString()));
  }

  /** The address of a page of an allowed site; null for everything else. */
  #placeOf(url: string): string | null {
    try {
      return this.address(url).url;
    } catch (error) {
      if (error instanceof DomainError) return null;
      throw error;
    }
  }

  /**
   * Records the page that a first comment is about to be written on; nothing happens for every other post. Throws
   * DomainError when this member may say nothing.
   */
  async open(postId: string, principal: Pick<Principal, 'memberId'>, asking: Asking): Promise<void> {
    const page = await this.#unwritten(postId);
    if (page === null) return;
    await this.#parts.takingPart.require(principal.memberId);
    const meta = commandMeta(principal, deriveId(asking.commandId, 'page'), asking.correlationId);
    const { slug, url, title, locale } = page;
    const publishAt = new Date(Date.parse(meta.now) - CLOCKS_DIFFER_MS).toISOString();
    const post = { postId, kind: 'page', slug, url, title, body: '', locale, publishAt, authorId: null } as const;
    const { repeated } = await this.#parts.publishing.publish(post, meta);
    const slowModeSeconds = (): number => this.#parts.site.now().discussion.slowModeSeconds;
    if (!repeated) await slowStart({ writes: this.#parts.writes, slowModeSeconds }, postId, meta);
  }

  #unwritten(postId: string): Promise<UnwrittenPage | null> {
    return this.#parts.queries.execute(new GetUnwrittenPage(postId));
  }
}

function foreignOrigin(origin: string): DomainError {
  return new DomainError('foreign_origin', `Pages of ${origin} are not discussed here.`);
}
