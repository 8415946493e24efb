import { QueryBus } from '@nestjs/cqrs';
import type { Database } from 'better-sqlite3';
import {
  hyphenated,
  imageAddress,
  imagePath,
  importedImageId,
  isImageFile,
  oldAddressKey,
} from '../../../libs/kernel/index.ts';
import { statement, VIEWS } from '../../../libs/projections/index.ts';
import { answering } from '../answering.ts';
import { FindImage } from '../images/images.query-types.ts';
import { GetMemberPage } from '../members/members.query-types.ts';
import { seesUnpublished } from '../viewer.ts';
import { feedBeside, oldFeedAt } from './old-feeds.ts';
import { foldTag } from './post-list.projection.ts';
import { FindMoved, type Moved } from './post-list.query-types.ts';

interface Found {
  readonly slug: string;
  readonly publishAt: number;
  readonly withdrawn: number;
}

const movedPost = statement<Found>(`
  SELECT p.slug, p.publish_at AS publishAt, p.withdrawn FROM old_address a JOIN post p ON p.n = a.post WHERE a.address = ?`);
const ownPost = statement<Found>('SELECT slug, publish_at AS publishAt, withdrawn FROM post WHERE slug = ?');
const tagged = statement<{ readonly tag: string }>('SELECT tag FROM post_tag WHERE tag = ? LIMIT 1');
/** The tag that was recorded first, among those that a post still has; tags of the taxonomy asked for come first. */
const namedTag = statement<{ readonly tag: string }>(`
  SELECT tag FROM old_tag WHERE nicename = ? AND EXISTS (SELECT 1 FROM post_tag t WHERE t.tag = old_tag.tag)
  ORDER BY taxonomy <> ?, n, tag LIMIT 1`);
const someTags = statement<{ readonly tag: string }>('SELECT DISTINCT tag FROM post_tag LIMIT ?');
const oldHosts = statement<{ readonly site: string; readonly host: string }>('SELECT site, host FROM old_host');
/** Not of a post that had another address here. */
const anyMoved = statement("SELECT 1 FROM old_address WHERE address < '/posts/' OR address >= '/posts0' LIMIT 1");

/** The page of a post, and what is below it, with the query. */
const OF_POST = /^(\/(?:posts|moderation\/discussions)\/)([^/?#]+)(\/(?!feed\/?$|rss\/?$)[^?#]*)?(\?[^#]*)?/;

/** The most tags that are searched by slug, which takes some milliseconds. */
const MOST_TAGS = 3_000;

/**
 * A later page of a list or of a post's comments. It showed others than it would here, so it leads to the first page.
 */
const LATER_PAGE = /\/(?:page\/|comment-page-)\d+$/;
/** All posts of an author, by the name under which the author signed in there. */
const OF_AUTHOR = /^\/author\/([^/]+)$/;

/** The pages of a blog with many posts, where the forum has such a page too. */
const LISTS: readonly (readonly [pattern: RegExp, path: (db: Database, parts: readonly string[]) => string | null])[] =
  [
    [/^\/(category|tag)\/(?:[^/]+\/)*([^/]+)$/, (db, [, taxonomy = '', name = '']) => tagPath(db, taxonomy, name)],
    [/^\/(\d{4})\/(0[1-9]|1[0-2])(?:\/\d{2})?$/, (_, [, year, month]) => `/archive/${year}/${month}`],
    [/^\/(\d{4})$/, (db, [, year]) => (hasMoved(db) ? `/archive#year-${year}` : null)],
    [/^$/, (db) => (hasMoved(db) ? '/' : null)],
  ];

export const movedQuery = answering(
  FindMoved,
  { views: VIEWS, queries: QueryBus },
  async ({ address, viewer, now }, { views, queries }) => {
    const feed = oldFeedAt(address);
    const key = oldAddressKey(address) ?? (feed === null ? null : '');
    if (key === null) return null;
    const db = views.db('post-list');
    const shows = ({ withdrawn, publishAt }: Found) =>
      (withdrawn === 0 && publishAt <= Date.parse(now)) || seesUnpublished(viewer);
    if (isImageFile(key)) return lasting(await imageAt(address, db, queries));
    const author = OF_AUTHOR.exec(key.replace(LATER_PAGE, ''))?.[1];
    if (author !== undefined) return hasMoved(db) ? authorOf(author, queries) : null;
    const renamed = lasting(renamedPost(db, feed?.of ?? address, shows));
    if (renamed !== null) return feed === null ? renamed : feedBeside(renamed, feed);
    const moved = feed?.of === key ? null : lasting(pathOf(db, key, shows));
    if (moved !== null || feed === null) return moved;
    const writer = OF_AUTHOR.exec(feed.of)?.[1];
    if (writer !== undefined) return hasMoved(db) ? feedBeside(await authorOf(writer, queries), feed) : null;
    const page = lasting((await ownPage(feed.of, { db, shows, queries })) ?? pathOf(db, feed.of, shows));
    return page && feedBeside(page, feed);
  },
);

/** The page of the forum that the feed of a blog, or a program, takes by its own address; null for none. */
async function ownPage(
  of: string,
  {
    db,
    shows,
    queries,
  }: { readonly db: Database; readonly shows: (post: Found) => boolean; readonly queries: QueryBus },
): Promise<string | null> {
  if (of === '') return '/';
  const [, kind, name = ''] = /^\/(posts|tags|members)\/([^/]+)$/.exec(of) ?? [];
  switch (kind) {
    case 'posts': {
      const post = ownPost(db).get(name);
      return post !== undefined && shows(post) ? `/posts/${encodeURIComponent(post.slug)}` : null;
    }
    case 'tags':
      return tagged(db).get(foldTag(name)) === undefined ? null : `/tags/${encodeURIComponent(name)}`;
    case 'members': {
      const member = await queries.execute(new GetMemberPage(name, null)).catch(() => null);
      return member && `/members/${encodeURIComponent(member.handle)}`;
    }
    default:
      return null;
  }
}

/** The same page of the post that had this address before. */
function renamedPost(db: Database, address: string, shows: (post: Found) => boolean): string | null {
  const [, place = '', slug = '', below = '', query = ''] = OF_POST.exec(address) ?? [];
  const key = oldAddressKey(`/posts/${slug}`);
  const post = slug === '' || key === null ? undefined : movedPost(db).get(key);
  return post !== undefined && shows(post) ? `${place}${encodeURIComponent(post.slug)}${below}${query}` : null;
}

/** The page of the member with that handle, or all posts, since nothing tells whose the name was. */
async function authorOf(name: string, queries: QueryBus): Promise<Moved> {
  const member = await queries.execute(new GetMemberPage(name, null)).catch(() => null);
  return { path: member === null ? '/archive' : `/members/${encodeURIComponent(member.handle)}`, lasts: false };
}

/** The forum's own image in place of an image of the old site, under whichever of its hosts. */
async function imageAt(address: string, db: Database, queries: QueryBus): Promise<string | null> {
  const [path = ''] = address.split(/[?#]/);
  const ids = oldHosts(db)
    .all()
    .flatMap(({ site, host }) =>
      imageAddress(`http://${host}${path}`).names.map(({ key }) => importedImageId(site, key)),
    );
  const imageId = await queries.execute(new FindImage(ids));
  return imageId === null ? null : imagePath({ imageId, width: 1600, format: 'jpg' });
}

const lasting = (path: string | null): Moved | null => (path === null ? null : { path, lasts: true });
const hasMoved = (db: Database): boolean => anyMoved(db).get() !== undefined;

function pathOf(db: Database, key: string, shows: (post: Found) => boolean): string | null {
  const list = key.replace(LATER_PAGE, '');
  const post = movedPost(db).get(key) ?? movedPost(db).get(list);
  if (post !== undefined) return shows(post) ? `/posts/${encodeURIComponent(post.slug)}` : null;
  for (const [pattern, path] of LISTS) {
    const parts = pattern.exec(list);
    if (parts !== null) return path(db, parts);
  }
  return null;
}

/**
 * Finds a tag by its name in the source. Where that is not recorded, the address has the tag's words with hyphens
 * between them, without accents and signs, and with a number where another taxonomy has the same name.
 */
function tagPath(db: Database, taxonomy: string, name: string): string | null {
  const to = (tag: string) => `/tags/${encodeURIComponent(tag)}`;
  const named = namedTag(db).get(name, taxonomy);
  if (named !== undefined) return to(named.tag);
  for (const tag of [name, name.replaceAll('-', ' ')]) if (tagged(db).get(foldTag(tag)) !== undefined) return to(tag);
  const tags = someTags(db).all(MOST_TAGS);
  for (const slug of [name, name.replace(/-\d+$/, '')]) {
    const found = tags.find(({ tag }) => hyphenated(tag) === slug);
    if (found !== undefined) return to(found.tag);
  }
  return null;
}
