import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Author, Comment, PostSummary } from '../../../libs/client/index.ts';
import {
  absoluteHtml,
  FEED_FILES,
  type FeedAuthor,
  type FeedContents,
  type FeedItem,
} from '../../../libs/feeds/index.ts';
import { PublicAddress } from '../../access/public-address.ts';
import { CONFIG, type Config } from '../../config.ts';
import { GetMemberPage } from '../../views/members/members.query-types.ts';
import { GetNextOut, GetPost, ListPosts, type PostFilter } from '../../views/post-list/post-list.query-types.ts';
import { ALL_COMMENTS, authorsShown, LIST_OF_POSTS, memberShown, postShown } from '../../views/shown.ts';
import { SITE, type SiteInMemory } from '../../views/site/site.query-types.ts';
import { GetNewestUnder, GetPublicComments } from '../../views/thread/thread.query-types.ts';
import { memberHref, postHref, tagHref } from '../shell/addresses.ts';
import type { Translator } from '../shell/i18n/translate.ts';
import { languageIn } from '../shell/message-files.ts';
import { headWithoutTags } from '../shell/without-tags.ts';
import type { ProgramFile } from './kept-files.ts';

const ITEMS = 20;
/** The longest text of one item, in characters of HTML, and what stands for a longer one. */
const [MOST_HTML, BEGINNING] = [100_000, 400];

/** What a feed tells, and the things that it shows. */
export interface MadeFeed extends Pick<ProgramFile, 'shows' | 'until'> {
  readonly feed: FeedContents;
}

/** The feeds, of what everybody may read: by the queries of the pages beside them, in the forum's own language. */
@Injectable()
export class Feeds {
  readonly #queries: QueryBus;
  readonly #address: PublicAddress;
  readonly #site: SiteInMemory;
  readonly #hub: string | null;

  constructor(
    @Inject(QueryBus) queries: QueryBus,
    @Inject(PublicAddress) address: PublicAddress,
    @Inject(SITE) site: SiteInMemory,
    @Inject(CONFIG) config: Pick<Config, 'webSubHub'>,
  ) {
    this.#queries = queries;
    this.#address = address;
    this.#site = site;
    this.#hub = config.webSubHub;
  }

  /** The newest posts. */
  async ofSite(): Promise<MadeFeed> {
    const { name, tagline, description } = this.#site.now();
    const { items, shows, until } = await this.#posts({});
    const told = { title: name, description: description || tagline, items };
    return { feed: this.#feed('/', told, this.#hub), shows, ...until };
  }

  /** The newest posts of a tag. */
  async ofTag(tag: string): Promise<MadeFeed> {
    const { items, shows, until } = await this.#posts({ tag });
    const title = this.#titled(this.#words.t('posts.tagged', { tag }));
    return {
      feed: this.#feed(tagHref(tag.toLowerCase()), { title, description: '', items }, this.#hub),
      shows,
      ...until,
    };
  }

  /** The newest comments under a post. Throws DomainError post_not_found. */
  async ofPost(slug: string): Promise<MadeFeed> {
    const post = await this.#queries.execute(new GetPost(slug, null, new Date().toISOString()));
    const comments = await this.#queries.execute(new GetNewestUnder(post.id, ITEMS));
    const title = this.#titled(this.#words.t('feed.comments', { title: post.title }));
    const items = comments.map((one) => this.#comment(one, post));
    return {
      feed: this.#feed(postHref(post), { title, description: '', items }),
      shows: [postShown(post.id), ...authorsShown(comments)],
    };
  }

  /** The newest posts and comments of a member. Throws DomainError member_not_found. */
  async ofMember(handle: string): Promise<MadeFeed> {
    const member = await this.#queries.execute(new GetMemberPage(handle, null));
    const { items: posts, shows, until } = await this.#posts({ authorId: member.id });
    const { items: comments } = await this.#queries.execute(new GetPublicComments(member.id, ITEMS, null));
    const commented = await this.#postsOf(comments);
    const written = comments.flatMap((one) => {
      const post = commented.get(one.postId);
      return post === undefined ? [] : [this.#comment(one, post)];
    });
    const items = [...posts, ...written].sort((a, b) => (a.publishedAt < b.publishedAt ? 1 : -1)).slice(0, ITEMS);
    return {
      feed: this.#feed(memberHref(member), { title: this.#titled(member.displayName), description: '', items }),
      shows: [...shows, memberShown(member.id), ALL_COMMENTS, ...[...commented.keys()].map(postShown)],
      ...until,
    };
  }

  get #words(): Translator {
    return languageIn(this.#site.now().defaultLocale).translator;
  }

  #titled(title: string): string {
    return `${title} · ${this.#site.now().name}`;
  }

  /** The hub is told of posts alone, so feeds with comments name none. */
  #feed(
    path: string,
    told: Pick<FeedContents, 'title' | 'description' | 'items'>,
    hub: string | null = null,
  ): FeedContents {
    const { name, defaultLocale } = this.#site.now();
    const page = this.#address.origin + path;
    const beside = page.endsWith('/') ? page : `${page}/`;
    return {
      ...told,
      language: defaultLocale,
      page,
      self: {
        rss: beside + FEED_FILES.rss,
        atom: beside + FEED_FILES.atom,
        json: beside + FEED_FILES.json,
      },
      site: name,
      hub,
    };
  }

  async #posts(filter: PostFilter): Promise<{
    readonly items: readonly FeedItem[];
    readonly shows: MadeFeed['shows'];
    readonly until: Pick<MadeFeed, 'until'>;
  }> {
    const now = new Date().toISOString();
    const { items } = await this.#queries.execute(new ListPosts(filter, { limit: ITEMS, cursor: null }, null, now));
    const next = await this.#queries.execute(new GetNextOut(now));
    return {
      items: items.map((post) => this.#post(post)),
      shows: [LIST_OF_POSTS, ...authorsShown(items)],
      until: next === null ? {} : { until: next },
    };
  }

  /** A post that was withdrawn meanwhile is left out. */
  async #postsOf(comments: readonly Comment[]): Promise<ReadonlyMap<string, PostSummary>> {
    const now = new Date().toISOString();
    const ids = [...new Set(comments.map(({ postId }) => postId))];
    const posts = await Promise.all(
      ids.map((id) => this.#queries.execute(new GetPost(id, null, now)).catch(() => null)),
    );
    return new Map(posts.flatMap((post) => (post === null ? [] : [[post.id, post] as const])));
  }

  #post(post: PostSummary): FeedItem {
    const url = this.#address.origin + postHref(post);
    return {
      id: `urn:uuid:${post.id}`,
      url,
      title: post.title,
      html: absoluteHtml(post.excerptHtml, url),
      author: this.#author(post.author),
      tags: post.tags,
      publishedAt: post.publishedAt,
      editedAt: post.editedAt,
      language: post.locale,
    };
  }

  #comment(comment: Comment, post: Pick<PostSummary, 'slug' | 'title'>): FeedItem {
    const { t } = this.#words;
    const name = comment.author?.displayName ?? t('comment.nameless');
    const page = this.#address.origin + postHref(post);
    return {
      id: `urn:uuid:${comment.id}`,
      url: `${this.#address.origin}/comments/${comment.id}`,
      title: t('feed.comment', { name, title: post.title }),
      html: absoluteHtml(bounded(comment.bodyHtml ?? ''), page),
      author: this.#author(comment.author),
      tags: [],
      publishedAt: comment.createdAt,
      editedAt: comment.editedAt,
      language: comment.language ?? null,
    };
  }

  #author(author: Author | null): FeedAuthor | null {
    if (author === null) return null;
    const name = author.displayName;
    return 'handle' in author ? { name, url: this.#address.origin + memberHref(author) } : { name };
  }
}

/** Other forums had longer texts, and a feed stays one that readers load whole. */
function bounded(html: string): string {
  return html.length <= MOST_HTML ? html : `<p>${headWithoutTags(html, BEGINNING)}…</p>`;
}
