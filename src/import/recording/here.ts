import type { EventStore } from '../../../libs/event-store/index.ts';
import { siteHostOf, versionsUpTo } from '../../../libs/kernel/index.ts';
import type { Scratch, ScratchMap } from '../../../libs/scratch/index.ts';
import type { ImportSourceKind } from '../../../libs/words/index.ts';
import { decoders } from '../../commands/decoders.ts';
import { streams } from '../../commands/streams.ts';
import { pageId } from '../../domain/post/page-address.ts';
import type { PostEvent } from '../../domain/post/post.events.ts';
import type { ImportedPost } from '../source/imported-post.ts';
import type { KnownPlace, PageAsked, PlacesOf } from '../source/page-naming.ts';
import { placeKey } from '../source/place-key.ts';
import { importedCommentId } from '../threads/comments.ts';
import type { ThreadedComment } from '../threads/threading.ts';
import { postOfComment } from './known-posts.ts';

const OF_POSTS = ['PostPublished.v1', 'PostAddressesKept.v2', 'PageAddressed.v1'].flatMap(versionsUpTo);
const OF_COMMENTS = versionsUpTo('CommentPosted.v1');
/** Systems that give pages ids of their own, which no two of their sites share: their addresses may change. */
const WITH_PAGE_IDS: ReadonlySet<ImportSourceKind> = new Set(['disqus', 'comentario']);
/** Blogs from WordPress that are told apart. */
const MOST_BLOGS = 1_000;

/** Behind the id of a comment that Disqus had from WordPress: its id there. */
const FROM_WORDPRESS = /\/wp_id=(\d+)$/;

export function withWordPressId(id: string, wordpressId: string | null): string {
  return wordpressId === null ? id : `${id}/wp_id=${wordpressId}`;
}

/** What earlier imports have brought of the same blogs, whichever system they came from. */
export class BroughtHere {
  readonly #store: EventStore;
  readonly #source: ImportSourceKind;
  /** Posts of this forum by their old addresses. */
  readonly #articles: ScratchMap;
  /** Pages by their ids in the system that is imported. */
  readonly #pages: ScratchMap;
  /** Hosts of posts. */
  readonly #hosts: ScratchMap;
  /** Comments that another system had from WordPress: by host and id there. */
  readonly #ofWordPress: ScratchMap;
  readonly #blogs = new Set<string>();
  #brought = new Set<ImportSourceKind>();

  private constructor(store: EventStore, scratch: Scratch, source: ImportSourceKind) {
    this.#store = store;
    this.#source = source;
    this.#pages = scratch.map();
    this.#articles = scratch.map();
    this.#hosts = scratch.map();
    this.#ofWordPress = scratch.map();
  }

  /** Reads the log once; of comments only where a blog from WordPress may be here by way of another system. */
  static async read(store: EventStore, scratch: Scratch, source: ImportSourceKind): Promise<BroughtHere> {
    const here = new BroughtHere(store, scratch, source);
    for await (const event of store.readAll({ filter: { types: OF_POSTS, streamPrefixes: [streams.post('')] } }))
      here.#learn(decoders.post.read(event));
    if (source === 'wordpress' && here.#brought.has('disqus')) await here.#learnComments();
    return here;
  }

  readonly placesOf: PlacesOf = async (pages) => {
    const places: (KnownPlace | null)[] = [];
    for (const page of pages)
      places.push(this.#articleAt(page) ?? (await this.#pageOf(page)) ?? (await this.#pageAt(page)));
    return places;
  };

  /** The id under which another export has brought the same comment; undefined where none has. */
  async twinOf({ wordpressId }: ThreadedComment, post: ImportedPost): Promise<string | undefined> {
    if (wordpressId === null) return undefined;
    if (post.source.kind === 'wordpress')
      return this.#ofWordPress.get(keyOf(siteHostOf(post.source.site), wordpressId));
    const host = siteHostOf(post.addresses[0] ?? '');
    for (const blog of this.#blogs) {
      if (siteHostOf(blog) !== host) continue;
      const id = importedCommentId('wordpress', blog, wordpressId);
      if ((await postOfComment(this.#store, id)) !== undefined) return id;
    }
    return undefined;
  }

  #learn({ type, data }: Pick<PostEvent, 'type' | 'data'>): void {
    if (type === 'PostPublished.v1') {
      if (!('source' in data) || data.source === null) return;
      const { kind, site, id } = data.source;
      this.#brought.add(kind);
      if (kind === this.#source && WITH_PAGE_IDS.has(kind)) this.#pages.add(keyOf(site, id), data.postId);
      if (data.source.kind !== 'wordpress') return;
      if (this.#blogs.size < MOST_BLOGS) this.#blogs.add(data.source.site);
      this.#hosts.set(data.postId, siteHostOf(data.source.site));
    } else if (type === 'PostAddressesKept.v2' && 'addresses' in data) {
      for (const address of data.addresses) {
        const key = placeKey(address);
        if (key !== null) this.#articles.add(key, data.postId);
      }
    } else if (type === 'PageAddressed.v1' && 'url' in data) this.#hosts.set(data.postId, siteHostOf(data.url));
  }

  async #learnComments(): Promise<void> {
    const filter = { types: OF_COMMENTS, streamPrefixes: [streams.comment('')] };
    for await (const event of this.#store.readAll({ filter })) {
      const { data } = decoders.comment.read(event);
      if (!('source' in data) || data.source?.kind !== 'disqus') continue;
      const id = FROM_WORDPRESS.exec(data.source.id)?.[1];
      if (id !== undefined) this.#ofWordPress.add(keyOf(this.#hosts.get(data.postId) ?? '', id), data.commentId);
    }
  }

  #articleAt({ addresses }: PageAsked): KnownPlace | undefined {
    for (const address of addresses) {
      const key = placeKey(address);
      const postId = key === null ? undefined : this.#articles.get(key);
      if (postId !== undefined) return { postId, url: null };
    }
    return undefined;
  }

  /** The page that an earlier export told by the same id, wherever it stood then. */
  async #pageOf({ site, id }: PageAsked): Promise<KnownPlace | null> {
    const postId = this.#pages.get(keyOf(site, id));
    if (postId === undefined) return null;
    let url: string | null = null;
    for await (const event of this.#store.readStream(streams.post(postId))) {
      const { type, data } = decoders.post.read(event);
      if (type === 'PageAddressed.v1') url = data.url;
    }
    return url === null ? null : { postId, url };
  }

  async #pageAt({ addresses }: PageAsked): Promise<KnownPlace | null> {
    for (const url of addresses) {
      const postId = pageId({ url });
      for await (const _ of this.#store.readStream(streams.post(postId))) return { postId, url };
    }
    return null;
  }
}

function keyOf(host: string, id: string): string {
  return `${host} ${id}`;
}
