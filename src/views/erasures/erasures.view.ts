import type { Database } from 'better-sqlite3';
import type { RecordedEvent } from '../../../libs/event-store/index.ts';
import type { Projection, ViewDefinition } from '../../../libs/projections/port.ts';
import { isOneOf, type StoredOf } from '../stored.ts';
import type { ErasureProjected } from './erasures.query-types.ts';

const ERASURE_TYPES = [
  'ErasureRequested.v1',
  'ErasureTakenBack.v1',
  'ErasureBegun.v1',
  'ErasureStepDone.v1',
  'ErasureFinished.v1',
] as const;
const WORDS_TYPES = [
  'CommentPosted.v1',
  'CommentEdited.v1',
  'CommentClaimed.v1',
  'CommentReported.v1',
  'SanctionAppealed.v1',
  'ImageStored.v1',
  'DraftKept.v1',
  'PostDraftKept.v1',
  'BookmarkAdded.v1',
  'VisitKept.v1',
  'PushSubscribed.v1',
  'TranslationWritten.v1',
  'TranslationReported.v1',
] as const;
const OTHER_TYPES = ['KeyDestroyed.v1', 'LeaseTaken.v1', 'MemberErased.v1', 'SubscriptionAsked.v1'] as const;

/**
 * `erasure.asked` is the sealed part of the request, with what an imported person is found by; `undone_at` is when it was
 * taken back together with the account. `erased` has the members
 * whose erasure has begun, `late` what they wrote after that on a node that did not know yet, until its key is
 * destroyed, and `gone_link` the links, guests' comments and readers of the newsletter whose key is destroyed, so that every node finds their mails.
 */
const SCHEMA = `
  CREATE TABLE erasure (
    id TEXT PRIMARY KEY, subject TEXT NOT NULL, member TEXT, comment TEXT, source TEXT, comments TEXT NOT NULL,
    state TEXT NOT NULL, asked_by TEXT NOT NULL, requested_at INTEGER NOT NULL, due_at INTEGER NOT NULL,
    finished_at INTEGER, finished TEXT, asked BLOB, undone_at INTEGER
  ) WITHOUT ROWID;
  CREATE INDEX erasure_open ON erasure (due_at) WHERE state IN ('waiting', 'running');
  CREATE TABLE step (
    erasure TEXT NOT NULL, step TEXT NOT NULL, count INTEGER NOT NULL, at INTEGER NOT NULL, n INTEGER NOT NULL,
    PRIMARY KEY (erasure, step)
  ) WITHOUT ROWID;
  CREATE TABLE erased (member TEXT PRIMARY KEY, erasure TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE late (stream TEXT PRIMARY KEY, erasure TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE gone_link (link TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE lease (one INTEGER PRIMARY KEY CHECK (one = 1), holder TEXT NOT NULL, until INTEGER NOT NULL);
`;

/** The erasures, and how far each of them is. */
export const erasuresView: ViewDefinition<ErasureProjected> = {
  name: 'erasures',
  version: 9,
  eventTypes: [...ERASURE_TYPES, ...WORDS_TYPES, ...OTHER_TYPES],
  schema: SCHEMA,
  isSmall: true,
  digestQueries: [
    'SELECT * FROM erasure ORDER BY id',
    'SELECT * FROM step ORDER BY erasure, step',
    'SELECT * FROM erased ORDER BY member',
    'SELECT * FROM late ORDER BY stream',
    'SELECT * FROM gone_link ORDER BY link',
    'SELECT * FROM lease',
  ],
  open: (db): Projection<ErasureProjected> => {
    const erasures = followErasures(db);
    const others = followOthers(db);
    return (event) => {
      const told = isOneOf(event, ERASURE_TYPES) ? erasures(event) : others(event);
      return told === undefined ? undefined : { erasureId: told };
    };
  },
};

function followErasures(db: Database): (event: StoredOf<(typeof ERASURE_TYPES)[number]>) => string {
  const request = db.prepare(`
    INSERT INTO erasure (id, subject, member, comment, source, comments, state, asked_by, requested_at, due_at, asked)
    VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET comments = excluded.comments, state = 'waiting', asked_by = excluded.asked_by,
      requested_at = excluded.requested_at, due_at = excluded.due_at, asked = excluded.asked, undone_at = NULL`);
  const become = db.prepare('UPDATE erasure SET state = ? WHERE id = ?');
  const undo = db.prepare('UPDATE erasure SET undone_at = ? WHERE id = ?');
  const finish = db.prepare("UPDATE erasure SET state = 'done', finished_at = ?, finished = ? WHERE id = ?");
  const step = db.prepare('INSERT OR IGNORE INTO step (erasure, step, count, at, n) VALUES (?, ?, ?, ?, ?)');
  return (event) => {
    const { erasureId } = event.data;
    const at = Date.parse(event.occurredAt);
    switch (event.type) {
      case 'ErasureRequested.v1': {
        const { subject, memberId, commentId, source, comments, dueAt } = event.data;
        const about = [erasureId, subject, memberId, commentId, source, comments];
        request.run(...about, event.actor, at, Date.parse(dueAt), event.sealed);
        break;
      }
      case 'ErasureTakenBack.v1':
        become.run('taken-back', erasureId);
        if (event.data.because === 'account') undo.run(at, erasureId);
        break;
      case 'ErasureBegun.v1':
        become.run('running', erasureId);
        break;
      case 'ErasureStepDone.v1':
        step.run(erasureId, event.data.step, event.data.count, at, event.position);
        break;
      case 'ErasureFinished.v1':
        finish.run(at, String(event.position), erasureId);
        break;
      default:
        event satisfies never;
    }
    return erasureId;
  };
}

/** Gives undefined where nothing has changed, and null where no single erasure is concerned. */
function followOthers(db: Database): (event: RecordedEvent) => string | null | undefined {
  const erase = db.prepare('INSERT OR IGNORE INTO erased (member, erasure) VALUES (?, ?)');
  const erasedBy = db.prepare<[string], { readonly erasure: string }>('SELECT erasure FROM erased WHERE member = ?');
  const anybody = db.prepare('SELECT 1 FROM erased LIMIT 1');
  const come = db.prepare('INSERT OR IGNORE INTO late (stream, erasure) VALUES (?, ?)');
  const leave = db.prepare('DELETE FROM late WHERE stream = ?');
  const link = db.prepare('INSERT OR IGNORE INTO gone_link (link) VALUES (?)');
  const comeAgain = db.prepare('DELETE FROM gone_link WHERE link = ?');
  const lease = db.prepare('INSERT OR REPLACE INTO lease (one, holder, until) VALUES (1, ?, ?)');
  // Most forums have erased nobody, and then a comment costs no look-up.
  let isAnybodyErased = anybody.get() !== undefined;
  const forget = (stream: string): boolean => {
    const kind = MAILED.find((prefix) => stream.startsWith(prefix));
    if (kind !== undefined) link.run(stream.slice(kind.length));
    return kind !== undefined;
  };
  return (event) => {
    if (isOneOf(event, WORDS_TYPES)) {
      const erasure = isAnybodyErased ? erasedBy.get(event.actor)?.erasure : undefined;
      if (erasure === undefined) return undefined;
      come.run(event.stream, erasure);
      return erasure;
    }
    if (!isOneOf(event, OTHER_TYPES)) return undefined;
    switch (event.type) {
      case 'MemberErased.v1':
        isAnybodyErased = true;
        erase.run(event.data.memberId, event.data.erasureId);
        return event.data.erasureId;
      case 'KeyDestroyed.v1':
        leave.run(event.data.stream);
        return forget(event.data.stream) ? null : undefined;
      case 'SubscriptionAsked.v1':
        return comeAgain.run(event.data.subscriberId).changes > 0 ? null : undefined;
      case 'LeaseTaken.v1':
        if (event.data.reactor !== 'erasure') return undefined;
        lease.run(event.data.holder, Date.parse(event.data.until));
        return null;
      default:
        return event satisfies never;
    }
  };
}

/** Streams that a mail may have been written for, under the id in their names: links, invitations, what guests wrote, and readers of the newsletter. */
const MAILED = ['link-', 'invitation-', 'guest-', 'comment-', 'subscriber-'];
