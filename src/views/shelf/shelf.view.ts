import type { Database } from 'better-sqlite3';
import type { Projection, ViewDefinition } from '../../../libs/projections/port.ts';
import { idBytes } from '../ids.ts';
import { isOneOf, type StoredOf } from '../stored.ts';
import {
  POST_DRAFT_DIGEST,
  POST_DRAFT_SCHEMA,
  POST_DRAFT_TYPES,
  PostDraftsProjection,
} from './post-drafts.projection.ts';
import type { ShelfProjected } from './shelf.query-types.ts';

const EVENT_TYPES = [
  'DraftKept.v1',
  'DraftDropped.v1',
  ...POST_DRAFT_TYPES,
  'BookmarkAdded.v1',
  'BookmarkRemoved.v1',
  'VisitKept.v1',
  'VisitsTurned.v1',
  'KeyDestroyed.v1',
  'MemberErased.v1',
] as const;

/**
 * `draft` has the unsent text of each place, sealed, with its place in the log (`n`) and its time; null for one that was
 * dropped, after which the next draft of the place has another number. `draft_key` names the drafts whose keys still
 * exist, dropped ones too, until `KeyDestroyed` passes by. `visit` has where a member stopped reading, the newest
 * discussions alone, and `visits_off` the members who want none kept. Places, visits and bookmarks are hashes that only the forum can make.
 */
const SCHEMA = `
  CREATE TABLE draft (
    member BLOB NOT NULL, place BLOB NOT NULL, id BLOB NOT NULL, dropped INTEGER NOT NULL DEFAULT 0, n INTEGER NOT NULL,
    at INTEGER NOT NULL, sealed BLOB, PRIMARY KEY (member, place)
  ) WITHOUT ROWID;
  CREATE TABLE draft_key (id BLOB PRIMARY KEY, member BLOB NOT NULL) WITHOUT ROWID;
  CREATE INDEX draft_key_member ON draft_key (member);
  CREATE TABLE bookmark (
    n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, member BLOB NOT NULL, at INTEGER NOT NULL, sealed BLOB
  );
  CREATE INDEX bookmark_member ON bookmark (member, n);
  CREATE TABLE visit (
    member BLOB NOT NULL, id BLOB NOT NULL, n INTEGER NOT NULL, sealed BLOB, PRIMARY KEY (member, id)
  ) WITHOUT ROWID;
  CREATE INDEX visit_member ON visit (member, n);
  CREATE TABLE visits_off (member BLOB PRIMARY KEY) WITHOUT ROWID;
${POST_DRAFT_SCHEMA}`;

/** What members keep before or beside what all can read: unsent texts, posts being written, bookmarks, and where they stopped reading. */
export const shelfView: ViewDefinition<ShelfProjected> = {
  name: 'shelf',
  version: 3,
  isSmall: true,
  eventTypes: EVENT_TYPES,
  schema: SCHEMA,
  digestQueries: [
    'SELECT * FROM draft ORDER BY member, place',
    'SELECT * FROM draft_key ORDER BY id',
    'SELECT * FROM bookmark ORDER BY n',
    'SELECT * FROM visit ORDER BY member, id',
    'SELECT * FROM visits_off ORDER BY member',
    ...POST_DRAFT_DIGEST,
  ],
  open: openShelf,
};

const DRAFT_STREAM = 'draft-';

function openShelf(db: Database): Projection<ShelfProjected> {
  const keep = db.prepare(`
    INSERT INTO draft (member, place, id, n, at, sealed) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (member, place) DO UPDATE SET id = excluded.id, n = excluded.n, at = excluded.at, sealed = excluded.sealed`);
  const holdKey = db.prepare('INSERT OR IGNORE INTO draft_key (id, member) VALUES (?, ?)');
  const drop = db.prepare(`
    UPDATE draft SET sealed = NULL, dropped = dropped + 1, n = ? WHERE member = ? AND place = ? AND id = ?`);
  const loseKey = db.prepare('DELETE FROM draft_key WHERE id = ?');
  const add = db.prepare('INSERT OR REPLACE INTO bookmark (n, id, member, at, sealed) VALUES (?, ?, ?, ?, ?)');
  const remove = db.prepare('DELETE FROM bookmark WHERE id = ?');
  const visits = followVisits(db);
  const postDrafts = new PostDraftsProjection(db);
  const forget = ['draft', 'bookmark', 'visit', 'visits_off'].map((table) =>
    db.prepare(`DELETE FROM ${table} WHERE member = ?`),
  );
  return (event) => {
    if (!isOneOf(event, EVENT_TYPES)) return undefined;
    const at = Date.parse(event.occurredAt);
    switch (event.type) {
      case 'DraftKept.v1': {
        const [member, place, id] = idsOf(event.data);
        keep.run(member, place, id, event.position, at, event.sealed);
        holdKey.run(id, member);
        return { drafterId: event.data.memberId };
      }
      case 'DraftDropped.v1': {
        const [member, place, id] = idsOf(event.data);
        drop.run(event.position, member, place, id);
        break;
      }
      case 'PostDraftKept.v1':
      case 'PostDraftDropped.v1':
        postDrafts.follow(event);
        break;
      case 'BookmarkAdded.v1': {
        const { memberId, bookmarkId } = event.data;
        add.run(event.position, idBytes(bookmarkId), idBytes(memberId), at, event.sealed);
        return { markerId: memberId };
      }
      case 'BookmarkRemoved.v1':
        remove.run(idBytes(event.data.bookmarkId));
        return { markerId: event.data.memberId };
      case 'VisitKept.v1':
      case 'VisitsTurned.v1':
        visits(event);
        return { readerId: event.data.memberId };
      case 'KeyDestroyed.v1':
        if (event.data.stream.startsWith(DRAFT_STREAM)) {
          loseKey.run(idBytes(event.data.stream.slice(DRAFT_STREAM.length)));
        }
        postDrafts.keyDestroyed(event.data.stream);
        break;
      case 'MemberErased.v1':
        for (const one of forget) one.run(idBytes(event.data.memberId));
        postDrafts.memberErased(event.data.memberId);
        return { markerId: event.data.memberId };
      default:
        event satisfies never;
    }
    return undefined;
  };
}

/** The discussions of a member of which it is known where it stopped. */
const MOST_VISITED = 500;

function followVisits(db: Database): (event: StoredOf<'VisitKept.v1' | 'VisitsTurned.v1'>) => void {
  const visit = db.prepare('INSERT OR REPLACE INTO visit (member, id, n, sealed) VALUES (?, ?, ?, ?)');
  const forgetOldest = db.prepare(`
    DELETE FROM visit WHERE member = @member AND n <= (
      SELECT n FROM visit WHERE member = @member ORDER BY n DESC LIMIT 1 OFFSET ${MOST_VISITED})`);
  const turnOff = db.prepare('INSERT OR IGNORE INTO visits_off (member) VALUES (?)');
  const turnOn = db.prepare('DELETE FROM visits_off WHERE member = ?');
  const forgetAll = db.prepare('DELETE FROM visit WHERE member = ?');
  return (event) => {
    const member = idBytes(event.data.memberId);
    if (event.type === 'VisitKept.v1') {
      visit.run(member, idBytes(event.data.visitId), event.position, event.sealed);
      forgetOldest.run({ member });
    } else if (event.data.kept) turnOn.run(member);
    else {
      turnOff.run(member);
      forgetAll.run(member);
    }
  };
}

function idsOf({ memberId, placeId, draftId }: Readonly<Record<'memberId' | 'placeId' | 'draftId', string>>) {
  return [idBytes(memberId), idBytes(placeId), idBytes(draftId)] as const;
}
