import type { ViewDefinition } from '../../../libs/projections/port.ts';
import { isOneOf } from '../stored.ts';
import { followPushes, PUSH_TYPES } from './followed-pushes.ts';
import { followSubscriptions, SUBSCRIPTION_TYPES } from './followed-subscriptions.ts';
import { HIDING_TYPES, withdrawPushes } from './hidden-pushes.ts';
import type { PushProjected } from './push.query-types.ts';
import { followReading, READING_TYPES } from './read-pushes.ts';

/**
 * `subscription` has the devices that are told: `sealed` holds address and keys, `n` is the position at which it was made; one
 * that ended with its session, or was recorded when its session had ended already, stays without them until the log says so
 * (`ended`). `session` has the sessions that nobody has ended.
 * `push` has what each device is told, after one position up to another; `next_at` (milliseconds since 1970) is null for
 * one that is settled or given up, and `round` counts how often it was settled. `pushed` has the comments that a push told of, and `hidden` the comments and posts that were taken
 * from readers lately, so that a push that was under way then is withdrawn too. `reading` has where in the log a member with a device last read what may have been pushed, and
 * `reading` of a push the same since the device shows it: what was read is sealed, so whether it was that is for whoever can open it.
 */
const SCHEMA = `
  CREATE TABLE subscription (
    id BLOB PRIMARY KEY, member BLOB NOT NULL, session TEXT NOT NULL, n INTEGER NOT NULL, at INTEGER NOT NULL, sealed BLOB,
    ended INTEGER NOT NULL DEFAULT 0
  ) WITHOUT ROWID;
  CREATE INDEX subscription_member ON subscription (member, n);
  CREATE INDEX subscription_session ON subscription (session);
  CREATE INDEX subscription_ended ON subscription (n) WHERE ended = 1;
  CREATE TABLE session (id TEXT PRIMARY KEY, member BLOB NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX session_member ON session (member);
  CREATE INDEX session_expiry ON session (expires_at);
  CREATE TABLE push (
    id BLOB PRIMARY KEY, subscription BLOB NOT NULL, member BLOB NOT NULL, after INTEGER NOT NULL, up_to INTEGER NOT NULL,
    state TEXT NOT NULL, round INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0, next_at INTEGER,
    reason TEXT, changed_at INTEGER NOT NULL, reading INTEGER
  ) WITHOUT ROWID;
  CREATE INDEX push_due ON push (next_at, up_to) WHERE next_at IS NOT NULL;
  CREATE INDEX push_subscription ON push (subscription);
  CREATE INDEX push_shown ON push (member) WHERE state = 'sent';
  CREATE INDEX push_reading ON push (reading, id) WHERE state = 'sent' AND reading IS NOT NULL;
  CREATE INDEX push_changed ON push (changed_at) WHERE next_at IS NULL;
  CREATE TABLE pushed (comment BLOB NOT NULL, push BLOB NOT NULL, post BLOB NOT NULL, PRIMARY KEY (comment, push)) WITHOUT ROWID;
  CREATE INDEX pushed_push ON pushed (push);
  CREATE INDEX pushed_post ON pushed (post);
  CREATE TABLE hidden (id BLOB PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX hidden_at ON hidden (at);
  CREATE TABLE reading (member BLOB PRIMARY KEY, n INTEGER NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX reading_at ON reading (at);
  CREATE TABLE lease (one INTEGER PRIMARY KEY CHECK (one = 1), holder TEXT NOT NULL, until INTEGER NOT NULL);
`;

/** The devices that are told by push, and what has become of each push. */
export const pushView: ViewDefinition<PushProjected> = {
  name: 'push',
  version: 4,
  isSmall: true,
  eventTypes: [...new Set([...SUBSCRIPTION_TYPES, ...PUSH_TYPES, ...HIDING_TYPES, ...READING_TYPES])],
  schema: SCHEMA,
  digestQueries: [
    'SELECT * FROM subscription ORDER BY id',
    'SELECT * FROM session ORDER BY id',
    'SELECT * FROM push ORDER BY id',
    'SELECT * FROM pushed ORDER BY comment, push',
    'SELECT * FROM hidden ORDER BY id',
    'SELECT * FROM reading ORDER BY member',
    'SELECT * FROM lease',
  ],
  open: (db) => {
    const subscribe = followSubscriptions(db);
    const follow = followPushes(db);
    const withdraw = withdrawPushes(db);
    const read = followReading(db);
    return (event) => {
      const changed = [
        isOneOf(event, SUBSCRIPTION_TYPES) && subscribe(event),
        isOneOf(event, PUSH_TYPES) && follow(event),
        withdraw(event),
        isOneOf(event, READING_TYPES) && read(event),
      ];
      return changed.includes(true) ? { pushes: true } : undefined;
    };
  },
};
