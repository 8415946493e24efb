import type { Database } from 'better-sqlite3';
import type { Projection, ViewDefinition } from '../../../libs/projections/port.ts';
import { isOneOf } from '../stored.ts';
import { PagePlaces } from './page-places.ts';
import { PostListProjection } from './post-list.projection.ts';
import type { PostProjected } from './post-list.query-types.ts';

const EVENT_TYPES = [
  'PostPublished.v1',
  'PostEdited.v1',
  'PostWithdrawn.v1',
  'PostBroughtBack.v1',
  'PostAddressesKept.v2',
  'PageAddressed.v1',
  'DiscussionChanged.v2',
  'SiteChanged.v1',
] as const;

/**
 * `n` is the position of PostPublished. `old_address` leads to posts from their addresses in the source, and from their
 * former ones here, by `oldAddressKey`; `old_tag` leads to tags, by `oldNameKey`, with `n` the position that first recorded it; `old_host`
 * has the hosts under which imported sites were, and kept their files. `first_url` is the address of another site's page
 * as it was recorded, and `url` the one at which it stands by the rules in force, which are in `page_rules`. The thread
 * view counts comments.
 */
const SCHEMA = `
  CREATE TABLE post (
    n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, slug TEXT NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL,
    locale TEXT NOT NULL, body TEXT NOT NULL, excerpt TEXT, tags TEXT NOT NULL, author BLOB, byline TEXT, site TEXT,
    publish_at INTEGER NOT NULL, edited_at INTEGER, withdrawn INTEGER NOT NULL DEFAULT 0, revision INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'open', slow_mode INTEGER NOT NULL DEFAULT 0, pinned BLOB,
    first_url TEXT, url TEXT
  );
  CREATE INDEX post_slug ON post (slug);
  CREATE INDEX post_out ON post (publish_at, n);
  CREATE INDEX post_author ON post (author, publish_at, n) WHERE author IS NOT NULL;
  CREATE INDEX post_url ON post (url, n) WHERE url IS NOT NULL;
  CREATE TABLE page_rules (id INTEGER PRIMARY KEY, value TEXT NOT NULL);
  CREATE TABLE post_tag (tag TEXT NOT NULL, post INTEGER NOT NULL, PRIMARY KEY (tag, post)) WITHOUT ROWID;
  CREATE TABLE old_address (address TEXT PRIMARY KEY, post INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE old_tag (
    nicename TEXT NOT NULL, taxonomy TEXT NOT NULL, tag TEXT NOT NULL, n INTEGER NOT NULL,
    PRIMARY KEY (nicename, taxonomy, tag)
  ) WITHOUT ROWID;
  CREATE TABLE old_host (site TEXT NOT NULL, host TEXT NOT NULL, PRIMARY KEY (site, host)) WITHOUT ROWID;
  CREATE VIRTUAL TABLE post_text USING fts5 (
    words, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co M*'"
  );
`;

const DEFINITION: Omit<ViewDefinition<PostProjected>, 'version'> = {
  name: 'post-list',
  eventTypes: EVENT_TYPES,
  schema: SCHEMA,
  digestQueries: [
    'SELECT * FROM post ORDER BY n',
    'SELECT * FROM page_rules ORDER BY id',
    'SELECT * FROM post_tag ORDER BY tag, post',
    'SELECT * FROM old_address ORDER BY address',
    'SELECT * FROM old_tag ORDER BY nicename, taxonomy, tag',
    'SELECT * FROM old_host ORDER BY site, host',
    'SELECT rowid FROM post_text ORDER BY rowid',
  ],
  open: openPostList,
};

/**
 * The posts with their tags and words. The version before does not know of posts that were brought
 * back, and of those with another address than before.
 */
export const postListView: ViewDefinition<PostProjected> = {
  ...DEFINITION,
  version: 10,
  previous: { ...DEFINITION, version: 8 },
};

function openPostList(db: Database): Projection<PostProjected> {
  const posts = new PostListProjection(db);
  const places = new PagePlaces(db);
  return (event) => {
    if (!isOneOf(event, EVENT_TYPES)) return undefined;
    switch (event.type) {
      case 'PostPublished.v1':
        posts.published(event);
        break;
      case 'PostEdited.v1':
        posts.edited(event);
        break;
      case 'PostWithdrawn.v1':
      case 'PostBroughtBack.v1':
        posts.stands(event);
        break;
      case 'PostAddressesKept.v2':
        posts.addressesKept(event);
        break;
      case 'PageAddressed.v1':
        places.pageAddressed(event);
        break;
      case 'DiscussionChanged.v2':
        posts.discussionChanged(event);
        break;
      case 'SiteChanged.v1':
        places.siteChanged(event);
        return undefined;
      default:
        return event satisfies never;
    }
    return { changedPostId: event.data.postId };
  };
}
