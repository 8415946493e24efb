import type { ViewDefinition } from '../../../libs/projections/port.ts';
import { idBytes } from '../ids.ts';
import { isOneOf } from '../stored.ts';
import type { GuestsProjected } from './guests.query-types.ts';

const EVENT_TYPES = ['GuestCommentSent.v1', 'GuestCommentConfirmed.v1', 'KeyDestroyed.v1', 'LeaseTaken.v1'] as const;

const SCHEMA = `
  CREATE TABLE waiting (comment BLOB PRIMARY KEY, ends_at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX waiting_ends ON waiting (ends_at);
  CREATE TABLE lease (reactor TEXT PRIMARY KEY, holder TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
`;

/** The stream of a guest's comment before its confirmation. */
const STREAM = /^guest-(.{36})$/;

/** Guests' comments whose first text is not destroyed yet, and from when that is due: at once for a confirmed one. */
export const guestsView: ViewDefinition<GuestsProjected> = {
  name: 'guests',
  version: 1,
  isSmall: true,
  eventTypes: EVENT_TYPES,
  schema: SCHEMA,
  digestQueries: ['SELECT * FROM waiting ORDER BY comment', 'SELECT * FROM lease'],
  open: (db) => {
    const add = db.prepare('INSERT OR IGNORE INTO waiting (comment, ends_at) VALUES (?, ?)');
    const end = db.prepare('UPDATE waiting SET ends_at = ? WHERE comment = ?');
    const remove = db.prepare('DELETE FROM waiting WHERE comment = ?');
    const lease = db.prepare('INSERT OR REPLACE INTO lease (reactor, holder, until) VALUES (?, ?, ?)');
    return (event) => {
      if (!isOneOf(event, EVENT_TYPES)) return undefined;
      switch (event.type) {
        case 'GuestCommentSent.v1':
          add.run(idBytes(event.data.commentId), Date.parse(event.data.expiresAt));
          return { guests: true };
        case 'GuestCommentConfirmed.v1':
          end.run(Date.parse(event.recordedAt), idBytes(event.data.commentId));
          return { guests: true };
        case 'KeyDestroyed.v1': {
          const commentId = STREAM.exec(event.data.stream)?.[1];
          if (commentId === undefined) return undefined;
          remove.run(idBytes(commentId));
          return { guests: true };
        }
        case 'LeaseTaken.v1':
          if (event.data.reactor !== 'guests') return undefined;
          lease.run(event.data.reactor, event.data.holder, Date.parse(event.data.until));
          return { guests: true };
        default:
          return event satisfies never;
      }
    };
  },
};
