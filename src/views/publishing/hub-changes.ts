import type { Database } from 'better-sqlite3';
import type { RecordedEvent } from '../../../libs/event-store/index.ts';
import { trusted } from '../../../libs/kernel/index.ts';
import { HUB_TASK } from '../../../libs/words/index.ts';
import { idBytes } from '../ids.ts';
import { isOneOf, type StoredOf } from '../stored.ts';

export const HUB_TYPES = [
  'PostPublished.v1',
  'PostEdited.v1',
  'PostWithdrawn.v1',
  'PostBroughtBack.v1',
  'HubTold.v1',
  'HubFailed.v1',
  'HubGivenUp.v1',
  'LeaseTaken.v1',
] as const;

/**
 * `hub_post` has the posts of this forum with their tags, since when they are out, and whether they are withdrawn. A change is
 * to be told from `at` on, which lies ahead for a post that comes later. `hub_state` says whether the work has begun, and
 * when a hub that failed is tried again.
 */
export const HUB_SCHEMA = `
  CREATE TABLE hub_post (id BLOB PRIMARY KEY, tags TEXT NOT NULL, out_at INTEGER NOT NULL, withdrawn INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE hub_change (
    at INTEGER NOT NULL, position INTEGER NOT NULL, post BLOB NOT NULL, tags TEXT NOT NULL, PRIMARY KEY (at, position)
  ) WITHOUT ROWID;
  CREATE TABLE hub_state (only INTEGER PRIMARY KEY CHECK (only = 1), begun INTEGER NOT NULL, next_at INTEGER);
  INSERT INTO hub_state (only, begun, next_at) VALUES (1, 0, NULL);
  CREATE TABLE lease (reactor TEXT PRIMARY KEY, holder TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
`;

interface PostRow {
  readonly tags: string;
  readonly out_at: number;
  readonly withdrawn: number;
}

/** Follows what the hub is to be told of. Gives whether that has changed. */
export function followHub(db: Database): (event: RecordedEvent) => boolean {
  const posts = followPosts(db);
  const drop = db.prepare(
    'DELETE FROM hub_change WHERE at <= ? AND position IN (SELECT CAST(value AS INTEGER) FROM json_each(?))',
  );
  const retry = db.prepare('UPDATE hub_state SET next_at = ?');
  const begin = db.prepare('UPDATE hub_state SET begun = 1');
  const lease = db.prepare('INSERT OR REPLACE INTO lease (reactor, holder, until) VALUES (?, ?, ?)');
  return (event) => {
    if (!isOneOf(event, HUB_TYPES)) return false;
    switch (event.type) {
      case 'PostPublished.v1':
      case 'PostEdited.v1':
      case 'PostWithdrawn.v1':
      case 'PostBroughtBack.v1':
        posts(event);
        return true;
      case 'HubTold.v1':
      case 'HubGivenUp.v1':
        drop.run(Date.parse(event.data.until), JSON.stringify(event.data.changes));
        retry.run(null);
        return true;
      case 'HubFailed.v1':
        retry.run(Date.parse(event.data.nextAt));
        return true;
      case 'LeaseTaken.v1':
        if (event.data.reactor !== HUB_TASK) return false;
        lease.run(event.data.reactor, event.data.holder, Date.parse(event.data.until));
        if (event.data.begins.includes(HUB_TASK)) begin.run();
        return true;
      default:
        return event satisfies never;
    }
  };
}

type PostChange = StoredOf<'PostPublished.v1' | 'PostEdited.v1' | 'PostWithdrawn.v1' | 'PostBroughtBack.v1'>;

function followPosts(db: Database): (event: PostChange) => void {
  const read = db.prepare<[Buffer], PostRow>('SELECT tags, out_at, withdrawn FROM hub_post WHERE id = ?');
  const write = db.prepare('INSERT OR REPLACE INTO hub_post (id, tags, out_at, withdrawn) VALUES (?, ?, ?, ?)');
  const forgetLater = db.prepare('DELETE FROM hub_change WHERE post = ? AND at > ?');
  const add = db.prepare(`
    INSERT OR IGNORE INTO hub_change (at, position, post, tags)
    SELECT ?, ?, ?, ? FROM hub_state WHERE begun = 1`);
  return (event) => {
    const id = idBytes(event.data.postId);
    const now = Date.parse(event.recordedAt);
    const row = read.get(id);
    const before = row && { tags: tagsOfRow(row), outAt: row.out_at, withdrawn: row.withdrawn === 1 };
    const after = postAfter(event, before);
    if (after === undefined) return;
    write.run(id, JSON.stringify(after.tags), after.outAt, Number(after.withdrawn));
    forgetLater.run(id, now);
    const [wasOut, isOut] = [isOutAt(before, now), isOutAt(after, now)];
    const tags = [...new Set([...(wasOut ? (before?.tags ?? []) : []), ...(isOut ? after.tags : [])])];
    if (wasOut || isOut) add.run(now, event.position, id, JSON.stringify(tags));
    if (!after.withdrawn && !isOut) add.run(after.outAt, event.position, id, JSON.stringify(after.tags));
  };
}

interface PostOut {
  readonly tags: readonly string[];
  /** Milliseconds since 1970. */
  readonly outAt: number;
  readonly withdrawn: boolean;
}

function isOutAt(post: PostOut | undefined, now: number): boolean {
  return post !== undefined && !post.withdrawn && post.outAt <= now;
}

/** Undefined for a page of another site, which stands in no feed. */
function postAfter(event: PostChange, before: PostOut | undefined): PostOut | undefined {
  switch (event.type) {
    case 'PostPublished.v1': {
      const { kind, tags, publishAt } = event.data;
      return kind === 'page' ? undefined : { tags, outAt: Date.parse(publishAt), withdrawn: false };
    }
    case 'PostEdited.v1': {
      if (before === undefined) return undefined;
      const { tags = before.tags, publishAt } = event.data;
      return { ...before, tags, outAt: publishAt === undefined ? before.outAt : Date.parse(publishAt) };
    }
    case 'PostWithdrawn.v1':
    case 'PostBroughtBack.v1':
      return before && { ...before, withdrawn: event.type === 'PostWithdrawn.v1' };
    default:
      return event satisfies never;
  }
}

export function tagsOfRow({ tags }: Pick<PostRow, 'tags'>): readonly string[] {
  return trusted<readonly string[]>(JSON.parse(tags));
}
