import type { Database, Statement } from 'better-sqlite3';
import { oldAddressKey, oldNameKey, siteHostOf } from '../../../libs/kernel/index.ts';
import { idBytes } from '../ids.ts';
import type { StoredOf } from '../stored.ts';
import { searchable } from './search-words.ts';

interface TextRow {
  readonly n: bigint;
  readonly title: string;
  readonly body: string;
}

/** The key of a post's page among old addresses. */
function pageKey(slug: string): string | null {
  return oldAddressKey(`/posts/${encodeURIComponent(slug)}`);
}

/** The most hosts of old sites; each costs a look at every address of an image that is not here. */
const MOST_HOSTS = 100;

/** Folds events into the post list's tables. */
export class PostListProjection {
  readonly #add: Statement<unknown[]>;
  readonly #edit: Statement<unknown[], TextRow>;
  readonly #withdraw: Statement<unknown[]>;
  readonly #slugOf: Statement<unknown[], { readonly slug: string }>;
  readonly #keepPage: Statement<unknown[]>;
  readonly #dropPage: Statement<unknown[]>;
  readonly #changeDiscussion: Statement<unknown[]>;
  readonly #tag: Statement<unknown[]>;
  readonly #untag: Statement<unknown[]>;
  readonly #index: Statement<unknown[]>;
  readonly #keepAddress: Statement<unknown[]>;
  readonly #keepTagName: Statement<unknown[]>;
  readonly #keepHost: Statement<unknown[]>;
  readonly #setRevision: Statement<unknown[]>;

  constructor(db: Database) {
    this.#add = db.prepare(`
      INSERT INTO post (n, id, slug, title, kind, locale, body, excerpt, tags, author, byline, site, publish_at, revision)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    this.#edit = db
      .prepare<unknown[], TextRow>(`
        UPDATE post SET title = coalesce(?, title), slug = coalesce(?, slug), body = coalesce(?, body),
          excerpt = CASE WHEN ? THEN ? ELSE excerpt END, tags = coalesce(?, tags), locale = coalesce(?, locale),
          publish_at = coalesce(?, publish_at), edited_at = ?, revision = ? WHERE id = ? RETURNING n, title, body`)
      .safeIntegers();
    this.#withdraw = db.prepare('UPDATE post SET withdrawn = ?, revision = ? WHERE id = ?');
    this.#slugOf = db.prepare<unknown[], { readonly slug: string }>('SELECT slug FROM post WHERE id = ?');
    this.#keepPage = db.prepare(
      'INSERT OR REPLACE INTO old_address (address, post) SELECT ?, n FROM post WHERE id = ?',
    );
    this.#dropPage = db.prepare('DELETE FROM old_address WHERE address = ?');
    this.#changeDiscussion = db.prepare(`
      UPDATE post SET state = coalesce(?, state), slow_mode = coalesce(?, slow_mode),
        pinned = CASE WHEN ? THEN ? ELSE pinned END WHERE id = ?`);
    this.#tag = db.prepare('INSERT OR IGNORE INTO post_tag (tag, post) VALUES (?, ?)');
    this.#untag = db.prepare(
      'DELETE FROM post_tag WHERE tag IN (SELECT tag FROM post_tag WHERE post = ?) AND post = ?',
    );
    this.#setRevision = db.prepare('UPDATE post SET revision = ? WHERE id = ?');
    this.#keepAddress = db.prepare(
      'INSERT OR IGNORE INTO old_address (address, post) SELECT ?, n FROM post WHERE id = ?',
    );
    this.#keepTagName = db.prepare('INSERT OR IGNORE INTO old_tag (nicename, taxonomy, tag, n) VALUES (?, ?, ?, ?)');
    this.#keepHost = db.prepare(`
      INSERT OR IGNORE INTO old_host (site, host) SELECT site, ? FROM post
      WHERE id = ? AND site IS NOT NULL AND (SELECT count(*) FROM old_host) < ${MOST_HOSTS}`);
    this.#index = db.prepare('INSERT OR REPLACE INTO post_text (rowid, words) VALUES (?, ?)');
  }

  published({ data, position, revision }: StoredOf<'PostPublished.v1'>): void {
    const author = data.authorId === null ? null : idBytes(data.authorId);
    this.#add.run(
      position,
      idBytes(data.postId),
      data.slug,
      data.title,
      data.kind,
      data.locale,
      data.body,
      data.excerpt,
      JSON.stringify(data.tags),
      author,
      data.byline,
      data.source?.site ?? null,
      Date.parse(data.publishAt),
      revision,
    );
    for (const tag of data.tags) this.#tag.run(foldTag(tag), position);
    this.#indexWords({ n: position, title: data.title, body: data.body });
  }

  edited({ data, occurredAt, revision }: StoredOf<'PostEdited.v1'>): void {
    const { title = null, slug = null, body = null, excerpt, tags, locale = null, publishAt } = data;
    if (slug !== null) this.#renamed(idBytes(data.postId), slug);
    const post = this.#edit.get(
      title,
      slug,
      body,
      excerpt === undefined ? 0 : 1,
      excerpt ?? null,
      tags ? JSON.stringify(tags) : null,
      locale,
      publishAt === undefined ? null : Date.parse(publishAt),
      Date.parse(occurredAt),
      revision,
      idBytes(data.postId),
    );
    if (!post) throw new Error(`post ${data.postId} was not published`);
    if (tags) {
      this.#untag.run(post.n, post.n);
      for (const tag of tags) this.#tag.run(foldTag(tag), post.n);
    }
    if (title !== null || body !== null) this.#indexWords(post);
  }

  /** The former address leads to the present one, which leads nowhere. */
  #renamed(post: Buffer, slug: string): void {
    this.#keepPage.run(pageKey(this.#slugOf.get(post)?.slug ?? ''), post);
    this.#dropPage.run(pageKey(slug));
  }

  /** Of two posts with one old address, the first keeps it. */
  addressesKept({ data, revision, position }: StoredOf<'PostAddressesKept.v2'>): void {
    const post = idBytes(data.postId);
    this.#setRevision.run(revision, post);
    for (const address of data.addresses) {
      const key = oldAddressKey(address);
      if (key !== null) this.#keepAddress.run(key, post);
    }
    for (const { nicename, taxonomy, tag } of data.tagNames)
      this.#keepTagName.run(oldNameKey(nicename), taxonomy, foldTag(tag), position);
    const hosts = [...data.addresses, ...data.attachments].map(siteHostOf).filter((host) => host !== '');
    for (const host of new Set(hosts)) this.#keepHost.run(host, post);
  }

  /** Whether it is withdrawn. */
  stands({ type, data, revision }: StoredOf<'PostWithdrawn.v1' | 'PostBroughtBack.v1'>): void {
    this.#withdraw.run(type === 'PostWithdrawn.v1' ? 1 : 0, revision, idBytes(data.postId));
  }

  discussionChanged({ data }: StoredOf<'DiscussionChanged.v2'>): void {
    const { postId, state = null, slowModeSeconds = null, pinnedCommentId } = data;
    const pinned = pinnedCommentId ? idBytes(pinnedCommentId) : null;
    this.#changeDiscussion.run(state, slowModeSeconds, pinnedCommentId === undefined ? 0 : 1, pinned, idBytes(postId));
  }

  #indexWords({ n, title, body }: TextRow): void {
    this.#index.run(n, searchable(`${title}\n${body}`));
  }
}

/** Tags are the same whatever their case. */
export function foldTag(tag: string): string {
  return tag.toLowerCase();
}
