import type { Database } from 'better-sqlite3';
import { foldName, formatPosition } from '../../../libs/kernel/index.ts';
import type { Projection, ViewDefinition } from '../../../libs/projections/port.ts';
import { idBytes } from '../ids.ts';
import { storedTypeOf } from '../newest.ts';
import { isOneOf } from '../stored.ts';
import type { MemberProjected } from './members.query-types.ts';

const EVENT_TYPES = [
  'MemberRegistered.v2',
  'MemberScreened.v1',
  'MemberRolesChanged.v1',
  'MemberRenamed.v1',
  'MemberLocaleChanged.v1',
  'MemberPageChosen.v1',
  'MemberQuotingChosen.v1',
  'MemberLanguagesChosen.v1',
  'MemberTranslationsChosen.v1',
  'MemberPasswordChanged.v1',
  'MemberSessionEnded.v1',
  'MemberApproved.v1',
  'MemberRefused.v1',
  'MemberSessionsEnded.v1',
  'MemberSanctioned.v1',
  'SanctionLifted.v1',
  'EmailConfirmed.v1',
  'MemberErased.v1',
  'EmailChanged.v1',
  'EmailChangeAsked.v1',
  'EmailChangeDropped.v1',
] as const;

/**
 * `n` is the position of the registration. `sealed` is its personal part (name, e-mail), sealed under the type
 * `sealed_as`; `renamed` is that of the newest MemberRenamed, `readdressed` that of the newest EmailChanged. `wanted` is that
 * of the EmailChangeAsked which stands until `wanted_until`. Sessions signed before `sessions_from` (milliseconds since
 * 1970) have ended, and all from before the position `others_ended` except one, which a new password ends too. `confirmed` is 1 for a member who has
 * confirmed its address, `hidden` for one who took its page away, `quotable` for one whose comments newsletters may quote. `reads` names the languages that it reads, null for all; `translations` is where it wants translations of others. `held_by` has the rules of the policy because of which it waits, or waited. `ban` has the bans in force.
 */
const SCHEMA = `
  CREATE TABLE member (
    n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, handle TEXT NOT NULL, folded TEXT NOT NULL, roles TEXT NOT NULL,
    locale TEXT NOT NULL, created_at INTEGER NOT NULL, sessions_from INTEGER NOT NULL DEFAULT 0,
    membership TEXT NOT NULL, sealed BLOB, sealed_as TEXT NOT NULL, renamed BLOB, readdressed BLOB,
    wanted BLOB, wanted_until INTEGER, held_by TEXT,
    confirmed INTEGER NOT NULL DEFAULT 0, hidden INTEGER NOT NULL DEFAULT 0,
    quotable INTEGER NOT NULL DEFAULT 0, reads TEXT, translations TEXT NOT NULL DEFAULT 'asked',
    others_ended TEXT, others_except TEXT
  );
  CREATE INDEX member_handle ON member (folded);
  CREATE INDEX member_staff ON member (n) WHERE roles <> '["member"]';
  CREATE INDEX member_waiting ON member (n) WHERE membership = 'waiting';
  CREATE TABLE ended_session (id TEXT PRIMARY KEY, member BLOB NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE ban (sanction BLOB PRIMARY KEY, member BLOB NOT NULL) WITHOUT ROWID;
  CREATE INDEX ban_member ON ban (member);
  CREATE INDEX ended_session_expiry ON ended_session (expires_at);
`;

/** The members: their names, their roles, and which of their sessions have ended. */
export const membersView: ViewDefinition<MemberProjected> = {
  name: 'members',
  version: 15,
  eventTypes: EVENT_TYPES,
  schema: SCHEMA,
  digestQueries: [
    'SELECT * FROM member ORDER BY n',
    'SELECT * FROM ended_session ORDER BY id',
    'SELECT * FROM ban ORDER BY sanction',
  ],
  open: openMembers,
};

function openMembers(db: Database): Projection<MemberProjected> {
  const register = db.prepare(`
    INSERT INTO member (n, id, handle, folded, roles, locale, created_at, membership, sealed, sealed_as)
    VALUES (@n, @id, @handle, @folded, @roles, @locale, @at, @membership, @sealed, @sealedAs)`);
  const setMembership = db.prepare('UPDATE member SET membership = ? WHERE id = ?');
  const hold = db.prepare('UPDATE member SET held_by = ? WHERE id = ?');
  const setRoles = db.prepare('UPDATE member SET roles = ? WHERE id = ?');
  const setLocale = db.prepare('UPDATE member SET locale = ? WHERE id = ?');
  const hide = db.prepare('UPDATE member SET hidden = ? WHERE id = ?');
  const quote = db.prepare('UPDATE member SET quotable = ? WHERE id = ?');
  const read = db.prepare('UPDATE member SET reads = ? WHERE id = ?');
  const placeTranslations = db.prepare('UPDATE member SET translations = ? WHERE id = ?');
  const rename = db.prepare('UPDATE member SET renamed = ? WHERE id = ?');
  const endEarlier = db.prepare('UPDATE member SET sessions_from = ? WHERE id = ?');
  const endOthers = db.prepare('UPDATE member SET others_ended = ?, others_except = ? WHERE id = ?');
  const readdress = db.prepare('UPDATE member SET readdressed = ?, confirmed = 1 WHERE id = ?');
  const want = db.prepare('UPDATE member SET wanted = ?, wanted_until = ? WHERE id = ?');
  const confirm = db.prepare('UPDATE member SET confirmed = 1 WHERE id = ?');
  const forget = db.prepare('DELETE FROM member WHERE id = ?');
  const endSession = db.prepare('INSERT OR IGNORE INTO ended_session (id, member, expires_at) VALUES (?, ?, ?)');
  const ban = db.prepare('INSERT OR IGNORE INTO ban (sanction, member) VALUES (?, ?)');
  const unban = db.prepare('DELETE FROM ban WHERE sanction = ?');
  const forgetEnded = db.prepare('DELETE FROM ended_session WHERE expires_at < ?');

  return (event) => {
    if (!isOneOf(event, EVENT_TYPES)) return undefined;
    const { memberId } = event.data;
    let endedSessionId: string | null = null;
    const id = idBytes(memberId);
    const at = Date.parse(event.occurredAt);
    switch (event.type) {
      case 'MemberRegistered.v2': {
        const { handle, locale, membership } = event.data;
        const roles = JSON.stringify(event.data.roles);
        const sealed = { sealed: event.sealed, sealedAs: storedTypeOf(event) };
        register.run({
          n: event.position,
          id,
          handle,
          folded: foldName(handle),
          roles,
          locale,
          at,
          membership,
          ...sealed,
        });
        break;
      }
      case 'MemberScreened.v1':
        if (event.data.measure === null) return undefined;
        hold.run(JSON.stringify(event.data.rules), id);
        break;
      case 'MemberRolesChanged.v1':
        setRoles.run(JSON.stringify(event.data.roles), id);
        break;
      case 'MemberApproved.v1':
        setMembership.run('active', id);
        break;
      case 'MemberRefused.v1':
        setMembership.run('refused', id);
        break;
      case 'MemberRenamed.v1':
        rename.run(event.sealed, id);
        break;
      case 'MemberLocaleChanged.v1':
        setLocale.run(event.data.locale, id);
        break;
      case 'MemberPageChosen.v1':
        hide.run(event.data.hidden ? 1 : 0, id);
        break;
      case 'MemberQuotingChosen.v1':
        quote.run(event.data.allowed ? 1 : 0, id);
        break;
      case 'MemberLanguagesChosen.v1':
        read.run(event.data.languages.length === 0 ? null : JSON.stringify(event.data.languages), id);
        break;
      case 'MemberTranslationsChosen.v1':
        placeTranslations.run(event.data.place, id);
        break;
      case 'MemberPasswordChanged.v1':
        endEarlier.run(at, id);
        endOthers.run(formatPosition(event.position), null, id);
        want.run(null, null, id);
        break;
      case 'MemberSessionEnded.v1':
        forgetEnded.run(at);
        endSession.run(event.data.sessionId, id, Date.parse(event.data.expiresAt));
        endedSessionId = event.data.sessionId;
        break;
      case 'MemberSessionsEnded.v1':
        endOthers.run(formatPosition(event.position), event.data.except, id);
        want.run(null, null, id);
        break;
      case 'EmailChangeAsked.v1':
        want.run(event.sealed, Date.parse(event.data.expiresAt), id);
        break;
      case 'EmailChangeDropped.v1':
        want.run(null, null, id);
        break;
      case 'MemberSanctioned.v1':
        if (event.data.kind !== 'ban') return undefined;
        ban.run(idBytes(event.data.sanctionId), id);
        endEarlier.run(at, id);
        break;
      case 'SanctionLifted.v1':
        if (event.data.kind !== 'ban') return undefined;
        unban.run(idBytes(event.data.sanctionId));
        break;
      case 'MemberErased.v1':
        forget.run(id);
        break;
      case 'EmailConfirmed.v1':
        confirm.run(id);
        break;
      case 'EmailChanged.v1':
        readdress.run(event.sealed, id);
        want.run(null, null, id);
        break;
      default:
        event satisfies never;
    }
    return { memberId, endedSessionId };
  };
}
