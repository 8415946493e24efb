import type { Database } from 'better-sqlite3';
import type { RecordedEvent } from '../../../libs/event-store/index.ts';
import { deriveId } from '../../../libs/kernel/index.ts';
import type { ViewDefinition } from '../../../libs/projections/port.ts';
import { idBytes } from '../ids.ts';
import { isOneOf } from '../stored.ts';
import { IS_TOLD, LETTER_CAUSES, type LetterCause } from './letter-causes.ts';
import type { MailProjected } from './mails.query-types.ts';
import { PRUNE_TYPES, pruneMails } from './pruned-mails.ts';

const MAIL_TYPES = ['LeaseTaken.v1', 'MailSettled.v1', 'MailFailed.v1', 'MailGivenUp.v1', 'MailRetried.v1'] as const;

const CAUSES: readonly (readonly [string, readonly LetterCause[]])[] = Object.entries(LETTER_CAUSES);
const CAUSE_TYPES = [...new Set(CAUSES.flatMap(([, causes]) => causes.map(({ type }) => type)))];

/**
 * `begun` has the kinds of letters that a lease has named: events before that cause no letters, so neither an old log nor
 * a new kind of letter makes anybody write of what is long past. The id of a mail is made of its cause, kind and
 * receiver. A mail goes when it has been settled or given up for `days` of the forum's settings, once a `day` (since
 * 1970). `issue_mail` counts the mails of
 * issues by their cause and state, so that nobody has to count thousands again and again; a mail that goes stays counted. `link` has the links whose key is kept. `next_at` (milliseconds since 1970) is null for a mail that is settled or given up.
 */
const SCHEMA = `
  CREATE TABLE begun (kind TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE lease (reactor TEXT PRIMARY KEY, holder TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE mail (
    id BLOB PRIMARY KEY, kind TEXT NOT NULL, receiver TEXT NOT NULL, cause INTEGER NOT NULL, at INTEGER NOT NULL,
    state TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, next_at INTEGER, reason TEXT, changed_at INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX mail_due ON mail (${IS_TOLD}, next_at, cause) WHERE next_at IS NOT NULL;
  CREATE INDEX mail_cause ON mail (cause, id);
  CREATE INDEX mail_state ON mail (state, cause, id);
  CREATE INDEX mail_changed ON mail (changed_at) WHERE next_at IS NULL;
  CREATE TABLE issue_mail (
    cause INTEGER NOT NULL, state TEXT NOT NULL, mails INTEGER NOT NULL, PRIMARY KEY (cause, state)
  ) WITHOUT ROWID;
  CREATE TRIGGER issue_mail_caused AFTER INSERT ON mail WHEN NEW.kind = 'newsletter' BEGIN
    INSERT INTO issue_mail VALUES (NEW.cause, NEW.state, 1) ON CONFLICT (cause, state) DO UPDATE SET mails = mails + 1;
  END;
  CREATE TRIGGER issue_mail_turned AFTER UPDATE OF state ON mail WHEN NEW.kind = 'newsletter' BEGIN
    UPDATE issue_mail SET mails = mails - 1 WHERE cause = OLD.cause AND state = OLD.state;
    INSERT INTO issue_mail VALUES (NEW.cause, NEW.state, 1) ON CONFLICT (cause, state) DO UPDATE SET mails = mails + 1;
  END;
  CREATE TABLE pruning (only INTEGER PRIMARY KEY CHECK (only = 1), days INTEGER NOT NULL, day INTEGER NOT NULL);
  CREATE TABLE link (id BLOB PRIMARY KEY, expires_at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX link_expires ON link (expires_at, id);
`;

/** The mails that events cause, and what has become of each. */
export const mailsView: ViewDefinition<MailProjected> = {
  name: 'mails',
  version: 14,
  eventTypes: [...new Set([...MAIL_TYPES, ...CAUSE_TYPES, ...PRUNE_TYPES])],
  schema: SCHEMA,
  isSmall: true,
  digestQueries: [
    'SELECT * FROM begun ORDER BY kind',
    'SELECT * FROM lease ORDER BY reactor',
    'SELECT * FROM mail ORDER BY id',
    'SELECT * FROM issue_mail ORDER BY cause, state',
    'SELECT * FROM pruning',
    'SELECT * FROM link ORDER BY id',
  ],
  open: (db) => {
    const follow = followMails(db);
    const cause = causeMails(db);
    const prune = pruneMails(db);
    return (event) => {
      prune(event);
      const followed = follow(event);
      return cause(event) || followed ? { mails: true } : undefined;
    };
  },
};

/** Gives whether anything has changed. */
function causeMails(db: Database): (event: RecordedEvent) => boolean {
  const hasBegun = db.prepare('SELECT 1 FROM begun WHERE kind = ?');
  const add = db.prepare(`
    INSERT OR IGNORE INTO mail (id, kind, receiver, cause, at, state, next_at, changed_at)
    VALUES (?, ?, ?, ?, ?, 'waiting', ?, ?)`);
  return (event) => {
    let caused = false;
    for (const [kind, causes] of CAUSES) {
      for (const { type, receiversOf } of causes) {
        const receivers = type === event.type ? receiversOf(event) : [];
        if (receivers.length === 0 || hasBegun.get(kind) === undefined) continue;
        const at = Date.parse(event.recordedAt);
        for (const receiver of receivers) {
          add.run(idBytes(deriveId(event.id, kind, receiver)), kind, receiver, event.position, at, at, at);
        }
        caused = true;
      }
    }
    return caused;
  };
}

/** Gives whether anything has changed. */
function followMails(db: Database): (event: RecordedEvent) => boolean {
  const begin = db.prepare('INSERT OR IGNORE INTO begun (kind) VALUES (?)');
  const lease = db.prepare('INSERT OR REPLACE INTO lease (reactor, holder, until) VALUES (?, ?, ?)');
  const end = db.prepare(
    'UPDATE mail SET state = ?, attempts = attempts + ?, next_at = NULL, reason = ?, changed_at = ? WHERE id = ?',
  );
  const fail = db.prepare(
    "UPDATE mail SET state = 'failed', attempts = ?, next_at = ?, reason = ?, changed_at = ? WHERE id = ?",
  );
  const retry = db.prepare("UPDATE mail SET state = 'waiting', attempts = 0, next_at = ?, changed_at = ? WHERE id = ?");
  return (event) => {
    if (!isOneOf(event, MAIL_TYPES)) return false;
    const at = Date.parse(event.recordedAt);
    switch (event.type) {
      case 'LeaseTaken.v1':
        lease.run(event.data.reactor, event.data.holder, Date.parse(event.data.until));
        for (const kind of event.data.begins) begin.run(kind);
        return true;
      case 'MailSettled.v1':
        return end.run(event.data.outcome, 1, null, at, idBytes(event.data.mailId)).changes > 0;
      case 'MailFailed.v1': {
        const { attempt, nextAt, reason, mailId } = event.data;
        return fail.run(attempt, Date.parse(nextAt), reason, at, idBytes(mailId)).changes > 0;
      }
      case 'MailGivenUp.v1':
        return end.run('given-up', 1, event.data.reason, at, idBytes(event.data.mailId)).changes > 0;
      case 'MailRetried.v1':
        return retry.run(at, at, idBytes(event.data.mailId)).changes > 0;
      default:
        return event satisfies never;
    }
  };
}
