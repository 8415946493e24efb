import type { Database } from 'better-sqlite3';
import type { Projection, ViewDefinition } from '../../../libs/projections/port.ts';
import { idBytes } from '../ids.ts';
import { isOneOf } from '../stored.ts';
import type { SanctionProjected } from './sanctions.query-types.ts';

const EVENT_TYPES = [
  'MemberSanctioned.v1',
  'SanctionLifted.v1',
  'WarningAcknowledged.v1',
  'SanctionAppealed.v1',
  'AppealDecided.v1',
  'MemberNoted.v1',
] as const;

/**
 * `n` is the position of the decision. The words of each step lie sealed beside it: `sealed` has the statement of
 * reasons, and then there are `lift_sealed`, `appeal_sealed` and `answer_sealed`. Times are milliseconds since 1970,
 * null for what has not happened.
 */
const SCHEMA = `
  CREATE TABLE sanction (
    n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, member BLOB NOT NULL, kind TEXT NOT NULL, until INTEGER,
    reason TEXT NOT NULL, comment BLOB, by TEXT NOT NULL, at INTEGER NOT NULL, sealed BLOB,
    acknowledged INTEGER NOT NULL DEFAULT 0,
    lifted_at INTEGER, because TEXT, lift_sealed BLOB,
    appealed_at INTEGER, appeal_sealed BLOB, outcome TEXT, decided_at INTEGER, answer_sealed BLOB
  );
  CREATE INDEX sanction_member ON sanction (member, n);
  CREATE INDEX sanction_appeal ON sanction (outcome, appealed_at) WHERE appealed_at IS NOT NULL;
  CREATE TABLE note (
    n INTEGER PRIMARY KEY, id BLOB NOT NULL, member BLOB NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL, sealed BLOB
  );
  CREATE INDEX note_member ON note (member, n);
`;

/** The sanctions of members, members' appeals, and moderators' notes. */
export const sanctionsView: ViewDefinition<SanctionProjected> = {
  name: 'sanctions',
  version: 1,
  isSmall: true,
  eventTypes: EVENT_TYPES,
  schema: SCHEMA,
  digestQueries: ['SELECT * FROM sanction ORDER BY n', 'SELECT * FROM note ORDER BY n'],
  open: openSanctions,
};

function openSanctions(db: Database): Projection<SanctionProjected> {
  const sanction = db.prepare(`
    INSERT INTO sanction (n, id, member, kind, until, reason, comment, by, at, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const lift = db.prepare('UPDATE sanction SET lifted_at = ?, because = ?, lift_sealed = ? WHERE id = ?');
  const acknowledge = db.prepare('UPDATE sanction SET acknowledged = 1 WHERE id = ?');
  const appeal = db.prepare(`UPDATE sanction SET appealed_at = ?, appeal_sealed = ?, outcome = 'open' WHERE id = ?`);
  const decide = db.prepare('UPDATE sanction SET outcome = ?, decided_at = ?, answer_sealed = ? WHERE id = ?');
  const note = db.prepare('INSERT INTO note (n, id, member, by, at, sealed) VALUES (?, ?, ?, ?, ?, ?)');

  return (event) => {
    if (!isOneOf(event, EVENT_TYPES)) return undefined;
    const { memberId } = event.data;
    const at = Date.parse(event.occurredAt);
    switch (event.type) {
      case 'MemberSanctioned.v1': {
        const { sanctionId, kind, until, reason, commentId } = event.data;
        const [ends, comment] = [until && Date.parse(until), commentId && idBytes(commentId)];
        const ruled = [event.position, idBytes(sanctionId), idBytes(memberId), kind, ends, reason, comment];
        sanction.run(...ruled, event.actor, at, event.sealed);
        break;
      }
      case 'SanctionLifted.v1':
        lift.run(at, event.data.because, event.sealed, idBytes(event.data.sanctionId));
        break;
      case 'WarningAcknowledged.v1':
        acknowledge.run(idBytes(event.data.sanctionId));
        break;
      case 'SanctionAppealed.v1':
        appeal.run(at, event.sealed, idBytes(event.data.sanctionId));
        break;
      case 'AppealDecided.v1':
        decide.run(event.data.outcome, at, event.sealed, idBytes(event.data.sanctionId));
        break;
      case 'MemberNoted.v1':
        note.run(event.position, idBytes(event.data.noteId), idBytes(memberId), event.actor, at, event.sealed);
        break;
      default:
        event satisfies never;
    }
    return { sanctionedMemberId: memberId };
  };
}
