import type { Database } from 'better-sqlite3';
import type { RecordedEvent } from '../../../libs/event-store/index.ts';
import { useGrownCache } from '../../../libs/projections/index.ts';
import type { Projection, ViewDefinition } from '../../../libs/projections/port.ts';
import { DEVICE_TYPES } from '../push/door/device-changes.ts';
import { isOneOf } from '../stored.ts';
import { STANDING_TYPES } from '../thread/door/standing.ts';
import { type Adding, AddTogether, addAtOnce } from './adding.ts';
import { CHOICE_TYPES, followChoices } from './choices.ts';
import type { NotificationsProjected } from './notifications.query-types.ts';
import { OVERDUE_TYPES, tellOfQueue } from './overdue.ts';
import { PENDING_TYPES, pendMails } from './pending-mails.ts';
import { SHOWING_TYPES, tellOfComments } from './telling-comments.ts';
import { RULING_TYPES, tellOfRulings } from './telling-rulings.ts';
import { followDevices } from './told-devices.ts';

const EVENT_TYPES = [
  ...new Set([
    ...STANDING_TYPES,
    ...SHOWING_TYPES,
    ...RULING_TYPES,
    ...CHOICE_TYPES,
    ...PENDING_TYPES,
    ...OVERDUE_TYPES,
    ...DEVICE_TYPES,
  ]),
];

/**
 * Posts and writers of comments have numbers in `known`, since there are many comments; the number of an erased member is
 * nobody's. Nothing is written for each follower of a discussion: `comment` says when readers first saw a comment (`shown`, a
 * position) and whether they see it now, `mentioned` whom its texts mention, `follow` who follows, and a reader's page is merged of both. `told` has what concerns one member: `n` is the
 * position at which it happened; the fold asks by the schema's indexes, so they stand from the start. `pending` has who is to get a mail or a push, from the first event that it tells of (`since`, `at`) to
 * the newest; `mail` and `push` of a follow say how the member is told of followed discussions. Nothing that happened before the first
 * lease is told so. `device` has who is told by push at all. `overdue` is the comment that last called those who moderate. Times are milliseconds since 1970. `quiet`, `muted` and `ignored` are sealed.
 */
const SCHEMA = `
  CREATE TABLE known (n INTEGER PRIMARY KEY, id BLOB UNIQUE);
  CREATE TABLE comment (
    id BLOB PRIMARY KEY, post INTEGER NOT NULL, parent BLOB, author INTEGER, shown INTEGER, at INTEGER,
    visible INTEGER NOT NULL DEFAULT 1
  ) WITHOUT ROWID;
  CREATE TABLE mentioned (comment BLOB NOT NULL, member BLOB NOT NULL, PRIMARY KEY (comment, member)) WITHOUT ROWID;
  CREATE TABLE report (comment BLOB NOT NULL, member BLOB NOT NULL, PRIMARY KEY (comment, member)) WITHOUT ROWID;
  CREATE TABLE reported_translation (
    translation BLOB NOT NULL, member BLOB NOT NULL, PRIMARY KEY (translation, member)
  ) WITHOUT ROWID;
  CREATE TABLE told (
    member BLOB NOT NULL, n INTEGER NOT NULL, kind TEXT NOT NULL, post BLOB, comment BLOB, outcome TEXT, at INTEGER NOT NULL,
    PRIMARY KEY (member, n)
  ) WITHOUT ROWID;
  CREATE TABLE follow (
    member BLOB NOT NULL, post BLOB NOT NULL, follows INTEGER NOT NULL, since INTEGER NOT NULL, mail TEXT, push INTEGER,
    PRIMARY KEY (member, post)
  ) WITHOUT ROWID;
  CREATE TABLE choice (
    member BLOB PRIMARY KEY, ways TEXT, follow_own INTEGER NOT NULL DEFAULT 1, quiet BLOB, muted BLOB, ignored BLOB,
    read_up_to INTEGER NOT NULL DEFAULT 0
  ) WITHOUT ROWID;
  CREATE TABLE pending (
    member BLOB NOT NULL, way TEXT NOT NULL, since INTEGER NOT NULL, at INTEGER NOT NULL, newest INTEGER NOT NULL,
    PRIMARY KEY (member, way)
  ) WITHOUT ROWID;
  CREATE TABLE device (
    member BLOB NOT NULL, subscription BLOB NOT NULL, session TEXT NOT NULL, PRIMARY KEY (member, subscription)
  ) WITHOUT ROWID;
  CREATE TABLE lease (reactor TEXT PRIMARY KEY, holder TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE overdue (
    one INTEGER PRIMARY KEY CHECK (one = 1), comment BLOB NOT NULL, since INTEGER NOT NULL, at INTEGER NOT NULL, ended INTEGER
  );
  CREATE INDEX told_comment ON told (comment, member) WHERE comment IS NOT NULL;
  CREATE INDEX mentioned_member ON mentioned (member);
  CREATE INDEX report_member ON report (member);
  CREATE INDEX reported_translation_member ON reported_translation (member);
  CREATE INDEX follow_mail ON follow (post, mail) WHERE mail IS NOT NULL AND follows = 1;
  CREATE INDEX follow_push ON follow (post) WHERE push = 1 AND follows = 1;
  CREATE INDEX pending_since ON pending (since);
`;

/** Those that readers alone ask by: a build makes them after its rows. */
const INDEXES = `
  CREATE INDEX IF NOT EXISTS comment_shown ON comment (post, shown) WHERE shown IS NOT NULL;
  CREATE INDEX IF NOT EXISTS follow_since ON follow (member, since DESC) WHERE follows = 1;
`;

const DEFINITION: Omit<ViewDefinition<NotificationsProjected>, 'version'> = {
  name: 'notifications',
  eventTypes: EVENT_TYPES,
  schema: SCHEMA,
  indexes: INDEXES,
  digestQueries: [
    'SELECT * FROM known ORDER BY n',
    'SELECT * FROM comment ORDER BY id',
    'SELECT * FROM mentioned ORDER BY comment, member',
    'SELECT * FROM report ORDER BY comment, member',
    'SELECT * FROM reported_translation ORDER BY translation, member',
    'SELECT * FROM told ORDER BY member, n',
    'SELECT * FROM follow ORDER BY member, post',
    'SELECT * FROM choice ORDER BY member',
    'SELECT * FROM pending ORDER BY member, way',
    'SELECT * FROM device ORDER BY member, subscription',
    'SELECT * FROM lease ORDER BY reactor',
    'SELECT * FROM overdue',
  ],
  open: (db) => openNotifications(db, addAtOnce(db), { tells: true }),
  openBuild: (db) => {
    // Rows of comments lie anywhere, and those of four tables and indexes are written beside each other.
    useGrownCache(db);
    const adding = new AddTogether(db);
    const fold = openNotifications(db, adding, { tells: false });
    const build: Projection<NotificationsProjected> = (event) => {
      adding.before(event);
      return fold(event);
    };
    build.finish = () => adding.flush();
    return build;
  },
};

/** What members are told of, and what they want to be told of. The rows of the version before are the same. */
export const notificationsView: ViewDefinition<NotificationsProjected> = {
  ...DEFINITION,
  version: 14,
  previous: { ...DEFINITION, version: 13 },
};

/** Without `tells` nobody hears of what changed. */
function openNotifications(
  db: Database,
  adding: Adding,
  { tells }: { readonly tells: boolean },
): Projection<NotificationsProjected> {
  const mails = pendMails(db, adding);
  const devices = followDevices(db);
  const choose = followChoices(db);
  const comments = tellOfComments(db, { mails, adding, tells });
  const rule = tellOfRulings(db, mails);
  const call = tellOfQueue(db, mails);
  const fold = (event: RecordedEvent): readonly NotificationsProjected[] => [
    ...(isOneOf(event, CHOICE_TYPES) ? choose(event) : []),
    ...(isOneOf(event, RULING_TYPES) ? rule(event) : []),
    ...(isOneOf(event, OVERDUE_TYPES) ? call(event) : []),
    ...comments(event),
    ...(isOneOf(event, PENDING_TYPES) ? mails.follow(event) : []),
  ];
  return (event) => {
    // Most events are that one, which concerns nothing else.
    const changed = event.type === 'CommentPosted.v1' ? comments(event) : fold(event);
    if (isOneOf(event, DEVICE_TYPES)) devices(event);
    if (!tells || changed.length === 0) return undefined;
    const postId = changed.find((one) => one.postId !== null)?.postId ?? null;
    const anybody = changed.some((one) => one.anybody);
    return { members: changed.flatMap(({ members }) => members), postId, anybody, mails: mails.changed() };
  };
}
