import type { ViewDefinition } from '../../../libs/projections/port.ts';
import { isOneOf } from '../stored.ts';
import { STANDING_TYPES } from '../thread/door/standing.ts';
import { CHOICE_TYPES, followChoices } from './choices.ts';
import type { NotificationsProjected } from './notifications.query-types.ts';
import { SHOWING_TYPES, tellOfComments } from './telling-comments.ts';
import { RULING_TYPES, tellOfRulings } from './telling-rulings.ts';

const EVENT_TYPES = [...new Set([...STANDING_TYPES, ...SHOWING_TYPES, ...RULING_TYPES, ...CHOICE_TYPES])];

/**
 * Nothing is written for each follower of a discussion: `comment` says when readers first saw a comment (`shown`, a
 * position), `follow` who follows, and a reader's page is merged of both. `told` has what concerns one member: `n` is the
 * position at which it happened. Times are milliseconds since 1970. `quiet`, `muted` and `ignored` are sealed.
 */
const SCHEMA = `
  CREATE TABLE comment (
    id BLOB PRIMARY KEY, post BLOB NOT NULL, parent BLOB, author BLOB, shown INTEGER, at INTEGER
  ) WITHOUT ROWID;
  CREATE TABLE mentioned (comment BLOB NOT NULL, member BLOB NOT NULL, PRIMARY KEY (comment, member)) WITHOUT ROWID;
  CREATE TABLE report (comment BLOB NOT NULL, member BLOB NOT NULL, PRIMARY KEY (comment, member)) WITHOUT ROWID;
  CREATE TABLE told (
    member BLOB NOT NULL, n INTEGER NOT NULL, kind TEXT NOT NULL, post BLOB, comment BLOB, outcome TEXT, at INTEGER NOT NULL,
    PRIMARY KEY (member, n)
  ) WITHOUT ROWID;
  CREATE TABLE follow (
    member BLOB NOT NULL, post BLOB NOT NULL, follows INTEGER NOT NULL, since INTEGER NOT NULL, PRIMARY KEY (member, post)
  ) WITHOUT ROWID;
  CREATE TABLE choice (
    member BLOB PRIMARY KEY, ways TEXT, follow_own INTEGER NOT NULL DEFAULT 1, quiet BLOB, muted BLOB, ignored BLOB,
    read_up_to INTEGER NOT NULL DEFAULT 0
  ) WITHOUT ROWID;
`;

const INDEXES = `
  CREATE INDEX IF NOT EXISTS comment_shown ON comment (post, shown) WHERE shown IS NOT NULL;
  CREATE INDEX IF NOT EXISTS comment_author ON comment (author) WHERE author IS NOT NULL;
  CREATE INDEX IF NOT EXISTS told_comment ON told (comment, member) WHERE comment IS NOT NULL;
  CREATE INDEX IF NOT EXISTS mentioned_member ON mentioned (member);
  CREATE INDEX IF NOT EXISTS report_member ON report (member);
  CREATE INDEX IF NOT EXISTS follow_post ON follow (post) WHERE follows = 1;
  CREATE INDEX IF NOT EXISTS follow_since ON follow (member, since DESC) WHERE follows = 1;
`;

/** What members are told of, and what they want to be told of. */
export const notificationsView: ViewDefinition<NotificationsProjected> = {
  name: 'notifications',
  version: 1,
  eventTypes: EVENT_TYPES,
  schema: SCHEMA,
  indexes: INDEXES,
  digestQueries: [
    'SELECT * FROM comment ORDER BY id',
    'SELECT * FROM mentioned ORDER BY comment, member',
    'SELECT * FROM report ORDER BY comment, member',
    'SELECT * FROM told ORDER BY member, n',
    'SELECT * FROM follow ORDER BY member, post',
    'SELECT * FROM choice ORDER BY member',
  ],
  open: (db) => {
    const choose = followChoices(db);
    const comments = tellOfComments(db);
    const rule = tellOfRulings(db);
    return (event) => {
      const changed = [
        ...(isOneOf(event, CHOICE_TYPES) ? choose(event) : []),
        ...(isOneOf(event, RULING_TYPES) ? rule(event) : []),
        ...comments(event),
      ];
      if (changed.length === 0) return undefined;
      const postId = changed.find((one) => one.postId !== null)?.postId ?? null;
      return { members: changed.flatMap(({ members }) => members), postId };
    };
  },
};
