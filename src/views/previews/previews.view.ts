import type { Database } from 'better-sqlite3';
import type { Projection, ViewDefinition } from '../../../libs/projections/port.ts';
import { isEditor } from '../../../libs/words/index.ts';
import { idBytes } from '../ids.ts';
import { isOneOf, type StoredOf } from '../stored.ts';

const EVENT_TYPES = [
  'PreviewShared.v1',
  'PreviewEnded.v1',
  'PostDraftDropped.v1',
  'PostPublished.v1',
  'PostEdited.v1',
  'PostWithdrawn.v1',
  'PostBroughtBack.v1',
  'MemberRolesChanged.v1',
  'MemberSanctioned.v1',
  'MemberErased.v1',
] as const;
type Event = StoredOf<(typeof EVENT_TYPES)[number]>;

/**
 * `preview` has the links by which a post is read before it is published; `n` is the position at which each was made.
 * `post` has from when on each post of the forum is out (milliseconds since 1970), by which its links end.
 */
const SCHEMA = `
  CREATE TABLE preview (
    id BLOB PRIMARY KEY, n INTEGER NOT NULL, post BLOB NOT NULL, member BLOB NOT NULL, at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL, ended INTEGER NOT NULL DEFAULT 0
  ) WITHOUT ROWID;
  CREATE INDEX preview_post ON preview (post, n) WHERE ended = 0;
  CREATE INDEX preview_member ON preview (member) WHERE ended = 0;
  CREATE TABLE post (id BLOB PRIMARY KEY, out_at INTEGER NOT NULL, withdrawn INTEGER NOT NULL) WITHOUT ROWID;
`;

/** The links by which people without an account read what is not published. */
export const previewsView: ViewDefinition = {
  name: 'previews',
  version: 1,
  isSmall: true,
  eventTypes: EVENT_TYPES,
  schema: SCHEMA,
  digestQueries: ['SELECT * FROM preview ORDER BY id', 'SELECT * FROM post ORDER BY id'],
  open: openPreviews,
};

interface PostRow {
  readonly out_at: number;
  readonly withdrawn: number;
}

function openPreviews(db: Database): Projection {
  const share = db.prepare(
    'INSERT OR IGNORE INTO preview (id, n, post, member, at, expires_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const end = db.prepare('UPDATE preview SET ended = 1 WHERE id = ?');
  const endOfMember = db.prepare('UPDATE preview SET ended = 1 WHERE member = ? AND ended = 0');
  const followPost = followPosts(db);
  return (event) => {
    if (!isOneOf(event, EVENT_TYPES)) return undefined;
    switch (event.type) {
      case 'PreviewShared.v1': {
        const { previewId, postId, memberId, expiresAt } = event.data;
        const times = [Date.parse(event.recordedAt), Date.parse(expiresAt)];
        share.run(idBytes(previewId), event.position, idBytes(postId), idBytes(memberId), ...times);
        break;
      }
      case 'PreviewEnded.v1':
        end.run(idBytes(event.data.previewId));
        break;
      case 'MemberRolesChanged.v1':
        if (!isEditor(event.data.roles)) endOfMember.run(idBytes(event.data.memberId));
        break;
      case 'MemberSanctioned.v1':
        if (['suspension', 'ban'].includes(event.data.kind)) endOfMember.run(idBytes(event.data.memberId));
        break;
      case 'MemberErased.v1':
        endOfMember.run(idBytes(event.data.memberId));
        break;
      default:
        followPost(event);
    }
    return undefined;
  };
}

type PostChange = Exclude<Event, { readonly type: `Preview${string}` | `Member${string}` }>;

/**
 * The links of a post end once it is out, and where what they show is thrown away. A post that was out and is withdrawn has
 * no link of before: an editor makes another one.
 */
function followPosts(db: Database): (event: PostChange) => void {
  const read = db.prepare<[Buffer], PostRow>('SELECT out_at, withdrawn FROM post WHERE id = ?');
  const write = db.prepare('INSERT OR REPLACE INTO post (id, out_at, withdrawn) VALUES (?, ?, ?)');
  const endOfPost = db.prepare('UPDATE preview SET ended = 1 WHERE post = ? AND ended = 0');
  return (event) => {
    const [id, now] = [idBytes(event.data.postId), Date.parse(event.recordedAt)];
    const before = read.get(id);
    const after = postAfter(event, before);
    if (after !== undefined) write.run(id, after.out_at, after.withdrawn);
    const [wasOut, isOut] = [isOutAt(before, now), isOutAt(after, now)];
    const isDropped = event.type === 'PostDraftDropped.v1' && (isOut || after === undefined);
    if (wasOut !== isOut || isDropped) endOfPost.run(id);
  };
}

function isOutAt(post: PostRow | undefined, now: number): boolean {
  return post !== undefined && post.withdrawn === 0 && post.out_at <= now;
}

function postAfter(event: PostChange, before: PostRow | undefined): PostRow | undefined {
  switch (event.type) {
    case 'PostPublished.v1':
      return { out_at: Date.parse(event.data.publishAt), withdrawn: 0 };
    case 'PostEdited.v1': {
      const { publishAt } = event.data;
      return before && publishAt !== undefined ? { ...before, out_at: Date.parse(publishAt) } : before;
    }
    case 'PostWithdrawn.v1':
    case 'PostBroughtBack.v1':
      return before && { ...before, withdrawn: Number(event.type === 'PostWithdrawn.v1') };
    case 'PostDraftDropped.v1':
      return before;
    default:
      return event satisfies never;
  }
}
