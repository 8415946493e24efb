import type { Projection, ViewDefinition } from '../../../libs/projections/port.ts';
import { undoneFrom } from '../../domain/member/take-back.events.ts';
import { idBytes } from '../ids.ts';
import { isOneOf } from '../stored.ts';

const EVENT_TYPES = [
  'InvitationMade.v1',
  'InvitationUsed.v1',
  'InvitationGivenBack.v1',
  'InvitationWithdrawn.v1',
  'AccountTakenBack.v1',
  'MemberApproved.v1',
] as const;

/**
 * `n` is the position at which an invitation was made; `undone` is 1 once its maker has taken the account back, or was let
 * in only after it; times are
 * milliseconds since 1970.
 */
const SCHEMA = `
  CREATE TABLE invitation (
    n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, made_at INTEGER NOT NULL, made_by TEXT NOT NULL,
    roles TEXT NOT NULL, expires_at INTEGER NOT NULL, sealed BLOB, used_by BLOB, withdrawn INTEGER NOT NULL DEFAULT 0,
    undone INTEGER NOT NULL DEFAULT 0
  );
`;

/** The invitations that admins made, and what became of each. */
export const invitationsView: ViewDefinition<never> = {
  name: 'invitations',
  version: 3,
  isSmall: true,
  eventTypes: EVENT_TYPES,
  schema: SCHEMA,
  digestQueries: ['SELECT * FROM invitation ORDER BY n'],
  open: (db): Projection<never> => {
    const make = db.prepare(`
      INSERT INTO invitation (n, id, made_at, made_by, roles, expires_at, sealed)
      VALUES (@n, @id, @at, @by, @roles, @expires, @sealed)`);
    const use = db.prepare('UPDATE invitation SET used_by = ? WHERE id = ?');
    const giveBack = db.prepare('UPDATE invitation SET used_by = NULL WHERE id = ? AND used_by = ?');
    const withdraw = db.prepare('UPDATE invitation SET withdrawn = 1 WHERE id = ?');
    const undo = db.prepare('UPDATE invitation SET undone = 1 WHERE made_by = ? AND made_at >= ?');
    const undoEarlier = db.prepare('UPDATE invitation SET undone = 1 WHERE made_by = ?');
    return (event) => {
      if (!isOneOf(event, EVENT_TYPES)) return undefined;
      if (event.type === 'AccountTakenBack.v1') {
        undo.run(event.data.memberId, Date.parse(undoneFrom(event.data.since)));
        return undefined;
      }
      if (event.type === 'MemberApproved.v1') {
        undoEarlier.run(event.data.memberId);
        return undefined;
      }
      const id = idBytes(event.data.invitationId);
      switch (event.type) {
        case 'InvitationMade.v1': {
          const { roles, expiresAt } = event.data;
          const times = { at: Date.parse(event.occurredAt), expires: Date.parse(expiresAt) };
          const { position: n, actor: by, sealed } = event;
          make.run({ n, id, by, roles: JSON.stringify(roles), sealed, ...times });
          break;
        }
        case 'InvitationUsed.v1':
          use.run(idBytes(event.data.memberId), id);
          break;
        case 'InvitationGivenBack.v1':
          giveBack.run(id, idBytes(event.data.memberId));
          break;
        case 'InvitationWithdrawn.v1':
          withdraw.run(id);
          break;
        default:
          event satisfies never;
      }
      return undefined;
    };
  },
};
