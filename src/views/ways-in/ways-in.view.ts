import type { Database } from 'better-sqlite3';
import type { Projection, ViewDefinition } from '../../../libs/projections/port.ts';
import { idBytes } from '../ids.ts';
import { isOneOf } from '../stored.ts';

const EVENT_TYPES = [
  'MemberSessionOpened.v1',
  'MemberSessionEnded.v1',
  'MemberSessionsEnded.v1',
  'MemberPasswordChanged.v1',
  'MemberSanctioned.v1',
  'SessionSeen.v1',
  'SecondFactorTurnedOn.v1',
  'SecondFactorTurnedOff.v1',
  'RecoveryCodesMade.v1',
  'RecoveryCodeUsed.v1',
  'PasskeyAdded.v1',
  'PasskeyRemoved.v1',
] as const;

/**
 * `session` has the sessions that nobody has ended; `n` is the position of the sign-in, `sealed` holds the device, `seen`
 * is the day of the last use. `last_seen` is the same of each member, whatever became of its sessions. `second_factor` has
 * the members whose factor is on, with the bits of the recovery codes that were used, and the revision of the newest use: a
 * session that was opened right after it was opened by that code (`recovered`). `passkey.sealed` holds the name.
 */
const SCHEMA = `
  CREATE TABLE session (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, member BLOB NOT NULL, opened_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL, way TEXT NOT NULL, seen TEXT NOT NULL, sealed BLOB, recovered INTEGER NOT NULL DEFAULT 0
  );
  CREATE INDEX session_member ON session (member, n);
  CREATE INDEX session_expiry ON session (expires_at);
  CREATE TABLE last_seen (member BLOB PRIMARY KEY, day TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE second_factor (
    member BLOB PRIMARY KEY, turned_on_at INTEGER NOT NULL, used_codes INTEGER NOT NULL,
    code_used TEXT NOT NULL DEFAULT ''
  ) WITHOUT ROWID;
  CREATE TABLE passkey (
    n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, member BLOB NOT NULL, added_at INTEGER NOT NULL, sealed BLOB
  );
  CREATE INDEX passkey_member ON passkey (member, n);
`;

/** How members sign in, and on which devices they are signed in. */
export const waysInView: ViewDefinition<never> = {
  name: 'ways-in',
  version: 2,
  isSmall: true,
  eventTypes: EVENT_TYPES,
  schema: SCHEMA,
  digestQueries: [
    'SELECT * FROM session ORDER BY n',
    'SELECT * FROM last_seen ORDER BY member',
    'SELECT * FROM second_factor ORDER BY member',
    'SELECT * FROM passkey ORDER BY n',
  ],
  open: openWaysIn,
};

function openWaysIn(db: Database): Projection<never> {
  const open = db.prepare(`
    INSERT OR IGNORE INTO session (n, id, member, opened_at, expires_at, way, seen, sealed, recovered)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const codeUsed = db.prepare('SELECT 1 FROM second_factor WHERE member = ? AND code_used = ?');
  const forgetOver = db.prepare('DELETE FROM session WHERE expires_at <= ?');
  const end = db.prepare('DELETE FROM session WHERE id = ?');
  const endOthers = db.prepare('DELETE FROM session WHERE member = ? AND id IS NOT ?');
  const see = db.prepare('UPDATE session SET seen = ? WHERE id = ? AND seen < ?');
  const seen = db.prepare(`
    INSERT INTO last_seen (member, day) VALUES (?, ?)
    ON CONFLICT (member) DO UPDATE SET day = excluded.day WHERE excluded.day > day`);
  const turnOn = db.prepare(`
    INSERT OR REPLACE INTO second_factor (member, turned_on_at, used_codes) VALUES (?, ?, 0)`);
  const turnOff = db.prepare('DELETE FROM second_factor WHERE member = ?');
  const renewCodes = db.prepare('UPDATE second_factor SET used_codes = 0 WHERE member = ?');
  const useCode = db.prepare('UPDATE second_factor SET used_codes = used_codes | ?, code_used = ? WHERE member = ?');
  const addKey = db.prepare(`
    INSERT OR IGNORE INTO passkey (n, id, member, added_at, sealed) VALUES (?, ?, ?, ?, ?)`);
  const removeKey = db.prepare('DELETE FROM passkey WHERE id = ?');

  return (event) => {
    if (!isOneOf(event, EVENT_TYPES)) return undefined;
    const member = idBytes(event.data.memberId);
    const at = Date.parse(event.occurredAt);
    switch (event.type) {
      case 'MemberSessionOpened.v1': {
        const { sessionId, expiresAt, way } = event.data;
        const day = event.occurredAt.slice(0, 10);
        forgetOver.run(at);
        const recovered = codeUsed.get(member, String(event.revision - 1n)) === undefined ? 0 : 1;
        open.run(event.position, sessionId, member, at, Date.parse(expiresAt), way, day, event.sealed, recovered);
        seen.run(member, day);
        break;
      }
      case 'MemberSessionEnded.v1':
        end.run(event.data.sessionId);
        break;
      case 'MemberSessionsEnded.v1':
        endOthers.run(member, event.data.except);
        break;
      case 'MemberPasswordChanged.v1':
        endOthers.run(member, null);
        break;
      case 'MemberSanctioned.v1':
        if (event.data.kind === 'ban') endOthers.run(member, null);
        break;
      case 'SessionSeen.v1': {
        const { sessionId, day } = event.data;
        see.run(day, sessionId, day);
        seen.run(member, day);
        break;
      }
      case 'SecondFactorTurnedOn.v1':
        turnOn.run(member, at);
        break;
      case 'SecondFactorTurnedOff.v1':
        turnOff.run(member);
        break;
      case 'RecoveryCodesMade.v1':
        renewCodes.run(member);
        break;
      case 'RecoveryCodeUsed.v1':
        useCode.run(2 ** event.data.index, String(event.revision), member);
        break;
      case 'PasskeyAdded.v1':
        addKey.run(event.position, idBytes(event.data.passkeyId), member, at, event.sealed);
        break;
      case 'PasskeyRemoved.v1':
        removeKey.run(idBytes(event.data.passkeyId));
        break;
      default:
        event satisfies never;
    }
    return undefined;
  };
}
